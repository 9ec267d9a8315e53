package dev.bylaw.rego.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Regular expressions of RE2: time is linear in the text. */
final class Regexes {
  private static final int MOST_CACHED = 1_000;
  private static final ConcurrentHashMap<String, Pattern> CACHE = new ConcurrentHashMap<>();

  private Regexes() {}

  static Pattern compile(String text) {
    Pattern known = CACHE.get(text);
    if (known != null) {
      return known;
    }
    try {
      Pattern compiled = Pattern.compile(text);
      if (CACHE.size() >= MOST_CACHED) {
        CACHE.clear();
      }
      CACHE.put(text, compiled);
      return compiled;
    } catch (PatternSyntaxException e) {
      throw BuiltinFailure.error(
          "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
    }
  }

  static Value match(BuiltinContext c, Value a, Value b) {
    Pattern pattern = compile(Operands.string(a, 1));
    return BooleanValue.of(pattern.matcher(Operands.string(b, 2)).find());
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

  static Value split(BuiltinContext c, Value a, Value b) {
    Pattern pattern = compile(Operands.string(a, 1));
    String text = Operands.string(b, 2);
    List<Value> parts = new ArrayList<>();
    Matcher m = pattern.matcher(text);
    int at = 0;
    while (m.find()) {
      if (m.end() == 0 || (m.start() == m.end() && m.start() == text.length())) {
        continue;
      }
      if (m.start() == m.end() && m.start() == at && at == 0) {
        continue;
      }
      parts.add(StringValue.of(text.substring(at, m.start())));
      at = m.end();
    }
    parts.add(StringValue.of(text.substring(at)));
    return ArrayValue.of(parts);
  }

  static Value findN(BuiltinContext c, Value a, Value b, Value n) {
    Matcher m = compile(Operands.string(a, 1)).matcher(Operands.string(b, 2));
    int most = Operands.intValue(n, 3);
    List<Value> found = new ArrayList<>();
    while ((most < 0 || found.size() < most) && m.find()) {
      found.add(StringValue.of(m.group()));
    }
    return ArrayValue.of(found);
  }

  static Value findAllSubmatch(BuiltinContext c, Value a, Value b, Value n) {
    Matcher m = compile(Operands.string(a, 1)).matcher(Operands.string(b, 2));
    int most = Operands.intValue(n, 3);
    List<Value> found = new ArrayList<>();
    while ((most < 0 || found.size() < most) && m.find()) {
      List<Value> groups = new ArrayList<>();
      for (int i = 0; i <= m.groupCount(); i++) {
        String group = m.group(i);
        groups.add(group == null ? StringValue.EMPTY : StringValue.of(group));
      }
      found.add(ArrayValue.of(groups));
    }
    return ArrayValue.of(found);
  }

  static Value replace(BuiltinContext c, Value a, Value b, Value by) {
    String text = Operands.string(a, 1);
    Pattern pattern = compile(Operands.string(b, 2));
    String template = Operands.string(by, 3);
    Matcher m = pattern.matcher(text);
    var out = new StringBuilder();
    int at = 0;
    while (m.find()) {
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
    if (open.length() != 1) {
      throw BuiltinFailure.error(
          "delimiter_start must be exactly one character long but is " + open.length() + " long");
    }
    if (close.length() != 1) {
      throw BuiltinFailure.error(
          "delimiter_end must be exactly one character long but is " + close.length() + " long");
    }
    var pattern = new StringBuilder("^");
    int at = 0;
    while (at < template.length()) {
      int start = template.indexOf(open, at);
      if (start < 0) {
        break;
      }
      int depth = 1;
      int end = start + 1;
      while (end < template.length() && depth > 0) {
        char ch = template.charAt(end++);
        depth += ch == close.charAt(0) ? -1 : ch == open.charAt(0) ? 1 : 0;
      }
      if (depth > 0) {
        throw BuiltinFailure.error("unbalanced braces in \"" + template + "\"");
      }
      pattern.append(Pattern.quote(template.substring(at, start)));
      pattern.append('(').append(template, start + 1, end - 1).append(')');
      at = end;
    }
    pattern.append(Pattern.quote(template.substring(at))).append('$');
    return BooleanValue.of(compile(pattern.toString()).matcher(text).find());
  }
}
