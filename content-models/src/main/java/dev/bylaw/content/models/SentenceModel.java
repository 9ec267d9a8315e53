package dev.bylaw.content.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The meaning of a sentence as a unit vector (all-MiniLM-L6-v2, quantised). Thread-safe. */
final class SentenceModel {
  private static final String NAME = "all-minilm-l6-v2-q.onnx";
  private static final int WIDTH = 384;
  private static final int LONGEST = 126;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPiece tokenizer;

  private final KnownVectors known;

  private SentenceModel(
      OrtEnvironment environment, OrtSession session, WordPiece tokenizer, KnownVectors known) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
    this.known = known;
  }

  static SentenceModel load() throws IOException, OrtException {
    CompletableFuture<byte[]> model = NerModel.reading(() -> NerModel.resource(NAME));
    CompletableFuture<WordPiece> tokenizer = NerModel.reading(NerModel::vocabulary);
    CompletableFuture<KnownVectors> known = NerModel.reading(KnownVectors::shipped);
    OrtEnvironment environment = NativeLibrary.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      OrtSession session = environment.createSession(model.join(), options);
      return new SentenceModel(environment, session, tokenizer.join(), known.join());
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  /** The vectors that are known without asking the model. */
  KnownVectors known() {
    return known;
  }

  /** The mean of the vectors of its pieces, at length one. */
  float[] vector(String sentence) throws OrtException {
    WordPiece.Pieces pieces = tokenizer.pieces(sentence);
    int count = Math.min(LONGEST, pieces.size);
    int length = count + 2;
    long[] ids = new long[length];
    long[] mask = new long[length];
    Arrays.fill(mask, 1);
    ids[0] = tokenizer.start;
    ids[length - 1] = tokenizer.end;
    for (int i = 0; i < count; i++) {
      ids[i + 1] = pieces.ids[i];
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
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] vector = new float[WIDTH];
      for (int i = 0; i < length * WIDTH; i++) {
        vector[i % WIDTH] += states.get(i);
      }
      double norm = 0;
      for (float part : vector) {
        norm += part * part;
      }
      float scale = (float) (1 / Math.max(1e-9, Math.sqrt(norm)));
      for (int i = 0; i < WIDTH; i++) {
        vector[i] *= scale;
      }
      return vector;
    }
  }

  static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
