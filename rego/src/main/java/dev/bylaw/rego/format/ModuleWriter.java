package dev.bylaw.rego.format;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a module: package, imports in groups, rules. */
final class ModuleWriter {
  /** Which of the newer keywords are written. */
  record Words(boolean v1, boolean hasIf, boolean contains) {}

  private final Module module;
  private final Output out;
  private final Places places;
  private final BodyWriter bodies;
  private final TermWriter terms;
  private final Words words;
  private final boolean dotted;

  ModuleWriter(Module module, Output out, Places places, Words words) {
    this.module = module;
    this.out = out;
    this.places = places;
    this.bodies = new BodyWriter(out, places);
    this.terms = bodies.terms();
    this.words = words;
    this.dotted = dotted();
  }

  /** Whether some rule's name goes deeper than one key, so that names are written with dots. */
  private boolean dotted() {
    return module.rules().stream()
        .map(Rule::head)
        .anyMatch(h ->
            h.reference().path().size() > 1
                || h.reference().path().size() == 1 && h.isPartialSet());
  }

  void write(List<Module.Import> imports) {
    out.commentsUpTo(places.row(module.packageSpan()));
    out.begin();
    out.write("package " + path());
    out.end();
    out.blank();
    List<Module.Import> openImports = new ArrayList<>(imports);
    List<Rule> rules = new ArrayList<>(module.rules());
    while (!openImports.isEmpty() || !rules.isEmpty()) {
      int firstRule = rules.isEmpty() ? Integer.MAX_VALUE : rules.getFirst().span().start();
      List<Module.Import> before = new ArrayList<>();
      while (!openImports.isEmpty() && openImports.getFirst().span().start() < firstRule) {
        before.add(openImports.removeFirst());
      }
      imports(before);
      int nextImport =
          openImports.isEmpty() ? Integer.MAX_VALUE : openImports.getFirst().span().start();
      List<Rule> next = new ArrayList<>();
      while (!rules.isEmpty() && rules.getFirst().span().start() < nextImport) {
        next.add(rules.removeFirst());
      }
      rules(next);
    }
    out.commentsToEnd();
  }

  private String path() {
    String written = module.packageSpan().text();
    var text = new StringBuilder(module.path().getFirst());
    module.path().stream().skip(1).forEach(name -> text.append(key(name, written)));
    return text.toString();
  }

  private void imports(List<Module.Import> imports) {
    List<Module.Import> group = new ArrayList<>();
    for (Module.Import i : imports) {
      boolean apart =
          !group.isEmpty() && places.row(i.span()) - places.row(group.getLast().span()) > 1;
      if (apart) {
        group(group);
        group.clear();
      }
      group.add(i);
    }
    if (!group.isEmpty()) {
      group(group);
    }
  }

  private void group(List<Module.Import> group) {
    List<Module.Import> sorted = new ArrayList<>(group);
    sorted.sort(Comparator.comparing(ModuleWriter::order));
    out.commentsAbove(places.row(group.getFirst().span()));
    for (Module.Import i : sorted) {
      // The comment of an import goes with it when it is sorted.
      out.keepCommentOf(places.row(i.span()));
      out.begin();
      out.write("import " + reference(i.reference()));
      if (i.alias() != null && !i.alias().equals(defaultName(i))) {
        out.write(" as " + i.alias());
      }
      out.end();
    }
    out.commentsAbove(places.row(group.getLast().span()) + 1);
    out.blank();
  }

  private String reference(Term.Ref ref) {
    String head = ref.head() instanceof Term.Var v ? v.name() : "";
    var text = new StringBuilder(head);
    String written = ref.span().text();
    for (int i = 0; i < ref.path().size(); i++) {
      text.append(key(ref.key(i), written));
    }
    return text.toString();
  }

  /** {@code .name}, or in brackets where it must be, or was written so and is a keyword. */
  private String key(String name, String written) {
    String quoted = "[" + Json.write(StringValue.of(name)) + "]";
    boolean brackets =
        !Names.isIdentifier(name) || places.isKeyword(name) && written.contains(quoted);
    return brackets ? quoted : "." + name;
  }

  private static @Nullable String defaultName(Module.Import i) {
    return new Module.Import(i.reference(), null, i.span()).name();
  }

  /** Imports go by path, then by alias. */
  private static String order(Module.Import i) {
    var key = new StringBuilder(Names.dotted(i.reference()).replace('.', '\u0001'));
    return key.append('\u0000').append(i.alias() == null ? "" : i.alias()).toString();
  }

