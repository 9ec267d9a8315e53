package dev.bylaw.content.models;

import dev.bylaw.content.Topic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of sentences that were worked out before, and the lines drawn between examples, by
 * the digests of what they stand for. What is changed has another digest and is worked out anew, so
 * that a file that is out of date costs time and is never wrong.
 *
 * <p>{@code topics.bin} holds those of the ready topics; {@code KnownVectorsTest} holds it against
 * the model and says how it is written.
 */
final class KnownVectors {
  static final String RESOURCE = "topics.bin";
  private static final int MAGIC = 0x62_79_76_31;
  private static final int MOST = 100_000;

  private final Map<String, float[]> byDigest;

  private KnownVectors(Map<String, float[]> byDigest) {
    this.byDigest = byDigest;
  }

  /** The vectors of the ready topics' sentences; none where the resource is not as it should be. */
  static KnownVectors shipped() throws IOException {
    try (InputStream stream = NerModel.open(RESOURCE)) {
      return read(stream.readAllBytes());
    }
  }

  static KnownVectors read(byte[] file) throws IOException {
    Map<String, float[]> byDigest = new HashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("the resource " + RESOURCE + " is no file of vectors");
      }
      int count = in.readInt();
      if (count < 0 || count > MOST) {
        throw new IOException("the resource " + RESOURCE + " is broken");
      }
      for (int i = 0; i < count; i++) {
        byte[] digest = in.readNBytes(16);
        float[] vector = new float[in.readUnsignedShort()];
        for (int k = 0; k < vector.length; k++) {
          vector[k] = Float.float16ToFloat(in.readShort());
        }
        byDigest.put(new String(digest, StandardCharsets.ISO_8859_1), vector);
      }
    }
    return new KnownVectors(byDigest);
  }

  static byte[] write(Map<String, float[]> byDigest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(byDigest.size());
      for (var known : new TreeMap<>(byDigest).entrySet()) {
        out.write(known.getKey().getBytes(StandardCharsets.ISO_8859_1));
        out.writeShort(known.getValue().length);
        for (float part : known.getValue()) {
          out.writeShort(Float.floatToFloat16(part));
        }
      }
    }
    return bytes.toByteArray();
  }

  float @Nullable [] of(String sentence) {
    return byDigest.get(digest(List.of("sentence", sentence)));
  }

  /** The line between a topic's examples and its counter-examples. */
  float @Nullable [] lineOf(Topic topic) {
    return byDigest.get(lineDigest(topic));
  }

  static String lineDigest(Topic topic) {
    List<String> parts = new ArrayList<>(List.of("line"));
    parts.addAll(topic.examples());
    parts.add("not");
    parts.addAll(topic.counterExamples());
    parts.addAll(Topic.everyday());
    return digest(parts);
  }

  /** Sixteen bytes, as characters. */
  static String digest(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return new String(digest.digest(), 0, 16, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
