package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Base64, hexadecimal, JSON and query strings. */
final class Encodings {
  private Encodings() {}

  static Value base64Encode(BuiltinContext c, Value a) {
    return StringValue.of(Base64.getEncoder().encodeToString(bytes(a)));
  }

  static Value base64UrlEncode(BuiltinContext c, Value a) {
    return StringValue.of(Base64.getUrlEncoder().encodeToString(bytes(a)));
  }

  static Value base64UrlEncodeNoPad(BuiltinContext c, Value a) {
    return StringValue.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(a)));
  }

  private static byte[] bytes(Value a) {
    return Operands.string(a, 1).getBytes(StandardCharsets.UTF_8);
  }

  static Value base64Decode(BuiltinContext c, Value a) {
    return text(decode(Operands.string(a, 1), false));
  }

  static Value base64IsValid(BuiltinContext c, Value a) {
    try {
      decode(Operands.string(a, 1), false);
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      if (e.ofType()) {
        throw e;
      }
      return BooleanValue.FALSE;
    }
  }

  static Value base64UrlDecode(BuiltinContext c, Value a) {
    return text(decode(Operands.string(a, 1), true));
  }

  /** Bytes of a text in base64; of the URL alphabet padding may be missing. */
  static byte[] decode(String text, boolean url) {
    String clean = text.replace("\r", "").replace("\n", "");
    int end = clean.length();
    while (end > 0 && clean.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = clean.charAt(i);
      boolean known =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || (url ? c == '-' || c == '_' : c == '+' || c == '/');
      if (!known) {
        throw illegal(i);
      }
    }
    int padding = clean.length() - end;
    boolean complete =
        url && padding == 0 ? end % 4 != 1 : clean.length() % 4 == 0 && padding < 3 && end % 4 != 1;
    if (!complete) {
      throw illegal(url && padding == 0 ? end - 1 : end);
    }
    Base64.Decoder decoder = url ? Base64.getUrlDecoder() : Base64.getDecoder();
    return decoder.decode(clean.substring(0, end));
  }

  private static BuiltinFailure illegal(int at) {
    return BuiltinFailure.error("illegal base64 data at input byte " + Math.max(0, at));
  }

  static Value text(byte[] bytes) {
    return StringValue.of(new String(bytes, StandardCharsets.UTF_8));
  }

  static Value hexEncode(BuiltinContext c, Value a) {
    return StringValue.of(HexFormat.of().formatHex(bytes(a)));
  }

  static Value hexDecode(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    try {
      return text(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error(
          text.length() % 2 == 1
              ? "encoding/hex: odd length hex string"
              : "encoding/hex: invalid byte");
    }
  }

  static Value jsonMarshal(BuiltinContext c, Value a) {
    return StringValue.of(JsonText.compact(a));
  }

  static Value jsonMarshalWithOptions(BuiltinContext c, Value a, Value options) {
    ObjectValue o = Operands.object(options, 2);
    String indent = "\t";
    String prefix = "";
    boolean pretty = false;
    boolean said = false;
    for (int i = 0; i < o.size(); i++) {
      Value v = o.value(i);
      switch (o.key(i)) {
        case StringValue k when k.text().equals("indent") -> {
          indent = option(v, k.text());
          pretty = true;
        }
        case StringValue k when k.text().equals("prefix") -> {
          prefix = option(v, k.text());
          pretty = true;
        }
        case StringValue k when k.text().equals("pretty") && v instanceof BooleanValue b -> {
          said = true;
          if (!b.isTrue()) {
            return StringValue.of(JsonText.compact(a));
          }
        }
        case Value k ->
            throw BuiltinFailure.type("operand 2 object contained unknown key " + TermText.of(k));
      }
    }
    return StringValue.of(
        pretty || said ? JsonText.indented(a, prefix, indent) : JsonText.compact(a));
  }

  private static String option(Value v, String name) {
    if (v instanceof StringValue s) {
      return s.text();
    }
    throw BuiltinFailure.type(
        "operand 2 key "
            + name
            + " failed cast to string: operand 2 must be string but got "
            + v.kind().word());
  }

  static Value jsonUnmarshal(BuiltinContext c, Value a) {
    try {
      return Json.parseLastKeyWins(Operands.string(a, 1));
    } catch (JsonException e) {
      throw BuiltinFailure.error(String.valueOf(e.getMessage()));
    }
  }

  static Value jsonIsValid(BuiltinContext c, Value a) {
    if (!(a instanceof StringValue s)) {
      return BooleanValue.FALSE;
    }
    try {
      Json.parseLastKeyWins(s.text());
      return BooleanValue.TRUE;
    } catch (JsonException e) {
      return BooleanValue.FALSE;
    }
  }

  static Value urlEncode(BuiltinContext c, Value a) {
    return StringValue.of(escape(Operands.string(a, 1)));
  }

  static String escape(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static Value urlDecode(BuiltinContext c, Value a) {
    return StringValue.of(unescape(Operands.string(a, 1)));
  }

  static String unescape(String text) {
    try {
      return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error("invalid URL escape");
    }
  }

  static Value urlEncodeObject(BuiltinContext c, Value a) {
    ObjectValue o = Operands.object(a, 1);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < o.size(); i++) {
      String key = Operands.string(o.sortedKey(i), 1);
      switch (o.sortedValue(i)) {
        case StringValue s -> pairs.add(escape(key) + "=" + escape(s.text()));
        case ArrayValue v ->
            Operands.strings(v, 1).forEach(s -> pairs.add(escape(key) + "=" + escape(s)));
        case SetValue v ->
            Operands.strings(v, 1).forEach(s -> pairs.add(escape(key) + "=" + escape(s)));
        case Value v ->
            throw BuiltinFailure.operand(
                1,
                "object with string, array or set values",
                "object containing " + v.kind().word());
      }
    }
    return StringValue.of(String.join("&", pairs));
  }

  static Value urlDecodeObject(BuiltinContext c, Value a) {
    Map<String, List<Value>> found = new LinkedHashMap<>();
    for (String pair : Operands.string(a, 1).split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (pair.indexOf(';') >= 0) {
        throw BuiltinFailure.error("invalid semicolon separator in query");
      }
      int equals = pair.indexOf('=');
      String key = unescape(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
      found.computeIfAbsent(key, k -> new ArrayList<>()).add(StringValue.of(value));
    }
    ObjectValue.Builder builder = ObjectValue.builder();
    found.forEach((k, v) -> builder.put(k, ArrayValue.of(v)));
    return builder.build();
  }

  static Value number(long n) {
    return NumberValue.of(n);
  }
}