  private void rules(List<Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      out.commentsUpTo(places.row(rule.span()));
      rule(rule, false);
      if (i < rules.size() - 1 && isOneLiner(rule) && isOneLiner(rules.get(i + 1))) {
        int next = places.row(rules.get(i + 1).span());
        if (next == places.row(rule.span()) + 1) {
          continue;
        }
      }
      out.blank();
    }
  }

  private boolean isOneLiner(Rule rule) {
    boolean set = words.contains || !rule.head().isPartialSet();
    return rule.body().size() <= 1
        && !rule.isDefault()
        && rule.otherwise() == null
        && (words.v1 || words.hasIf)
        && (rule.body().isEmpty() || !isSetAlone(rule.body().getFirst()))
        && set;
  }

  private static boolean isTrue(List<Literal> body) {
    return body.size() == 1
        && body.getFirst().withs().isEmpty()
        && body.getFirst().expression() instanceof Expression.Plain(Term.Scalar s)
        && s.value() == BooleanValue.TRUE;
  }

  private void rule(Rule rule, boolean isElse) {
    if (!isElse) {
      out.begin();
    }
    if (rule.isDefault()) {
      out.write("default ");
    }
    boolean constant =
        rule.otherwise() == null && (rule.body().isEmpty() && !isElse || isTrue(rule.body()));
    if (isElse) {
      elseHead(rule, constant);
    } else {
      head(rule, constant);
    }
    if (rule.body().isEmpty() || constant) {
      if (rule.otherwise() != null) {
        otherwise(rule.otherwise(), true);
      } else {
        out.end();
      }
      return;
    }
    boolean withIf = (words.v1 || words.hasIf) && (words.contains || !rule.head().isPartialSet());
    out.write(withIf ? " if" : "");
    if (withIf && isInline(rule)) {
      out.write(" ");
      bodies.literal(rule.body().getFirst());
    } else {
      out.write(" {");
      out.end();
      out.indent();
      bodies.body(rule.body(), withIf);
      out.commentsUpTo(places.closingBrace(rule.body().getLast().span().end()));
      out.outdent();
      out.begin();
      out.write("}");
    }
    if (rule.otherwise() != null) {
      otherwise(rule.otherwise(), withIf && isInline(rule));
    } else {
      out.end();
    }
  }

  /** Whether the body is one literal in the row of the head. */
  private boolean isInline(Rule rule) {
    Literal first = rule.body().getFirst();
    return rule.body().size() == 1
        && (places.row(first.span()) == places.row(rule.head().span())
            || places.row(first.span()) == places.lastRow(rule.head().span()))
        && !isSetAlone(first);
  }

  /** A set alone behind {@code if} would be read as a body in braces. */
  static boolean isSetAlone(Literal literal) {
    return literal.expression() instanceof Expression.Plain(Term t) && t instanceof Term.SetTerm;
  }

  private void otherwise(Rule otherwise, boolean afterOneLine) {
    boolean inline = !afterOneLine && !places.lineBefore(otherwise.span().start()).isBlank();
    boolean commented = out.hasTrailing() || out.hasCommentAbove(places.row(otherwise.span()));
    if (inline && !commented) {
      out.write(" ");
    } else {
      out.end();
      out.blank();
      out.commentsUpTo(places.row(otherwise.span()));
      out.begin();
    }
    rule(otherwise, true);
  }

  private void elseHead(Rule rule, boolean constant) {
    out.commentsUpTo(places.row(rule.span()));
    out.begin();
    out.write("else");
    boolean isTrue = rule.head().value() instanceof Term.Scalar s && s.value() == BooleanValue.TRUE;
    if (!isTrue || constant || rule.body().isEmpty()) {
      value(rule.head());
    }
  }

  private void value(Rule.Head head) {
    out.write(head.assigned() || words.v1 ? " := " : " = ");
    terms.term(head.value());
  }

  private void head(Rule rule, boolean constant) {
    Rule.Head head = rule.head();
    terms.head(head.reference(), dotted);
    if (head.arguments() != null) {
      out.write("(");
      int row = places.row(head.arguments().getFirst());
      terms.items(head.arguments(), row, argumentsSpan(head), terms::term);
      out.write(")");
    }
    Term key = head.key();
    if (key != null) {
      if (words.contains) {
        out.write(" contains ");
        terms.term(key);
      } else {
        out.write("[");
        terms.term(key);
        out.write("]");
      }
      return;
    }
    boolean isTrue = head.value() instanceof Term.Scalar s && s.value() == BooleanValue.TRUE;
    boolean shown = !isTrue || constant || rule.isDefault();
    boolean fact = rule.body().isEmpty() && head.arguments() != null && !head.valueWritten();
    boolean keyed = !words.v1 && head.reference().path().size() == 1 && head.valueWritten();
    if ((shown && !(fact && isTrue)) || keyed) {
      value(head);
    }
  }

  /** From the head's start to the parenthesis behind the arguments. */
  private static dev.bylaw.syntax.Span argumentsSpan(Rule.Head head) {
    List<Term> arguments = head.arguments() == null ? List.of() : head.arguments();
    var span = head.span();
    int close = span.source().text().indexOf(')', arguments.getLast().span().end());
    return span.source().span(span.start(), close < 0 ? span.end() : close + 1);
  }
}
