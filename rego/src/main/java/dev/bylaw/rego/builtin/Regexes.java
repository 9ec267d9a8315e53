package dev.bylaw.rego.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Regular expressions of RE2: time is linear in the text. */
final class Regexes {
  private static final int MOST_CACHED = 1_000;
  static final int MOST_LONG = 1 << 15;
  private static final ConcurrentHashMap<String, Compiled> CACHE = new ConcurrentHashMap<>();

  /** An expression, and the same as a plain one if it is. */
  private record Compiled(Pattern pattern, @Nullable PlainPattern plain) {}

  private Regexes() {}

  static Pattern compile(String text) {
    return compiled(text).pattern;
  }

  private static Compiled compiled(String text) {
    Compiled known = CACHE.get(text);
    if (known != null) {
      return known;
    }
    if (text.length() > MOST_LONG) {
      throw BuiltinFailure.error(
          "error parsing regexp: expression has more than " + MOST_LONG + " characters");
    }
    try {
      var compiled = new Compiled(Pattern.compile(text), PlainPattern.of(text));
      if (CACHE.size() >= MOST_CACHED) {
        CACHE.clear();
      }
      CACHE.put(text, compiled);
      return compiled;
    } catch (PatternSyntaxException e) {
      boolean open = e.getPattern().equals("stack underflow");
      throw BuiltinFailure.error(
          "error parsing regexp: "
              + (open ? "unexpected ): `" + text : e.getDescription() + ": `" + e.getPattern())
              + "`");
    }
  }

  static Value match(BuiltinContext c, Value a, Value b) {
    String expression = Operands.string(a, 1);
    String text = Operands.string(b, 2);
    Compiled compiled = compiled(expression);
    PlainPattern.Answer answer =
        compiled.plain == null ? PlainPattern.Answer.ELSEWHERE : compiled.plain.in(text);
    return switch (answer) {
      case MATCHES -> BooleanValue.TRUE;
      case DIFFERS -> BooleanValue.FALSE;
      case ELSEWHERE -> BooleanValue.of(compiled.pattern.matcher(WatchedText.of(c, text)).find());
    };
  }

  static Value isValid(BuiltinContext c, Value a) {
    if (!(a instanceof StringValue s)) {
      return BooleanValue.FALSE;
    }
    try {
      compile(s.text());
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      return BooleanValue.FALSE;
    }
  }

  /** The next match; one of nothing directly behind the last match, at its end, is none. */
  private static boolean next(Matcher m, int lastEnd) {
    while (m.find()) {
      if (m.start() != m.end() || m.start() != lastEnd) {
        return true;
      }
    }
    return false;
  }

  static Value split(BuiltinContext c, Value a, Value b) {
    String expression = Operands.string(a, 1);
    String text = Operands.string(b, 2);
    Pattern pattern = compile(expression);
    if (text.isEmpty() && !expression.isEmpty()) {
      return ArrayValue.of(StringValue.EMPTY);
    }
    List<Value> parts = new ArrayList<>();
    Matcher m = pattern.matcher(WatchedText.of(c, text));
    int from = 0;
    int to = 0;
    for (int last = -1; next(m, last); last = m.end()) {
      to = m.start();
      if (m.end() != 0) {
        parts.add(StringValue.of(text.substring(from, to)));
      }
      from = m.end();
    }
    if (to != text.length()) {
      parts.add(StringValue.of(text.substring(from)));
    }
    return ArrayValue.of(parts);
  }

  static Value findN(BuiltinContext c, Value a, Value b, Value n) {
    String expression = Operands.string(a, 1);
    String text = Operands.string(b, 2);
    int most = Operands.intValue(n, 3);
    Matcher m = compile(expression).matcher(WatchedText.of(c, text));
    List<Value> found = new ArrayList<>();
    int last = -1;
    while ((most < 0 || found.size() < most) && next(m, last)) {
      found.add(StringValue.of(m.group()));
      last = m.end();
    }
    return ArrayValue.of(found);
  }

