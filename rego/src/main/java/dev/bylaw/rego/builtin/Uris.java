package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** URIs, cut as Go's net/url does. */
final class Uris {
  private static final String PATH_SAFE = "$&+,/:;=@-_.~";

  private Uris() {}

  static Value isValid(BuiltinContext c, Value a) {
    if (!(a instanceof StringValue s) || s.text().isEmpty()) {
      return BooleanValue.FALSE;
    }
    try {
      parse(s.text());
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      return BooleanValue.FALSE;
    }
  }

  static Value parse(BuiltinContext c, Value a) {
    return parse(Operands.string(a, 1));
  }

  private static BuiltinFailure failure(String text, String why) {
    return BuiltinFailure.error("parse " + GoText.quote(text) + ": " + why);
  }

  static ObjectValue parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw failure(text, "net/url: invalid control character in URL");
      }
    }
    ObjectValue.Builder out = ObjectValue.builder();
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    if (hash >= 0) {
      put(out, "fragment", unescape(text, text.substring(hash + 1)));
    }
    int colon = schemeEnd(text, rest);
    if (colon > 0) {
      out.put("scheme", rest.substring(0, colon).toLowerCase(java.util.Locale.ROOT));
      rest = rest.substring(colon + 1);
    }
    int question = rest.indexOf('?');
    if (question >= 0) {
      put(out, "raw_query", rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    if (colon > 0 && !rest.startsWith("/")) {
      return out.build();
    }
    if (colon <= 0 && !rest.startsWith("/")) {
      int slash = rest.indexOf('/');
      String first = slash < 0 ? rest : rest.substring(0, slash);
      if (first.indexOf(':') >= 0) {
        throw failure(text, "first path segment in URL cannot contain colon");
      }
    }
    if (rest.startsWith("//") && (colon > 0 || !rest.startsWith("///"))) {
      int end = rest.indexOf('/', 2);
      String authority = end < 0 ? rest.substring(2) : rest.substring(2, end);
      authority(text, authority, out);
      rest = end < 0 ? "" : rest.substring(end);
    }
    if (!rest.isEmpty()) {
      String path = unescape(text, rest);
      put(out, "path", path);
      out.put("raw_path", rawPath(rest, path));
    }
    return out.build();
  }

  /** The path as it was written, unless that is just how the path is escaped. */
  private static String rawPath(String written, String path) {
    return written.equals(escapePath(path)) ? path : written;
  }

  private static String escapePath(String path) {
    var out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PATH_SAFE.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }

  private static void put(ObjectValue.Builder out, String key, String value) {
    if (!value.isEmpty()) {
      out.put(key, value);
    }
  }

  private static int schemeEnd(String text, String rest) {
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter) {
        continue;
      }
      if ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.') {
        if (i == 0) {
          return -1;
        }
      } else if (c == ':') {
        if (i == 0) {
          throw failure(text, "missing protocol scheme");
        }
        return i;
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static void authority(String text, String authority, ObjectValue.Builder out) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String user = authority.substring(0, at);
      if (!user.matches("[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*")) {
        throw failure(text, "net/url: invalid userinfo");
      }
    }
    String host = authority.substring(at + 1);
    String name = host;
    String port = "";
    if (host.startsWith("[")) {
      int close = host.lastIndexOf(']');
      if (close < 0) {
        throw failure(text, "missing ']' in host");
      }
      name = host.substring(1, close);
      port = host.substring(close + 1);
    } else {
      int colon = host.lastIndexOf(':');
      if (colon >= 0) {
        // All behind the first colon is the port, and wrong if there is another.
        int first = host.indexOf(':');
        name = host.substring(0, first);
        port = host.substring(first);
      }
    }
    if (!port.isEmpty() && !port.matches(":[0-9]*")) {
      throw failure(text, "invalid port " + GoText.quote(port) + " after host");
    }
    put(out, "hostname", hostName(text, name));
    put(out, "port", port.isEmpty() ? "" : port.substring(1));
  }

  private static String hostName(String text, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%') {
        String escape = i + 3 <= name.length() ? name.substring(i, i + 3) : name.substring(i);
        if (!escape.matches("%[89a-fA-F][0-9a-fA-F]")) {
          throw failure(text, "invalid URL escape " + GoText.quote(escape));
        }
      } else if (c < 128
          && !Character.isLetterOrDigit(c)
          && "-_.~!$&'()*+,;=:[]<>\"".indexOf(c) < 0) {
        throw failure(
            text, "invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
      }
    }
    return unescape(text, name);
  }

  private static String unescape(String text, String part) {
    var out = new ByteArrayOutputStream();
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        int end = Math.min(bytes.length, i + 3);
        String escape = new String(bytes, i, end - i, StandardCharsets.UTF_8);
        throw failure(text, "invalid URL escape " + GoText.quote(escape));
      }
      out.write(high * 16 + low);
      i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
