package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.rego.type.Type;
import dev.bylaw.rego.type.TypeReader;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what cannot hold whatever the input: operands that a function does not take, equality of
 * values of different types, keys of values that have none.
 *
 * <p>Rules are looked at in the order of their dependencies, so that the types of those that a rule
 * uses are known. A rule with a mistake may be anything to others: one mistake is told once.
 */
final class Types {
  private final Checker.Functions functions;
  private final Fresh fresh;
  private final Schemas schemas;
  private final Diagnostics found = new Diagnostics();
  private final TypeScope all = new TypeScope(null);
  private final Map<String, Type.Function> signatures = new ConcurrentHashMap<>();

  Types(Checker.Functions functions, Fresh fresh, Schemas schemas) {
    this.functions = functions;
    this.fresh = fresh;
    this.schemas = schemas;
    Type input = schemas.input();
    if (input != null) {
      all.documents.at(List.of(StringValue.of("input"))).type = input;
    }
  }

  /** Checks rules, each behind those that it uses. */
  void check(List<Placed> ordered, Diagnostics diagnostics) {
    for (Placed p : ordered) {
      for (Rule r = p.rule(); r != null; r = r.otherwise()) {
        rule(p, r);
      }
    }
    report(found, diagnostics);
  }

  /**
   * Checks a query against the rules that were checked before.
   *
   * @param names what its variables are called
   */
  void query(List<Literal> body, Fresh names, Diagnostics diagnostics) {
    var here = new Diagnostics();
    new BodyTypes(this, new TypeScope(all), here, names).body(body);
    report(here, diagnostics);
  }

  private static void report(Diagnostics found, Diagnostics diagnostics) {
    found.all().stream()
        .sorted(
            Comparator.comparing((Diagnostic d) -> d.span().source().name())
                .thenComparingInt(d -> d.span().position().line())
                .thenComparingInt(d -> d.span().position().column())
                .thenComparing(Diagnostic::message))
        .forEach(diagnostics::add);
  }

  private void rule(Placed placed, Rule rule) {
    var around = new TypeScope(all);
    schemas.apply(placed, rule, around, found);
    int mistakes = found.errors();
    var scope = new TypeScope(around);
    var types = new BodyTypes(this, scope, found, fresh);
    types.body(rule.body());
    Rule.Head head = rule.head();
    types.heads(head.reference().path());
    if (head.key() != null) {
      types.heads(List.of(head.key()));
    }
    types.heads(List.of(head.value()));
    List<Value> path = new ArrayList<>();
    path.add(StringValue.of("data"));
    placed.module().path().forEach(name -> path.add(StringValue.of(name)));
    path.add(StringValue.of(head.name()));
    List<Term> keys = head.reference().path();
    int ground = 0;
    while (ground < keys.size() && keys.get(ground) instanceof Term.Scalar s) {
      path.add(s.value());
      ground++;
    }
    if (found.errors() > mistakes) {
      TypeTree node = all.documents.at(path);
      if (ground == keys.size()) {
        node.type = Type.Any.VALUE;
      }
      return;
    }
    Type type = value(head, types, keys.subList(ground, keys.size()));
    if (!type.isUnknown()) {
      all.documents.add(path, type);
    }
  }

  /** The type of what a rule puts at the constant part of its path. */
  private static Type value(Rule.Head head, BodyTypes types, List<Term> dynamic) {
    if (head.arguments() != null) {
      List<Type> arguments = new ArrayList<>();
      for (Term t : head.arguments()) {
        Variables.of(t, false, types::anyIfUnknown);
        arguments.add(types.of(t));
      }
      return new Type.Function(arguments, types.of(head.value()));
    }
    Type type;
    if (head.key() != null) {
      Type member = types.of(head.key());
      type = member.isUnknown() ? member : new Type.Set(member);
    } else {
      type = types.of(head.value());
    }
    for (Term key : dynamic.reversed()) {
      Type known = types.of(key);
      if (type.isUnknown() || known.isUnknown()) {
        return Type.Basic.UNKNOWN;
      }
      type = new Type.Obj(List.of(), new Type.Further(known, type));
    }
    return type;
  }

  /** The type of a called function; null if it has none. */
  @Nullable Type function(Term.Ref operator) {
    if (operator.startsWith("data")) {
      return all.document("data", operator.path());
    }
    return signatures.computeIfAbsent(
        Names.dotted(operator), name -> TypeReader.function(functions.signature(name)));
  }
}
