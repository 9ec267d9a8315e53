package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The names of a certificate that are more than a text (RFC 5280, section 4.2.1.6). */
final class GeneralNames {
  private GeneralNames() {}

  static Value address(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException("x509: cannot parse IP address");
    }
    return StringValue.of(Networks.text(bytes));
  }

  static Value network(byte[] bytes) {
    int half = bytes.length / 2;
    return ObjectValue.of(
        "IP",
        address(Arrays.copyOf(bytes, half)),
        "Mask",
        StringValue.of(
            Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, half, bytes.length))));
  }

  static Value url(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("x509: cannot parse URI", e);
    }
    return ObjectValue.builder(11)
        .put("Scheme", given(uri.getScheme()))
        .put("Opaque", uri.isOpaque() ? given(uri.getRawSchemeSpecificPart()) : "")
        .put("User", NullValue.NULL)
        .put("Host", given(uri.getRawAuthority()))
        .put("Path", given(uri.getPath()))
        .put("RawPath", "")
        .put("OmitHost", BooleanValue.FALSE)
        .put("ForceQuery", BooleanValue.of("".equals(uri.getRawQuery())))
        .put("RawQuery", given(uri.getRawQuery()))
        .put("Fragment", given(uri.getFragment()))
        .put("RawFragment", "")
        .build();
  }

  private static String given(@Nullable String part) {
    return part == null ? "" : part;
  }
}
