package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.parse.Token.Kind;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rules. */
final class Rules {
  private final TokenStream tokens;
  private final Bodies bodies;
  private final Diagnostics diagnostics;

  Rules(TokenStream tokens, Bodies bodies, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.bodies = bodies;
    this.diagnostics = diagnostics;
  }

  /** A rule; in v0 one for each of its bodies. */
  List<Rule> rule() {
    int start = tokens.peek().start();
    boolean isDefault = tokens.atKeyword("default");
    if (isDefault) {
      tokens.advance();
    }
    Shape shape = head(start);
    if (isDefault) {
      return List.of(defaultRule(shape, start));
    }
    List<Rule> rules = new ArrayList<>();
    boolean hasIf = acceptIf();
    Rule.Head head = shape.head(hasIf);
    if (!hasIf && !tokens.at(Kind.LBRACE)) {
      rules.add(fact(shape, head, start));
      return rules;
    }
    List<Literal> body = body(hasIf);
    if (!hasIf) {
      requireIf(head, head.span());
    }
    if (tokens.strict && head.isPartialSet() && !shape.contains) {
      error(head.span(), "`contains` keyword is required for partial set rules");
    }
    if (tokens.atKeyword("else")) {
      if (head.isPartialSet() || isPartialObject(head)) {
        throw tokens.failure("else keyword cannot be used on multi-value rules");
      }
      rules.add(new Rule(head, body, false, otherwise(head), tokens.spanFrom(start)));
    } else {
      rules.add(new Rule(head, body, false, null, tokens.spanFrom(start)));
    }
    while (tokens.at(Kind.LBRACE)) {
      if (rules.getFirst().otherwise() != null) {
        throw tokens.unexpected("");
      }
      int next = tokens.peek().start();
      if (!hasIf) {
        requireIf(head, tokens.here());
      }
      List<Literal> more = body(false);
      Rule otherwise = tokens.atKeyword("else") ? otherwise(head) : null;
      rules.add(new Rule(head, more, false, otherwise, tokens.spanFrom(next)));
    }
    return rules;
  }

  private void requireIf(Rule.Head head, Span place) {
    if (tokens.strict) {
      String kind = head.arguments() == null ? "rule" : "function";
      error(place, "`if` keyword is required before " + kind + " body");
    }
  }

  private static boolean isPartialObject(Rule.Head head) {
    return head.reference().path().stream().anyMatch(t -> !(t instanceof Term.Scalar));
  }

  private Rule fact(Shape shape, Rule.Head head, int start) {
    boolean bare = shape.value == null && !shape.contains;
    if (bare && shape.reference.path().isEmpty() && shape.arguments == null) {
      throw new SyntaxFailure(head.span(), "var cannot be used for rule name");
    }
    if (bare && tokens.strict && shape.arguments == null) {
      error(
          head.span(),
          shape.reference.path().size() == 1
              ? "`contains` keyword is required for partial set rules"
              : "rule must have value assignment and/or body declaration");
    }
    if (tokens.atKeyword("else")) {
      throw tokens.unexpected("");
    }
    if (!shape.contains && tokens.at(Kind.SEMICOLON)) {
      throw new SyntaxFailure(head.span(), "multiple expressions cannot be used for rule head");
    }
    return new Rule(head, List.of(), false, null, tokens.spanFrom(start));
  }

  private Rule defaultRule(Shape shape, int start) {
    Rule.Head head = shape.head(true);
    if (shape.contains || (shape.value == null && !shape.isName())) {
      throw new SyntaxFailure(head.span(), "illegal default rule (must have a value)");
    }
    if (tokens.at(Kind.LBRACE) && !tokens.startsNewLine()) {
      throw new SyntaxFailure(head.span(), "default rules must not have a body");
    }
    if (shape.value != null) {
      DefaultValues.check(shape.value, diagnostics);
    }
    if (head.arguments() != null) {
      DefaultValues.checkArguments(head, diagnostics);
    }
    return new Rule(head, List.of(), true, null, tokens.spanFrom(start));
  }

  private boolean acceptIf() {
    if (!tokens.atKeyword("if")) {
      return false;
    }
    tokens.advance();
    return true;
  }

  private List<Literal> body(boolean hasIf) {
    if (!hasIf) {
      return bodies.braced();
    }
    return tokens.at(Kind.LBRACE) ? bracedOrTerm() : List.of(bodies.literal());
  }

