package dev.bylaw.rego;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.builtin.Builtins;
import dev.bylaw.rego.check.Checked;
import dev.bylaw.rego.check.Checker;
import dev.bylaw.rego.check.Dependencies;
import dev.bylaw.rego.check.QueryVariables;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.partial.PartialEvaluation;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.rego.plan.Program;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.rego.plan.Session;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compiled modules with data. Immutable and thread-safe. */
public final class Policy {
  private final Options options;
  private final Checker checker;
  private final Checked checked;
  private final Program program;
  private final Map<String, Builtin> builtins;
  private final Value data;

  private Policy(
      Options options,
      Checker checker,
      Checked checked,
      Program program,
      Map<String, Builtin> builtins,
      Value data) {
    this.options = options;
    this.checker = checker;
    this.checked = checked;
    this.program = program;
    this.builtins = builtins;
    this.data = data;
  }

  /**
   * Compiles modules without data.
   *
   * @throws DiagnosticsException with all mistakes of the first phase that finds any
   */
  public static Policy compile(List<Source> sources, Options options) {
    var diagnostics = new Diagnostics();
    List<Module> modules = new ArrayList<>();
    for (Source source : sources) {
      Module module = Parser.module(source, options.dialect(), diagnostics);
      if (module != null) {
        modules.add(module);
      }
    }
    diagnostics.throwIfErrors();
    return ofModules(modules, options);
  }

  /** Compiles modules that were parsed before. */
  public static Policy ofModules(List<Module> modules, Options options) {
    Map<String, Builtin> builtins = new TreeMap<>(Builtins.ALL);
    options.without().forEach(builtins::remove);
    options.functions().forEach(f -> builtins.put(f.name(), f));
    var checker =
        new Checker(new Known(builtins), options.prints(), options.strict(), options.schemas());
    Checked checked = checker.check(modules);
    Program program = new Program(checked, builtins, options.observed());
    return new Policy(options, checker, checked, program, builtins, ObjectValue.EMPTY);
  }

  /** The functions that there are, for the checker. */
  private record Known(Map<String, Builtin> builtins) implements Checker.Functions {
    @Override
    public int arity(String name) {
      Builtin b = builtins.get(name);
      return b == null ? -1 : b.arity();
    }

    @Override
    public String signature(String name) {
      Builtin b = builtins.get(name);
      return b == null ? "" : b.signature();
    }
  }

  /**
   * The same rules over other data. Where both have a value the rule's is taken; whoever wants to
   * be told of that calls {@link #requireApart()}.
   */
  public Policy withData(Value other) {
    return new Policy(options, checker, checked, program, builtins, other);
  }

  /**
   * Looks whether rules and data have no place in common.
   *
   * @throws DiagnosticsException with each rule that stands where the data has a value
   */
  public Policy requireApart() {
    checked.besideData(data);
    return this;
  }

  /** The data. */
  public Value data() {
    return data;
  }

  /** The modules, resolved and ordered. */
  public List<Module> modules() {
    return checked.modules();
  }

  /** How the policy was compiled. */
  public Options options() {
    return options;
  }

  /**
   * Prepares a query: literals, one a line or with semicolons.
   *
   * @throws DiagnosticsException with what is wrong in it
   */
  public PreparedQuery prepare(String query) {
    return prepare(query, "", List.of());
  }

  /**
   * Prepares a query that may name the rules of a package, and imports.
   *
   * @param pkg the package, as {@code a.b}; empty for none
   * @param imports such as {@code data.roles}, {@code future.keywords.not}
   */
  public PreparedQuery prepare(String query, String pkg, List<String> imports) {
    List<Module.Import> all = imported(imports);
    boolean keywords =
        options.dialect() == Dialect.V0 && checked.modules().stream().anyMatch(Policy::modern);
    Dialect dialect = keywords ? Dialect.V1 : options.dialect();
    List<Literal> body = Parser.query(Source.of("query", query), dialect, Set.copyOf(imports));
    Checked own = checked.forQuery();
    List<Literal> ordered = checker.query(own, body, path(pkg), all);
    List<String> variables = QueryVariables.of(body, ordered, own.fresh());
    return new PreparedQuery(
        this,
        program.query(
            ordered, variables, body.stream().map(Literal::span).collect(Collectors.toSet())),
        QueryVariables.written(variables, own.fresh()));
  }

