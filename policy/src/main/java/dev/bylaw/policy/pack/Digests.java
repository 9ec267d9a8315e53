package dev.bylaw.policy.pack;

import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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

  /** A rule with the texts of other files that it is made of. */
  static String of(String rule, RuleBody body) {
    return body instanceof RuleBody.Foreign foreign ? of(rule + " " + foreign.digest()) : rule;
  }

  /** A pack with the texts of other files that its rules are made of. */
  static String of(Value pack, List<Rule> rules) {
    String own = of(pack);
    StringBuilder all = new StringBuilder(own);
    for (Rule rule : rules) {
      if (rule.body() instanceof RuleBody.Foreign foreign) {
        all.append(' ').append(foreign.digest());
      }
    }
    return all.length() == own.length() ? own : of(all.toString());
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
}