  /** Braces behind {@code if} are a body if they can be one. */
  private List<Literal> bracedOrTerm() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    if (isComprehension()) {
      return List.of(bodies.literal());
    }
    try {
      List<Literal> body = bodies.braced();
      boolean operator = tokens.atKeyword("and") || tokens.atKeyword("or");
      if (!operator && (tokens.startsNewLine() || !bodies.continues())) {
        return body;
      }
    } catch (SyntaxFailure e) {
      int furthest = e.span.start();
      tokens.depth(depth);
      tokens.reset(mark);
      try {
        return List.of(bodies.literal());
      } catch (SyntaxFailure again) {
        throw again.span.start() > furthest ? again : e;
      }
    }
    tokens.reset(mark);
    return List.of(bodies.literal());
  }

  /** Whether the braces here can be those of a set comprehension: then they are. */
  private boolean isComprehension() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    try {
      return bodies.terms().term() instanceof Term.SetComprehension;
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      return false;
    } finally {
      tokens.reset(mark);
    }
  }

  private Rule otherwise(Rule.Head head) {
    int start = tokens.advance().start();
    Term value = Term.truth(tokens.here());
    boolean written = false;
    boolean assigned = false;
    if (tokens.at(Kind.UNIFY) || tokens.at(Kind.ASSIGN)) {
      assigned = tokens.advance().kind() == Kind.ASSIGN;
      value = bodies.terms().any();
      written = true;
    }
    Rule.Head inner =
        new Rule.Head(
            head.reference(),
            head.arguments(),
            null,
            value,
            written,
            assigned,
            tokens.spanFrom(start));
    boolean hasIf = acceptIf();
    List<Literal> body = List.of();
    if (hasIf || tokens.at(Kind.LBRACE)) {
      if (!hasIf) {
        requireIf(head, inner.span());
      }
      if (tokens.at(Kind.LBRACE) && tokens.peek(1).kind() == Kind.RBRACE) {
        tokens.advance();
        throw tokens.failure("found empty body");
      }
      body = body(hasIf);
    } else if (!written) {
      throw tokens.unexpected("else value term or rule body");
    }
    if (body.isEmpty() && tokens.atKeyword("else")) {
      throw tokens.unexpected(""); // What always holds leaves nothing to another branch.
    }
    Rule next = tokens.atKeyword("else") ? otherwise(head) : null;
    return new Rule(inner, body, false, next, tokens.spanFrom(start));
  }

  /** A head as written, before it is known what kind of rule it heads. */
  private record Shape(
      Term.Ref reference,
      @Nullable List<Term> arguments,
      boolean contains,
      @Nullable Term key,
      @Nullable Term value,
      boolean assigned,
      Span span) {

    /** Whether it is a name alone, whose default is true. */
    boolean isName() {
      return reference.path().isEmpty() && arguments == null;
    }

    Rule.Head head(boolean hasIf) {
      boolean oldSet =
          !contains && !hasIf && value == null && arguments == null && reference.path().size() == 1;
      if (oldSet) {
        Term.Ref name = new Term.Ref(reference.head(), List.of(), reference.span());
        return new Rule.Head(
            name, null, reference.path().getFirst(), Term.truth(span), false, false, span);
      }
      return new Rule.Head(
          reference,
          arguments,
          key,
          value == null ? Term.truth(span) : value,
          value != null,
          assigned,
          span);
    }
  }

  private Shape head(int start) {
    refuseOtherThanNames();
    Term name = bodies.terms().term();
    if (bodies.continues() && !tokens.at(Kind.UNIFY) && !tokens.at(Kind.ASSIGN)) {
      // An operator is a call of its builtin.
      throw new SyntaxFailure(name.span(), "rule name conflicts with built-in function");
    }
    List<Term> arguments = null;
    Term.Ref reference;
    switch (name) {
      case Term.Var v -> reference = new Term.Ref(v, List.of(), v.span());
      case Term.Ref r when r.head() instanceof Term.Var -> reference = r;
      case Term.Call c -> {
        reference = c.operator();
        arguments = c.arguments();
        if (arguments.isEmpty()) {
          // A function of nothing is a rule.
          arguments = null;
        }
      }
      default -> throw new SyntaxFailure(name.span(), kind(name) + " cannot be used for rule name");
    }
    Term key = null;
    boolean contains = tokens.atKeyword("contains");
    if (contains) {
      tokens.advance();
      if (arguments != null) {
        throw tokens.failure("the contains keyword can only be used with multi-value rules");
      }
      key = bodies.terms().any();
    }
    Term value = null;
    boolean assigned = false;
    if (tokens.at(Kind.UNIFY) || tokens.at(Kind.ASSIGN)) {
      assigned = tokens.advance().kind() == Kind.ASSIGN;
      if (contains) {
        throw tokens.failure("multi-value rules cannot have a value");
      }
      value = bodies.terms().any();
    }
    return new Shape(reference, arguments, contains, key, value, assigned, tokens.spanFrom(start));
  }

  /** What begins like an expression is told as one. */
  private void refuseOtherThanNames() {
    Token first = tokens.peek();
    if (first.kind() == Kind.IDENT) {
      refuseKeyword(first.text(), tokens.peek(1).kind());
      return;
    }
    switch (first.kind()) {
      case STRING, RAW_STRING -> throw tokens.failure("string cannot be used for rule name");
      case NUMBER -> {}
      case LBRACK, LBRACE, LPAREN -> {
        Term term = bodies.terms().any();
        throw new SyntaxFailure(term.span(), kind(term) + " cannot be used for rule name");
      }
      default -> throw tokens.unexpected("");
    }
  }

  /** A keyword may be a name where keys follow it: {@code not.a := 1}. */
  private void refuseKeyword(String word, Kind next) {
    if (!tokens.isKeyword(word) || next == Kind.DOT || next == Kind.LBRACK) {
      return;
    }
    if (next == Kind.UNIFY || next == Kind.ASSIGN) {
      throw tokens.failure(word + " keyword cannot be used for rule name");
    }
    switch (word) {
      case "not" -> throw tokens.failure("negated expressions cannot be used for rule head");
      case "some" -> throw tokens.failure("'some' declarations cannot be used for rule head");
      case "every" -> throw tokens.failure("expression cannot be used for rule head");
      default -> {}
    }
  }

  private static String kind(Term term) {
    return switch (term) {
      case Term.Scalar s -> s.value().kind().word();
      case Term.ArrayTerm _ -> "array";
      case Term.SetTerm _ -> "set";
      case Term.ObjectTerm _ -> "object";
      case Term.ArrayComprehension _ -> "arraycomprehension";
      case Term.SetComprehension _ -> "setcomprehension";
      case Term.ObjectComprehension _ -> "objectcomprehension";
      case Term.Var _ -> "var";
      case Term.Ref _ -> "ref";
      case Term.Template _ -> "templatestring";
      case Term.Call _ -> "expression";
    };
  }

  private void error(Span span, String message) {
    diagnostics.error(Parser.CODE, span, message);
  }
}
