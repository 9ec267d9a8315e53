package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** New names for declared and generated variables, and what they were called. */
public final class Fresh {
  private static final String WILDCARD = "$local";

  private static final Pattern GENERATED = Pattern.compile("__local([0-9]{1,6})__");
  private final Map<String, String> written = new HashMap<>();
  private int next;

  /** Names that no variable of these sources has. */
  static Fresh beside(Iterable<Source> sources) {
    var fresh = new Fresh();
    sources.forEach(fresh::avoid);
    return fresh;
  }

  /** Names for something else beside what was named so far. */
  Fresh next() {
    var other = new Fresh();
    other.next = next;
    return other;
  }

  /** Makes no name from now on that the source has. */
  void avoid(Source source) {
    Matcher used = GENERATED.matcher(source.text());
    while (used.find()) {
      next = Math.max(next, Integer.parseInt(used.group(1)) + 1);
    }
  }

  /** A new variable that stands for a written one. */
  public Term.Var named(String original, Span span) {
    String name = "__local" + next++ + "__";
    written.put(name, original);
    return new Term.Var(name, span);
  }

  /** A new variable that nobody wrote. */
  public Term.Var generated(Span span) {
    return new Term.Var("__local" + next++ + "__", span);
  }

  /** A new variable that nothing reads. */
  public Term.Var wildcard(Span span) {
    return new Term.Var(WILDCARD + next++, span);
  }

  /** What the variable was called in the source. */
  public String original(String name) {
    return name.startsWith("$") ? "_" : written.getOrDefault(name, name);
  }

  /** Whether a person wrote an underscore for it. */
  public boolean isWrittenWildcard(String name) {
    return name.startsWith("$") && !name.startsWith(WILDCARD);
  }

  /** Whether a person wrote the variable. */
  public boolean isWritten(String name) {
    return !name.startsWith("$") && (!name.startsWith("__local") || written.containsKey(name));
  }
}
