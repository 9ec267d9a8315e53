package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks modules and queries. */
public final class Checker {
  private final Functions functions;
  private final boolean prints;
  private final boolean strict;
  private final SchemaSet schemas;

  /** The functions that there are beside the policy's own. */
  public interface Functions {
    /** How many operands a builtin or host function takes; -1 if there is none of the name. */
    int arity(String name);

    /** Its type as text: {@code string, number -> boolean}; empty if it is not known. */
    String signature(String name);
  }

  /**
   * A checker.
   *
   * @param prints whether what is printed is kept
   * @param strict whether unused variables and imports and the like are mistakes
   * @param schemas what is known of input and data
   */
  public Checker(Functions functions, boolean prints, boolean strict, SchemaSet schemas) {
    this.schemas = schemas;
    this.functions = functions;
    this.prints = prints;
    this.strict = strict;
  }

  /**
   * Checks modules.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with the mistakes of the first phase with any
   */
  public Checked check(List<Module> modules) {
    var diagnostics = new Diagnostics();
    var fresh = Fresh.beside(modules.stream().map(Module::source).toList());
    Set<String> replaced = new HashSet<>();
    boolean metadata = false;
    Map<List<String>, Set<String>> names = ruleNames(modules);
    modules.forEach(m -> refuseCalls(m, diagnostics));
    diagnostics.throwIfErrors();
    List<Module> resolved = new ArrayList<>();
    for (Module module : modules) {
      resolved.add(resolve(module, names, fresh, diagnostics));
    }
    diagnostics.throwIfErrors();
    RuleTree unordered = tree(resolved);
    new Conflicts(diagnostics).check(unordered);
    diagnostics.throwIfErrors();
    var references = new References(unordered, functions, diagnostics);
    var safety = new Safety(fresh, diagnostics, call -> arity(call, unordered));
    List<Module> ordered = new ArrayList<>();
    for (Module module : resolved) {
      List<Rule> rules = new ArrayList<>();
      for (Rule rule : module.rules()) {
        int before = diagnostics.errors();
        references.rule(rule);
        // Where a function is unknown, so is what it binds: more would be told than is wrong.
        if (diagnostics.errors() == before) {
          rules.add(safety.rule(rule));
        }
      }
      ordered.add(module.withRules(rules));
    }
    RuleTree result = tree(ordered);
    diagnostics.throwIfErrors();
    var recursion = new Recursion(result, diagnostics);
    recursion.check();
    diagnostics.throwIfErrors();
    var types = new Types(functions, fresh, new Schemas(ordered, schemas));
    types.check(recursion.ordered(), diagnostics);
    for (Module module : ordered) {
      if (strict || module.dialect() == Dialect.V1) {
        module.rules().forEach(new DeprecatedBuiltins(diagnostics)::rule);
      }
    }
    diagnostics.throwIfErrors();
    replaced.addAll(references.replaced());
    metadata |= references.usesMetadata();
    return new Checked(ordered, result, replaced, metadata, new Metadata(ordered), fresh, types);
  }

  /**
   * Resolves and orders a query.
   *
   * @param pkg the package whose rules it may name without {@code data}
   */
  public List<Literal> query(
      Checked checked, List<Literal> body, List<String> pkg, List<Module.Import> imports) {
    var diagnostics = new Diagnostics();
    checked.fresh().avoid(body.getFirst().span().source());
    Map<String, Term.Ref> globals = new HashMap<>();
    RuleTree here = checked.tree().find(pkg);
    if (here != null && !pkg.isEmpty()) {
      Set<String> names = new LinkedHashSet<>();
      for (Module m : checked.modules()) {
        if (m.path().equals(pkg)) {
          m.rules().forEach(r -> names.add(r.head().name()));
        }
      }
      names.forEach(n -> globals.put(n, global(pkg, n, body.getFirst().span())));
    }
    imports.forEach(i -> globals.put(i.name(), i.reference()));
    var resolver =
        new Resolver(
            globals,
            new HashSet<>(),
            checked.fresh(),
            diagnostics,
            new Resolver.Settings(n -> functions.arity(n) >= 0, prints, false));
    List<Literal> resolved = resolver.query(body);
    diagnostics.throwIfErrors();
    new References(checked.tree(), functions, diagnostics).body(resolved);
    diagnostics.throwIfErrors();
    var safety = new Safety(checked.fresh(), diagnostics, call -> arity(call, checked.tree()));
    List<Literal> ordered = safety.query(resolved, new LinkedHashSet<>());
    diagnostics.throwIfErrors();
    checked.types().query(ordered, checked.fresh(), diagnostics);
    diagnostics.throwIfErrors();
    return ordered;
  }

