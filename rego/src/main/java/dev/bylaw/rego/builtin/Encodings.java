package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Base64, hexadecimal, JSON and query strings. */
final class Encodings {
  /** Escapes, pairs of surrogates in one; the group is half a pair. */
  private static final Pattern SURROGATE =
      Pattern.compile(
          "\\\\(?:[^u]|u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}"
              + "|(u[dD][89a-fA-F][0-9a-fA-F]{2})|u)",
          Pattern.DOTALL);

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
      return BooleanValue.FALSE;
    }
  }

  static Value base64UrlDecode(BuiltinContext c, Value a) {
    return text(Base64Text.decodeUrl(Operands.string(a, 1)));
  }

  /** Bytes of a text in base64; of the URL alphabet padding may be missing. */
  static byte[] decode(String text, boolean url) {
    return Base64Text.decode(text, url);
  }

  /** Bytes as text; a byte that is none of UTF-8 is a replacement character. */
  static Value text(byte[] bytes) {
    var out = new StringBuilder(bytes.length);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = java.nio.ByteBuffer.wrap(bytes);
    var chars = java.nio.CharBuffer.allocate(bytes.length + 1);
    while (in.hasRemaining()) {
      boolean wrong = decoder.decode(in, chars, true).isError();
      out.append(chars.flip());
      chars.clear();
      if (wrong) {
        in.get();
        out.append('\uFFFD');
      }
      decoder.reset();
    }
    return StringValue.of(out.toString());
  }

  static Value hexEncode(BuiltinContext c, Value a) {
    return StringValue.of(HexFormat.of().formatHex(bytes(a)));
  }

  static Value hexDecode(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1);
    byte[] digits = text.getBytes(StandardCharsets.UTF_8);
    for (byte digit : digits) {
      if (!HexFormat.isHexDigit(digit)) {
        int code = digit & 0xff;
        String shown = code >= 0x20 && code < 0x7f || code > 0xa0 ? " '" + (char) code + "'" : "";
        throw BuiltinFailure.error(
            "encoding/hex: invalid byte: U+"
                + HexFormat.of().withUpperCase().toHexDigits((short) code)
                + shown);
      }
    }
    if (digits.length % 2 == 1) {
      throw BuiltinFailure.error("encoding/hex: odd length hex string");
    }
    return text(HexFormat.of().parseHex(text));
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
    boolean plain = false;
    for (int i = 0; i < o.size(); i++) {
      Value v = o.sortedValue(i);
      if (!(o.sortedKey(i) instanceof StringValue name)) {
        throw BuiltinFailure.type(
            "operand 2 failed to stringify key "
                + TermText.of(o.sortedKey(i))
                + " at index "
                + i
                + ": operand 0 must be string but got "
                + o.sortedKey(i).kind().word());
      }
      switch (name) {
        case StringValue k when k.text().equals("indent") -> {
          indent = option(v, k.text());
          pretty = true;
        }
        case StringValue k when k.text().equals("prefix") -> {
          prefix = option(v, k.text());
          pretty = true;
        }
        case StringValue k when k.text().equals("pretty") -> {
          if (!(v instanceof BooleanValue b)) {
            throw BuiltinFailure.type("operand 2 key \"pretty\" failed cast to bool");
          }
          said = true;
          plain = !b.isTrue();
        }
        case StringValue k ->
            throw BuiltinFailure.type("operand 2 object contained unknown key " + TermText.of(k));
      }
    }
    return StringValue.of(
        !plain && (pretty || said) ? JsonText.indented(a, prefix, indent) : JsonText.compact(a));
  }

  private static String option(Value v, String name) {
    if (v instanceof StringValue s) {
      return s.text();
    }
    throw BuiltinFailure.type(
        "operand 2 key "
            + GoText.quote(name)
            + " failed cast to string: operand 0 must be string but got "
            + v.kind().word());
  }

  static Value jsonUnmarshal(BuiltinContext c, Value a) {
    return json(Operands.string(a, 1));
  }

  /** The value of a text in JSON; half a pair of surrogates is a replacement character. */
  static Value json(String text) {
    try {
      boolean pairs = text.contains("\\ud") || text.contains("\\uD");
      return Json.parseLastKeyWins(
          pairs ? SURROGATE.matcher(text).replaceAll(Encodings::pairOnly) : text);
    } catch (JsonException e) {
      throw BuiltinFailure.error(JsonFault.of(text, String.valueOf(e.getMessage())));
    }
  }

  /** An escape as it is, unless it is half a pair of surrogates. */
  private static String pairOnly(MatchResult escape) {
    return Matcher.quoteReplacement(escape.group(1) == null ? escape.group() : "\\uFFFD");
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
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
      boolean escape =
          i + 2 < text.length()
              && HexFormat.isHexDigit(text.charAt(i + 1))
              && HexFormat.isHexDigit(text.charAt(i + 2));
      if (!escape) {
        String wrong = text.substring(i, Math.min(i + 3, text.length()));
        throw BuiltinFailure.error("invalid URL escape \"" + wrong + "\"");
      }
    }
    return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  static Value urlEncodeObject(BuiltinContext c, Value a) {
    ObjectValue o = Operands.object(a, 1);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < o.size(); i++) {
      Value k = o.sortedKey(i);
      String key = escape(k instanceof StringValue s ? s.text() : JsonText.compact(k));
      List<Value> values =
          switch (o.sortedValue(i)) {
            case ArrayValue v -> v.elements();
            case SetValue v -> v.members();
            case Value v -> List.of(v);
          };
      for (Value v : values) {
        if (!(v instanceof StringValue s)) {
          throw BuiltinFailure.type(
              "operand 1 values must be string, array[string], or set[string]");
        }
        pairs.add(key + "=" + escape(s.text()));
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
