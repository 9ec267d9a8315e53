package dev.bylaw.playbook.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a template stands in, which says how a value is put there. */
public enum TextPlace {
  /** Any text: a value is put in as its text. */
  TEXT,
  /** A URL: a value is percent-encoded (RFC 3986) unless it is the URL's beginning. */
  URL,
  /** A line of a header: a value with a line break in it is refused. */
  HEADER;

  /** A URL up to somewhere in its authority. */
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

  private static final String UNRESERVED = "-._~";

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /** Puts a value behind what is written already. */
  void append(StringBuilder out, Value value, Reference reference, boolean var)
      throws TemplateException {
    String text = textOf(value, reference);
    switch (this) {
      case TEXT -> out.append(text);
      case HEADER -> {
        refuseLineBreak(text, reference);
        out.append(text);
      }
      case URL -> {
        if (out.isEmpty() || (var && AUTHORITY.matcher(out).matches())) {
          refuseBlank(text, reference);
          out.append(text);
        } else {
          refuseDots(text, reference);
          encode(out, text);
        }
      }
    }
  }

  /** Refuses a value that cannot stand alone here. */
  void checkWhole(Value value, Reference reference) throws TemplateException {
    switch (this) {
      case TEXT -> {}
      case HEADER -> {
        if (value instanceof StringValue text) {
          refuseLineBreak(text.text(), reference);
        } else if (value instanceof ArrayValue list) {
          for (Value element : list) {
            checkWhole(element, reference);
          }
        }
      }
      case URL -> refuseBlank(textOf(value, reference), reference);
    }
  }

  /** Refuses a finished text in which pieces came together as what neither was alone. */
  void checkText(CharSequence text) throws TemplateException {
    if (this == HEADER && text.chars().anyMatch(TextPlace::breaksLine)) {
      throw new TemplateException("a header cannot hold more than one line");
    }
    if (this != URL) {
      return;
    }
    for (int from = 0, i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '#';
      if (c == '/' || c == '?' || c == '#') {
        String segment = text.subSequence(from, i).toString();
        if (segment.equals("..") || segment.equals(".")) {
          throw new TemplateException("the URL's path would have a segment `" + segment + "`");
        }
        if (c != '/') {
          return;
        }
        from = i + 1;
      }
    }
  }

  private static String textOf(Value value, Reference reference) throws TemplateException {
    return switch (value) {
      case StringValue text -> text.text();
      case NumberValue number -> number.toString();
      case BooleanValue truth -> truth.toString();
      case ArrayValue _, ObjectValue _, SetValue _ -> Json.write(value);
      case NullValue _ ->
          throw new TemplateException("`{{" + reference + "}}` is null and cannot stand in a text");
    };
  }

  private static void refuseLineBreak(String text, Reference reference) throws TemplateException {
    if (text.chars().anyMatch(TextPlace::breaksLine)) {
      throw new TemplateException(
          "the value of `{{" + reference + "}}` has a line break, which a header cannot hold");
    }
  }

  private static boolean breaksLine(int c) {
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  }

  private static void refuseBlank(String text, Reference reference) throws TemplateException {
    if (text.chars().anyMatch(c -> c <= 0x20 || (c >= 0x7F && c < 0xA0))) {
      throw new TemplateException(
          "the value of `{{"
              + reference
              + "}}` has a blank or a control character, which a URL cannot hold");
    }
  }

  private static void refuseDots(String text, Reference reference) throws TemplateException {
    if (text.equals(".") || text.equals("..")) {
      throw new TemplateException(
          "the value of `{{" + reference + "}}` is `" + text + "`, which would change the path");
    }
  }

  private static void encode(StringBuilder out, String text) {
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
      }
    }
  }
}
