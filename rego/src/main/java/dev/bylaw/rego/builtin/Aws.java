package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code providers.aws.sign_req}: signature version 4. */
final class Aws {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Aws() {}

  static Value sign(BuiltinContext c, Value request, Value config, Value time) {
    ObjectValue req = Operands.object(request, 1);
    ObjectValue aws = Operands.object(config, 1);
    require(req, List.of("method", "url"), "operand 1", "required request parameters(s)");
    require(
        aws,
        List.of("aws_access_key", "aws_region", "aws_secret_access_key", "aws_service"),
        "operand 2",
        "required AWS config parameters(s)");
    boolean unsigned = false;
    if (aws.has("disable_payload_signing")) {
      if (!(aws.get("disable_payload_signing") instanceof BooleanValue b)) {
        throw BuiltinFailure.type(
            "operand 2 invalid value for 'disable_payload_signing' in AWS config");
      }
      unsigned = b.isTrue();
    }
    NumberValue ns = Operands.number(time, 1);
    if (!ns.isLong() || ns.longValue() < 0) {
      throw BuiltinFailure.type("operand 3 could not convert time_ns value into a unix timestamp");
    }
    Instant instant = Instant.ofEpochSecond(0, ns.longValue());
    return signed(req, aws, STAMP.format(instant), unsigned);
  }

  private static void require(ObjectValue o, List<String> names, String operand, String what) {
    List<Value> missing = new ArrayList<>();
    List<Value> invalid = new ArrayList<>();
    for (String name : names) {
      Value v = o.get(name);
      if (v == null) {
        missing.add(StringValue.of(name));
      } else if (!(v instanceof StringValue)) {
        invalid.add(StringValue.of(name));
      }
    }
    if (!missing.isEmpty()) {
      throw BuiltinFailure.type(
          operand + " missing " + what + ": " + TermText.of(SetValue.of(missing)));
    }
    if (!invalid.isEmpty()) {
      throw BuiltinFailure.type(
          operand + " invalid values for " + what + ": " + TermText.of(SetValue.of(invalid)));
    }
  }

  private static Value signed(ObjectValue req, ObjectValue aws, String stamp, boolean unsigned) {
    URI uri;
    try {
      uri = new URI(req.text("url"));
    } catch (URISyntaxException e) {
      throw BuiltinFailure.error("invalid url: " + e.getMessage());
    }
    String service = aws.text("aws_service");
    Map<String, String> headers = new TreeMap<>();
    if (req.get("headers") instanceof ObjectValue given) {
      given.forEach((k, v) -> headers.put(Strings.text(k).toLowerCase(Locale.ROOT), header(v)));
    }
    String digest = unsigned ? "UNSIGNED-PAYLOAD" : hex(sha256(body(req)));
    headers.put("host", uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
    headers.put("x-amz-date", stamp);
    if (service.equals("s3") || service.equals("glacier") || unsigned) {
      // A digest that the caller gave is signed as given.
      headers.putIfAbsent("x-amz-content-sha256", digest);
    }
    if (!aws.text("aws_session_token").isEmpty()) {
      headers.put("x-amz-security-token", aws.text("aws_session_token"));
    }
    var canonical = new StringBuilder();
    canonical.append(req.text("method")).append('\n');
    canonical.append(uri.getRawPath() == null ? "" : uri.getRawPath()).append('\n');
    canonical.append(query(uri)).append('\n');
    headers.forEach((k, v) -> canonical.append(k).append(':').append(v).append('\n'));
    String names = String.join(";", headers.keySet());
    canonical.append('\n').append(names).append('\n').append(digest);
    String date = stamp.substring(0, 8);
    String scope = date + "/" + aws.text("aws_region") + "/" + service + "/aws4_request";
    String text =
        "AWS4-HMAC-SHA256\n"
            + stamp
            + "\n"
            + scope
            + "\n"
            + hex(sha256(utf8(canonical.toString())));
    byte[] key = hmac(utf8("AWS4" + aws.text("aws_secret_access_key")), date);
    for (String part : List.of(aws.text("aws_region"), service, "aws4_request")) {
      key = hmac(key, part);
    }
    String authorization =
        "AWS4-HMAC-SHA256 Credential="
            + aws.text("aws_access_key")
            + "/"
            + scope
            + ",SignedHeaders="
            + names
            + ",Signature="
            + hex(hmac(key, text));
    ObjectValue.Builder all = ObjectValue.builder();
    if (req.get("headers") instanceof ObjectValue given) {
      given.forEach((k, v) -> {
        if (!headers.containsKey(Strings.text(k))) {
          all.put(k, v);
        }
      });
    }
    headers.forEach(all::put);
    if (headers.containsKey("x-amz-content-sha256")) {
      all.put("x-amz-content-sha256", digest);
    }
    all.put("Authorization", authorization);
    return req.with("headers", all.build());
  }

  private static String header(Value v) {
    return v instanceof dev.bylaw.value.ArrayValue a
        ? String.join(",", a.elements().stream().map(Strings::text).toList())
        : Strings.text(v);
  }

  private static byte[] body(ObjectValue req) {
    Value raw = req.get("raw_body");
    Value body = req.get("body");
    if (raw != null) {
      return utf8(Strings.text(raw));
    }
    return body == null ? new byte[0] : utf8(JsonText.compact(body));
  }

  private static String query(URI uri) {
    String query = uri.getRawQuery();
    if (query == null || query.isEmpty()) {
      return "";
    }
    String[] parts = query.split("&", -1);
    Arrays.sort(parts);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].indexOf('=') < 0 ? parts[i] + "=" : parts[i];
    }
    return String.join("&", parts);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String text) {
    return Hashes.mac("HmacSHA256", key, utf8(text));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
