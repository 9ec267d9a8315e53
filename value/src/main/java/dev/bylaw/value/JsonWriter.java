package dev.bylaw.value;

/** Writes values as JSON. */
final class JsonWriter {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;
  private int depth;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  static String compact(Value value) {
    var writer = new JsonWriter(false);
    writer.write(value);
    return writer.out.toString();
  }

  static String pretty(Value value) {
    var writer = new JsonWriter(true);
    writer.write(value);
    return writer.out.toString();
  }

  private void write(Value value) {
    switch (value) {
      case NullValue _, BooleanValue _, NumberValue _ -> out.append(value);
      case StringValue text -> quote(out, text.text());
      case ArrayValue array -> list(array, array.size());
      case SetValue set -> list(set, set.size());
      case ObjectValue object -> object(object);
    }
  }

  private void list(Iterable<Value> elements, int size) {
    out.append('[');
    depth++;
    boolean first = true;
    for (Value element : elements) {
      separate(first);
      first = false;
      write(element);
    }
    depth--;
    close(size);
    out.append(']');
  }

  private void object(ObjectValue object) {
    out.append('{');
    depth++;
    for (int i = 0; i < object.size(); i++) {
      separate(i == 0);
      quote(out, JavaValues.keyText(object.key(i)));
      out.append(pretty ? ": " : ":");
      write(object.value(i));
    }
    depth--;
    close(object.size());
    out.append('}');
  }

  private void separate(boolean first) {
    if (!first) {
      out.append(',');
    }
    if (pretty) {
      out.append('\n').repeat(' ', depth * 2);
    }
  }

  private void close(int size) {
    if (pretty && size > 0) {
      out.append('\n').repeat(' ', depth * 2);
    }
  }

  /** A text in quotes, escaped as RFC 8785 §3.2.2.2 does; a lone surrogate as its escape. */
  static void quote(StringBuilder out, String text) {
    out.append('"');
    int plain = plain(text);
    out.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) {
            escape(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** How many characters at the beginning stand for themselves: all of them, nearly always. */
  private static int plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 0xf])
        .append(HEX[(c >> 4) & 0xf])
        .append(HEX[c & 0xf]);
  }
}
