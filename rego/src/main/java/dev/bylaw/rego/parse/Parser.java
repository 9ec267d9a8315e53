package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.parse.Token.Kind;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads modules, queries and terms. One parser reads one source. */
@SuppressWarnings("ReferenceEquality") // A source is one object here.
public final class Parser {
  /** OPA's code for whatever cannot be read. */
  public static final String CODE = "rego_parse_error";

  private static final Set<String> V1_KEYWORDS = Set.of("in", "if", "contains", "every");
  private static final Set<String> FUTURE_KEYWORDS = Set.of("and", "or", "not");

  private final Source source;
  private final Diagnostics diagnostics;
  private final TokenStream tokens;
  private final Lexer lexer;
  private final Bodies bodies;

  private Parser(Source source, Dialect dialect, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.lexer = new Lexer(source, diagnostics);
    this.tokens = new TokenStream(source, lexer.tokens(), dialect);
    this.bodies = new Bodies(tokens, new Terms(tokens));
  }

  /**
   * Reads a module.
   *
   * @throws DiagnosticsException with everything that is wrong
   */
  public static Module module(Source source, Dialect dialect) {
    var diagnostics = new Diagnostics();
    Module module = module(source, dialect, diagnostics);
    diagnostics.throwIfErrors();
    if (module == null) {
      throw new IllegalStateException("no module and no diagnostics: " + source);
    }
    return module;
  }

  /** Reads a module; null after a mistake, which is in the diagnostics then. */
  public static @Nullable Module module(Source source, Dialect dialect, Diagnostics diagnostics) {
    return module(source, dialect, diagnostics, true);
  }

  /**
   * Reads a module; null after a mistake, which is in the diagnostics then.
   *
   * @param annotated whether {@code # METADATA} is read, and a mistake in it is one
   */
  public static @Nullable Module module(
      Source source, Dialect dialect, Diagnostics diagnostics, boolean annotated) {
    var parser = new Parser(source, dialect, diagnostics);
    int before = diagnostics.errors();
    if (before > 0 && !parser.lexerIsClean(before)) {
      return null;
    }
    try {
      Module module = parser.file(dialect, annotated);
      return diagnostics.errors() > before ? null : module;
    } catch (SyntaxFailure e) {
      diagnostics.error(CODE, e.span, e.message);
      return null;
    }
  }

  private boolean lexerIsClean(int before) {
    return diagnostics.all().stream().noneMatch(d -> d.span().source() == source) || before == 0;
  }

  /**
   * Reads a query: literals, one a line or with semicolons.
   *
   * @param keywords imports such as {@code future.keywords.not} that apply to it
   * @throws DiagnosticsException with what is wrong
   */
  public static List<Literal> query(Source source, Dialect dialect, Set<String> keywords) {
    var diagnostics = new Diagnostics();
    var parser = new Parser(source, dialect, diagnostics);
    diagnostics.throwIfErrors();
    try {
      for (String keyword : keywords) {
        parser.enable(keyword);
      }
      List<Literal> body = parser.bodies.query(Kind.EOF);
      if (body.isEmpty()) {
        throw parser.tokens.failure("empty query");
      }
      return body;
    } catch (SyntaxFailure e) {
      diagnostics.error(CODE, e.span, e.message);
    }
    diagnostics.throwIfErrors();
    throw new IllegalStateException();
  }

  /**
   * Reads one term.
   *
   * @throws DiagnosticsException with what is wrong
   */
  public static Term term(Source source) {
    List<Literal> body = query(source, Dialect.V1, Set.of());
    if (body.size() == 1
        && body.getFirst().withs().isEmpty()
        && body.getFirst().expression() instanceof dev.bylaw.rego.ast.Expression.Plain p) {
      return p.term();
    }
    var diagnostics = new Diagnostics();
    diagnostics.error(CODE, source.span(), "expected exactly one term");
    throw new DiagnosticsException(diagnostics.all());
  }

  private Module file(Dialect dialect, boolean annotated) {
    if (tokens.at(Kind.EOF)) {
      throw tokens.failure("empty module");
    }
    if (!tokens.atWord("package")) {
      throw tokens.failure("package expected");
    }
    int start = tokens.peek().start();
    tokens.advance();
    List<String> path = packagePath();
    dev.bylaw.syntax.Span packageSpan = tokens.spanFrom(start);
    List<Module.Import> imports = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    var ruleParser = new Rules(tokens, bodies, diagnostics);
    Dialect effective = dialect;
    while (!tokens.at(Kind.EOF)) {
      try {
        if (tokens.atKeyword("import")) {
          Module.Import imported = anImport();
          imports.add(imported);
          effective = dialectOf(imported, effective);
        } else {
          rules.addAll(ruleParser.rule());
        }
      } catch (SyntaxFailure e) {
        diagnostics.error(CODE, e.span, e.message);
        tokens.skipToLineStart(e.span.start());
      }
    }
    List<Module.Annotation> annotations =
        annotated
            ? new Annotations(diagnostics).of(lexer.comments(), packageSpan, rules)
            : List.of();
    return new Module(
        source, effective, path, packageSpan, imports, rules, lexer.comments(), annotations);
  }

  private static Dialect dialectOf(Module.Import imported, Dialect current) {
    String name = Names.dotted(imported.reference());
    return name.equals("rego.v1") || name.equals("rego.v2") ? Dialect.V1 : current;
  }

