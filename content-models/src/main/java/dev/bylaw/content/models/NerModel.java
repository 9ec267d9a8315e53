package dev.bylaw.content.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The token classifier: pieces in, a score for each label out. Long texts go through it in windows
 * that overlap; each piece takes its scores from the window in which it lies deepest. Thread-safe.
 */
final class NerModel {
  static final int LABELS = 9;
  private static final int WINDOW = 126;
  private static final int OVERLAP = 16;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPiece tokenizer;
  private final Names names;

  private NerModel(
      OrtEnvironment environment, OrtSession session, WordPiece tokenizer, Names names) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
    this.names = names;
  }

  /**
   * Loads the model and the vocabulary from this package's resources; a session lives for good. The
   * native library unpacks itself meanwhile, which takes longer than all the rest.
   */
  static NerModel load() throws IOException, OrtException {
    return load(() -> resource("ner-int8.onnx"));
  }

  static NerModel load(Reading<byte[]> file) throws IOException, OrtException {
    CompletableFuture<byte[]> model = reading(file);
    CompletableFuture<WordPiece> tokenizer = reading(NerModel::vocabulary);
    CompletableFuture<Names> names = reading(Names::load);
    OrtEnvironment environment = NativeLibrary.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // The graph was optimised when it was made: doing it again gains nothing and takes time.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      OrtSession session = environment.createSession(model.join(), options);
      return new NerModel(environment, session, tokenizer.join(), names.join());
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  static InputStream open(String name) throws IOException {
    InputStream stream = NerModel.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException("the resource " + name + " is missing");
    }
    return stream;
  }

  /** Something read while other things load. */
  interface Reading<T> {
    T read() throws IOException;
  }

  static <T> CompletableFuture<T> reading(Reading<T> reading) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return reading.read();
      } catch (IOException cause) {
        throw new CompletionException(cause);
      }
    });
  }

  /** The pieces that both models of this module know. */
  static WordPiece vocabulary() throws IOException {
    return WordPiece.of(new ByteArrayInputStream(resource("vocab.txt")));
  }

  /** A file beside this class, if it is whole. */
  static byte[] resource(String name) throws IOException {
    try (InputStream stream = open(name)) {
      return Digests.whole(name, stream.readAllBytes());
    }
  }

  WordPiece tokenizer() {
    return tokenizer;
  }

  Names names() {
    return names;
  }

  /** Scores of each piece, as logarithms of probabilities, {@link #LABELS} for each. */
  float[] scores(WordPiece.Pieces pieces, Runnable beforeWindow) throws OrtException {
    float[] scores = new float[pieces.size * LABELS];
    int[] depth = new int[pieces.size];
    Arrays.fill(depth, -1);
    for (int from = 0; from < pieces.size; from += WINDOW - OVERLAP) {
      beforeWindow.run();
      int count = Math.min(WINDOW, pieces.size - from);
      window(pieces, from, count, scores, depth);
      if (from + count == pieces.size) {
        break;
      }
    }
    for (int piece = 0; piece < pieces.size; piece++) {
      normalize(scores, piece * LABELS);
    }
    return scores;
  }

  private void window(WordPiece.Pieces pieces, int from, int count, float[] scores, int[] depth)
      throws OrtException {
    int length = count + 2;
    long[] ids = new long[length];
    long[] mask = new long[length];
    Arrays.fill(mask, 1);
    ids[0] = tokenizer.start;
    ids[length - 1] = tokenizer.end;
    for (int i = 0; i < count; i++) {
      ids[i + 1] = pieces.ids[from + i];
    }
    long[] shape = {1, length};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
        OnnxTensor typeTensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[length]), shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      // The result owns its tensors and closes them.
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int i = 0; i < count; i++) {
        int deep = Math.min(i, count - 1 - i);
        if (deep > depth[from + i]) {
          depth[from + i] = deep;
          buffer.get((i + 1) * LABELS, scores, (from + i) * LABELS, LABELS);
        }
      }
    }
  }

  private static void normalize(float[] scores, int from) {
    float highest = scores[from];
    for (int i = 1; i < LABELS; i++) {
      highest = Math.max(highest, scores[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < LABELS; i++) {
      sum += Math.exp(scores[from + i] - highest);
    }
    float shift = highest + (float) Math.log(sum);
    for (int i = 0; i < LABELS; i++) {
      scores[from + i] -= shift;
    }
  }
}