  static Value findAllSubmatch(BuiltinContext c, Value a, Value b, Value n) {
    String expression = Operands.string(a, 1);
    String text = Operands.string(b, 2);
    int most = Operands.intValue(n, 3);
    Matcher m = compile(expression).matcher(WatchedText.of(c, text));
    List<Value> found = new ArrayList<>();
    int last = -1;
    while ((most < 0 || found.size() < most) && next(m, last)) {
      List<Value> groups = new ArrayList<>();
      for (int i = 0; i <= m.groupCount(); i++) {
        String group = m.group(i);
        groups.add(group == null ? StringValue.EMPTY : StringValue.of(group));
      }
      found.add(ArrayValue.of(groups));
      last = m.end();
    }
    return ArrayValue.of(found);
  }

  static Value replace(BuiltinContext c, Value a, Value b, Value by) {
    String text = Operands.string(a, 1);
    String expression = Operands.string(b, 2);
    String template = Operands.string(by, 3);
    Pattern pattern = compile(expression);
    Matcher m = pattern.matcher(WatchedText.of(c, text));
    var out = new StringBuilder();
    int at = 0;
    for (int last = -1; next(m, last); last = m.end()) {
      out.append(text, at, m.start());
      expand(template, m, pattern, out);
      Operands.room(out.length());
      at = m.end();
    }
    return StringValue.of(out.append(text.substring(at)).toString());
  }

  /** {@code $1}, {@code $name}, <code>${name}</code> and {@code $$}. */
  private static void expand(String template, Matcher m, Pattern pattern, StringBuilder out) {
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 >= template.length()) {
        out.append(c);
        at++;
        continue;
      }
      if (template.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
        continue;
      }
      boolean braces = template.charAt(at + 1) == '{';
      int start = at + (braces ? 2 : 1);
      int end = start;
      while (end < template.length()
          && (Character.isLetterOrDigit(template.charAt(end)) || template.charAt(end) == '_')) {
        end++;
      }
      boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
      if (end == start || !closed) {
        out.append('$');
        at++;
        continue;
      }
      out.append(group(template.substring(start, end), m, pattern));
      at = braces ? end + 1 : end;
    }
  }

  private static String group(String name, Matcher m, Pattern pattern) {
    String found = null;
    if (name.matches("[0-9]{1,4}")) {
      int i = Integer.parseInt(name);
      found = i <= m.groupCount() ? m.group(i) : null;
    } else if (pattern.namedGroups().containsKey(name)) {
      found = m.group(name);
    }
    return found == null ? "" : found;
  }

  /** {@code regex.template_match}: expressions between delimiters, the rest as it stands. */
  static Value templateMatch(BuiltinContext c, Value[] v) {
    String template = Operands.string(v[0], 1);
    String text = Operands.string(v[1], 2);
    String open = Operands.string(v[2], 3);
    String close = Operands.string(v[3], 4);
    int starts = open.getBytes(StandardCharsets.UTF_8).length;
    if (starts != 1) {
      throw BuiltinFailure.error(
          "start delimiter has to be exactly one character long but is " + starts + " long");
    }
    if (close.getBytes(StandardCharsets.UTF_8).length != 1) {
      // OPA says how long the other one is.
      throw BuiltinFailure.error(
          "end delimiter has to be exactly one character long but is " + starts + " long");
    }
    var pattern = new StringBuilder("^");
    int at = 0;
    int start = 0;
    int depth = 0;
    for (int i = 0; i < template.length(); i++) {
      char ch = template.charAt(i);
      if (ch == open.charAt(0)) {
        start = ++depth == 1 ? i : start;
      } else if (ch == close.charAt(0) && --depth == 0) {
        String inside = template.substring(start + 1, i);
        compile("^" + inside + "$");
        pattern.append(Pattern.quote(template.substring(at, start)));
        pattern.append('(').append(inside).append(')');
        at = i + 1;
      } else if (depth < 0) {
        break;
      }
    }
    if (depth != 0) {
      throw BuiltinFailure.error("unbalanced braces in " + GoText.quote(template));
    }
    pattern.append(Pattern.quote(template.substring(at))).append('$');
    return BooleanValue.of(compile(pattern.toString()).matcher(WatchedText.of(c, text)).find());
  }
}
