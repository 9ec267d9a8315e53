package dev.bylaw.policy.pack;

import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What rules, packs and sets of them say, as a short text that changes when they do. */
public final class Digests {
  private Digests() {}

  /** A rule with what its pack says for it. Neither its version nor its neighbours count. */
  static String of(Value rule, RuleReader.Defaults defaults) {
    return of(
        ObjectValue.builder(3)
            .put("rule", rule)
            .put("enforcement", defaults.enforcement().word())
            .put("severity", defaults.severity().word())
            .build());
  }

  /** A value. */
  public static String of(Value value) {
    return of(CanonicalJson.write(value));
  }

  /** A text. */
  public static String of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A text under a name. */
  static Value named(String name, String text) {
    return ObjectValue.of(name, StringValue.of(text));
  }
}