  private List<String> packagePath() {
    if (tokens.at(Kind.EOF)) {
      throw tokens.failure("unexpected eof token");
    }
    if (!tokens.at(Kind.IDENT)) {
      throw tokens.failure("unexpected " + tokens.peek().kind().word + " token");
    }
    List<String> path = new ArrayList<>();
    path.add(tokens.advance().text());
    keys(path);
    return path;
  }

  /** Reads {@code .name} and {@code ["name"]} behind a package or import name. */
  private void keys(List<String> path) {
    while (true) {
      if (tokens.at(Kind.DOT) && !tokens.peek().spaced()) {
        tokens.advance();
        if (!tokens.at(Kind.IDENT)) {
          throw tokens.unexpected("ident");
        }
        path.add(tokens.advance().text());
      } else if (tokens.at(Kind.LBRACK) && !tokens.peek().spaced()) {
        tokens.advance();
        if (!tokens.at(Kind.STRING) && !tokens.at(Kind.RAW_STRING)) {
          throw tokens.failure("rego path must be string constants");
        }
        path.add(tokens.advance().text());
        tokens.expect(Kind.RBRACK);
      } else {
        return;
      }
    }
  }

  private Module.Import anImport() {
    int start = tokens.advance().start();
    Token root = tokens.peek();
    if (root.kind() != Kind.IDENT) {
      throw tokens.unexpected("ident");
    }
    tokens.advance();
    List<String> path = new ArrayList<>();
    keys(path);
    Term.Ref ref = reference(root, path);
    checkImport(ref, root);
    String alias = null;
    if (tokens.atWord("as")) {
      tokens.advance();
      if (!tokens.at(Kind.IDENT) || tokens.isKeyword(tokens.peek().text())) {
        throw tokens.failure("unexpected import alias, must be a var");
      }
      alias = tokens.advance().text();
    } else if (!ref.path().isEmpty() && !isKeywordImport(ref)) {
      String last = ref.key(ref.path().size() - 1);
      if (tokens.isKeyword(last)) {
        throw new SyntaxFailure(
            source.span(tokens.previousEnd() - last.length(), tokens.previousEnd()),
            "unexpected import path, must not end with a keyword, got: "
                + last
                + " (hint: import a different path or use an alias)");
      }
    }
    enable(ref, alias);
    return new Module.Import(ref, alias, tokens.spanFrom(start));
  }

  private static boolean isKeywordImport(Term.Ref ref) {
    return ref.startsWith("future") || ref.startsWith("rego");
  }

  private Term.Ref reference(Token root, List<String> path) {
    var span = source.span(root.start(), root.end());
    List<Term> keys = new ArrayList<>();
    path.forEach(key -> keys.add(Term.string(key, span)));
    return new Term.Ref(new Term.Var(root.text(), span), keys, tokens.spanFrom(root.start()));
  }

  private void checkImport(Term.Ref ref, Token root) {
    if (!Set.of("data", "input", "future", "rego").contains(root.text())) {
      throw new SyntaxFailure(
          ref.span(),
          "unexpected import path, must begin with one of: {data, future, input, rego}, got: "
              + root.text()
              + " (hint: if this is unexpected, try updating OPA)");
    }
    String name = Names.dotted(ref);
    if (root.text().equals("rego") && !name.equals("rego.v1") && !name.equals("rego.v2")) {
      throw new SyntaxFailure(
          ref.span(), "invalid import `" + name + "`, must be `rego.v1` or `rego.v2`");
    }
  }

  private void enable(Term.Ref ref, @Nullable String alias) {
    String name = Names.dotted(ref);
    if (isKeywordImport(ref) && alias != null) {
      throw new SyntaxFailure(
          ref.span(),
          ref.startsWith("future")
              ? "`future` imports cannot be aliased"
              : "`rego` imports cannot be aliased");
    }
    if (ref.startsWith("future")) {
      boolean keywords = !ref.path().isEmpty() && ref.key(0).equals("keywords");
      if (!keywords || ref.path().size() > 2) {
        throw new SyntaxFailure(ref.span(), "invalid import, must be `future.keywords`");
      }
    }
    enable(name);
    if (name.equals("rego.v1") || name.equals("rego.v2")) {
      tokens.strict = true;
    }
  }

  private void enable(String name) {
    switch (name) {
      case "rego.v1" -> tokens.keywords.addAll(V1_KEYWORDS);
      case "rego.v2", "future.keywords" -> {
        tokens.keywords.addAll(V1_KEYWORDS);
        tokens.keywords.addAll(FUTURE_KEYWORDS);
        tokens.wideNot = true;
      }
      default -> {
        if (name.startsWith("future.keywords.")) {
          String word = name.substring("future.keywords.".length());
          if (!V1_KEYWORDS.contains(word) && !FUTURE_KEYWORDS.contains(word)) {
            throw new SyntaxFailure(
                tokens.here(),
                "unexpected keyword, must be one of [and contains every if in not or]");
          }
          if (word.equals("not")) {
            tokens.wideNot = true;
          }
          if (word.equals("every")) {
            tokens.keywords.add("in");
          }
          tokens.keywords.add(word);
        }
      }
    }
  }
}
