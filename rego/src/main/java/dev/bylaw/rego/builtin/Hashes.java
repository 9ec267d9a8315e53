package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and message authentication codes, in hexadecimal. */
final class Hashes {
  private Hashes() {}

  static Builtin.F1 digest(String algorithm) {
    return (c, a) -> {
      try {
        byte[] text = Operands.string(a, 1).getBytes(StandardCharsets.UTF_8);
        return hex(MessageDigest.getInstance(algorithm).digest(text));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  static Builtin.F2 hmac(String algorithm) {
    return (c, a, key) -> {
      byte[] text = Operands.string(a, 1).getBytes(StandardCharsets.UTF_8);
      return hex(mac(algorithm, Operands.string(key, 2).getBytes(StandardCharsets.UTF_8), text));
    };
  }

  static byte[] mac(String algorithm, byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Value hex(byte[] bytes) {
    return StringValue.of(HexFormat.of().formatHex(bytes));
  }

  static Value equal(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(
        MessageDigest.isEqual(
            Operands.string(a, 1).getBytes(StandardCharsets.UTF_8),
            Operands.string(b, 2).getBytes(StandardCharsets.UTF_8)));
  }
}
