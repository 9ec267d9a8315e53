package dev.bylaw.rego.tool;

import dev.bylaw.rego.builtin.BuiltinFailure;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.builtin.Jws;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The signature of a bundle: a token that lists the digest of every file. */
final class BundleSignature {
  /** The file that it is in. */
  static final String FILE = ".signatures.json";

  private static final String ALGORITHM = "SHA-256";

  /** What OPA calls its own way of signing. */
  private static final String PLUGIN = "_default";

  private BundleSignature() {}

  /** What a token says of a file. */
  private record Listed(String hash, String algorithm) {}

  /**
   * Verifies that exactly the files that are there were signed.
   *
   * @throws IOException with the first thing that is not as it was signed
   */
  static void verify(Map<String, byte[]> files, Verification how) throws IOException {
    byte[] written = files.get(FILE);
    if (written == null) {
      throw new IOException("bundle missing " + FILE + " file");
    }
    ObjectValue payload = payload(token(written), how);
    Map<String, Listed> listed = new HashMap<>();
    if (payload.get("files") instanceof ArrayValue all) {
      for (Value v : all) {
        if (v instanceof ObjectValue o) {
          listed.put(o.text("name"), new Listed(o.text("hash"), o.text("algorithm")));
        }
      }
    }
    List<PathMatcher> excluded =
        how.excluded().stream()
            .map(p -> FileSystems.getDefault().getPathMatcher("glob:" + p))
            .toList();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      Listed signed = listed.remove(path);
      boolean needed =
          !path.equals(FILE) && excluded.stream().noneMatch(m -> m.matches(Path.of(path)));
      if (needed) {
        check(path, file.getValue(), signed);
      }
    }
    if (!listed.isEmpty()) {
      throw new IOException(
          "file(s) "
              + new TreeSet<>(listed.keySet())
              + " specified in bundle signatures but not found in the target bundle");
    }
  }

  private static String token(byte[] written) throws IOException {
    Value file = json(FILE, new String(written, StandardCharsets.UTF_8));
    String plugin = file instanceof ObjectValue o ? o.text("plugin") : "";
    if (!plugin.isEmpty() && !plugin.equals(PLUGIN)) {
      throw new IOException(FILE + ": no verifier exists under id " + plugin);
    }
    if (!(file instanceof ObjectValue o
        && o.get("signatures") instanceof ArrayValue tokens
        && tokens.size() > 0)) {
      throw new IOException(FILE + ": missing JWT (expected exactly one)");
    }
    if (tokens.size() > 1) {
      throw new IOException(FILE + ": multiple JWTs not supported (expected exactly one)");
    }
    if (tokens.get(0) instanceof StringValue token) {
      return token.text();
    }
    throw new IOException(FILE + ": expected a JWT as a string");
  }

  private static ObjectValue payload(String token, Verification how) throws IOException {
    if (!Jws.knows(how.algorithm())) {
      throw new IOException("unknown signature algorithm: " + how.algorithm());
    }
    String text;
    try {
      if (!Jws.verifies(token, how.algorithm(), how.key())) {
        throw new IOException(FILE + ": failed to verify JWT signature");
      }
      text = Jws.parts(token).payload();
    } catch (BuiltinFailure e) {
      throw new IOException(FILE + ": failed to verify JWT signature: " + e.text(), e);
    }
    if (!(json(FILE, text) instanceof ObjectValue payload)) {
      throw new IOException(FILE + ": the JWT's payload is not an object");
    }
    if (!payload.text("scope").equals(how.scope())) {
      throw new IOException("scope mismatch");
    }
    return payload;
  }

  private static Value json(String path, String text) throws IOException {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static void check(
      String path, byte[] content, @org.jspecify.annotations.Nullable Listed signed)
      throws IOException {
    if (signed == null) {
      throw new IOException("file " + path + " not included in bundle signature");
    }
    if (signed.algorithm.isEmpty()) {
      throw new IOException("no hashing algorithm provided for file " + path);
    }
    String digest = digest(path, content, signed.algorithm);
    if (!digest.equals(signed.hash.toLowerCase(Locale.ROOT))) {
      throw new IOException(
          path + ": digest mismatch (want: " + signed.hash + ", got: " + digest + ")");
    }
  }

  private static String digest(String path, byte[] content, String algorithm) throws IOException {
    try {
      String digest = Digest.of(path, content, algorithm);
      if (digest == null) {
        throw new IOException("unsupported hashing algorithm: " + algorithm);
      }
      return digest;
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The file of signatures for the files of a bundle. */
  static byte[] of(Map<String, byte[]> files, Signing how) throws IOException {
    if (!Jws.knows(how.algorithm())) {
      throw new IOException("unknown signature algorithm: " + how.algorithm());
    }
    List<Value> listed = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      listed.add(
          ObjectValue.builder(3)
              .put("name", file.getKey())
              .put("hash", digest(file.getKey(), file.getValue(), ALGORITHM))
              .put("algorithm", ALGORITHM)
              .build());
    }
    ObjectValue.Builder payload = ObjectValue.builder();
    payload.put("files", ArrayValue.of(listed));
    ObjectValue header = ObjectValue.of("alg", StringValue.of(how.algorithm()));
    String id = how.claims() == null ? how.keyId() : how.claims().text("keyid");
    if (!id.isEmpty()) {
      header = header.with("kid", StringValue.of(id));
    }
    header = header.with("typ", StringValue.of("JWT"));
    if (how.claims() != null) {
      how.claims().forEach(payload::put);
    } else if (!id.isEmpty()) {
      payload.put("keyid", id);
    }
    try {
      String token =
          Jws.sign(
              JsonText.compact(header),
              JsonText.compact(payload.build()),
              how.algorithm(),
              how.key());
      ObjectValue file = ObjectValue.of("signatures", ArrayValue.of(StringValue.of(token)));
      return (JsonText.compact(file) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (BuiltinFailure e) {
      throw new IOException("signing failed: " + e.text(), e);
    }
  }
}