  private static List<String> path(String pkg) {
    return pkg.isEmpty() ? List.of() : List.of(pkg.split("\\.", -1));
  }

  private List<Module.Import> imported(List<String> imports) {
    List<Module.Import> all = new ArrayList<>();
    if (!imports.isEmpty()) {
      var text = new StringBuilder("package query\n");
      imports.forEach(i -> text.append("import ").append(i).append('\n'));
      all.addAll(Parser.module(Source.of("imports", text.toString()), options.dialect()).imports());
    }
    return all;
  }

  /**
   * Finds the documents and rules that a query depends on, whatever the input.
   *
   * @throws DiagnosticsException with what is wrong in the query
   */
  public Dependencies dependencies(String query) {
    List<Literal> body = Parser.query(Source.of("query", query), options.dialect(), Set.of());
    Checked own = checked.forQuery();
    return Dependencies.of(own, checker.query(own, body, List.of(), List.of()));
  }

  /**
   * Evaluates a query as far as nothing unknown is read. With the unknowns filled in, what is left
   * gives what the query gives.
   *
   * @param unknowns such as {@code input.user} or {@code data.roles}
   * @param request what is known of the input, and limits
   * @throws DiagnosticsException with what is wrong in the query or an unknown
   */
  public Residual partially(String query, List<String> unknowns, Request request) {
    return partially(query, unknowns, request, true, Set.of());
  }

  /**
   * The same, where rules may be kept out of the queries.
   *
   * @param inline whether rules are put in the place of their names at all
   * @param kept rules that are not, such as {@code data.p.allow}
   */
  public Residual partially(
      String query, List<String> unknowns, Request request, boolean inline, Set<String> kept) {
    return partially(query, "", List.of(), unknowns, request, inline, kept);
  }

  /**
   * The same of a query that may name the rules of a package, and imports.
   *
   * @param pkg the package, as {@code a.b}; empty for none
   * @param imports such as {@code data.roles}
   */
  public Residual partially(
      String query,
      String pkg,
      List<String> imports,
      List<String> unknowns,
      Request request,
      boolean inline,
      Set<String> kept) {
    return partially(query, pkg, imports, unknowns, request, inline, kept, "partial");
  }

  /**
   * The same with support elsewhere.
   *
   * @param namespace the package that the packages of support lie under; empty where they are to
   *     stand in the place of the rules that they come from
   */
  public Residual partially(
      String query,
      String pkg,
      List<String> imports,
      List<String> unknowns,
      Request request,
      boolean inline,
      Set<String> kept,
      String namespace) {
    List<Literal> body =
        Parser.query(Source.of("query", query), options.dialect(), Set.copyOf(imports));
    Checked own = checked.forQuery();
    List<Literal> ordered = checker.query(own, body, path(pkg), imported(imports));
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : QueryVariables.of(body, ordered, own.fresh())) {
      variables.put(name, own.fresh().original(name));
    }
    Session session = new Session(request.settings());
    PartialEvaluation.Evaluator evaluator =
        (literals, names) ->
            program
                .query(literals, names, Set.of())
                .solutions(session, request.input(), data)
                .stream()
                .map(Query.Solution::bindings)
                .toList();
    List<Term.Ref> references = unknowns.stream().map(this::unknown).toList();
    return new PartialEvaluation(own, evaluator, references, inline, kept, namespace)
        .of(ordered, variables);
  }

  private Term.Ref unknown(String text) {
    List<Literal> body = Parser.query(Source.of("unknown", text), options.dialect(), Set.of());
    if (body.size() == 1 && body.getFirst().expression() instanceof Expression.Plain(var term)) {
      Term.Ref path = term instanceof Term.Var v ? new Term.Ref(v, List.of(), v.span()) : null;
      path = term instanceof Term.Ref r ? r : path;
      if (path != null
          && (path.startsWith("input") || path.startsWith("data"))
          && path.constantKeys() == path.path().size()) {
        return path;
      }
    }
    throw new IllegalArgumentException(
        "an unknown is a path such as `input.user`, found `" + text + "`");
  }

  private static boolean modern(Module m) {
    return m.dialect() == Dialect.V1;
  }
}