  /** A call of a builtin where a rule is expected is no function of that name. */
  private void refuseCalls(Module module, Diagnostics diagnostics) {
    for (Rule rule : module.rules()) {
      Rule.Head head = rule.head();
      boolean bare =
          head.isFunction() && !head.valueWritten() && rule.body().isEmpty() && !rule.isDefault();
      String name = Names.dotted(head.reference());
      if (bare && (functions.arity(name) >= 0 || name.equals("print"))) {
        diagnostics.error(Parser.CODE, head.span(), "rule name conflicts with built-in function");
      }
    }
  }

  private static Map<List<String>, Set<String>> ruleNames(List<Module> modules) {
    Map<List<String>, Set<String>> names = new HashMap<>();
    for (Module m : modules) {
      Set<String> own = names.computeIfAbsent(m.path(), p -> new LinkedHashSet<>());
      m.rules().forEach(r -> own.add(r.head().name()));
    }
    return names;
  }

  private Module resolve(
      Module module, Map<List<String>, Set<String>> names, Fresh fresh, Diagnostics diagnostics) {
    Map<String, Term.Ref> globals = new HashMap<>();
    names
        .getOrDefault(module.path(), Set.of())
        .forEach(n -> globals.put(n, global(module.path(), n, module.packageSpan())));
    Map<String, Module.Import> imported = new HashMap<>();
    Map<String, Module.Import> language = new HashMap<>();
    boolean v1 = module.dialect() == Dialect.V1;
    for (Module.Import i : module.imports()) {
      if (i.reference().startsWith("future") || i.reference().startsWith("rego")) {
        Module.Import same = language.put(Names.dotted(i.reference()), i);
        if (same != null && (strict || v1)) {
          diagnostics.error(
              Codes.COMPILE, i.span(), "import must not shadow " + same.span().text());
        }
        continue;
      }
      Module.Import before = imported.put(i.name(), i);
      if (before != null && (strict || v1)) {
        diagnostics.error(
            Codes.COMPILE, i.span(), "import must not shadow " + before.span().text());
      }
      globals.put(i.name(), i.reference());
    }
    Set<String> used = new HashSet<>();
    var settings = new Resolver.Settings(n -> functions.arity(n) >= 0, prints, strict);
    var resolver = new Resolver(globals, used, fresh, diagnostics, settings);
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : module.rules()) {
      String name = rule.head().name();
      if ((strict || v1) && (name.equals("input") || name.equals("data"))) {
        diagnostics.error(
            Codes.COMPILE,
            rule.head().span(),
            "rules must not shadow " + name + " (use a different rule name)");
      }
      rules.add(resolver.rule(rule));
    }
    if (strict) {
      imported.forEach((name, i) -> {
        if (!used.contains(name)) {
          diagnostics.error(Codes.COMPILE, i.span(), i.span().text() + " unused");
        }
      });
    }
    return module.withRules(rules);
  }

  private static Term.Ref global(List<String> path, String name, dev.bylaw.syntax.Span span) {
    List<Term> keys = new ArrayList<>();
    path.forEach(p -> keys.add(Term.string(p, span)));
    keys.add(Term.string(name, span));
    return new Term.Ref(new Term.Var("data", span), keys, span);
  }

  private static RuleTree tree(List<Module> modules) {
    RuleTree tree = new RuleTree();
    for (Module m : modules) {
      tree.declare(m.path());
      m.rules().forEach(r -> tree.add(m, r));
    }
    return tree;
  }

  private int arity(Term.Call call, RuleTree tree) {
    if (call.operator().startsWith("data")) {
      RuleTree node = References.node(call.operator(), tree);
      return node != null && node.isFunction() ? node.arity() : -1;
    }
    return functions.arity(Names.dotted(call.operator()));
  }
}
