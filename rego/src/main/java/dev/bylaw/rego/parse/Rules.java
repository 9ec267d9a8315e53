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
    if (tokens.strict && !hasIf) {
      error(head.span(), "`if` keyword is required before rule body");
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
    boolean braces = tokens.before().kind() == Kind.RBRACE;
    while ((!hasIf || braces && !tokens.startsNewLine()) && tokens.at(Kind.LBRACE)) {
      if (rules.getFirst().otherwise() != null) {
        throw tokens.unexpected("");
      }
      int next = tokens.peek().start();
      List<Literal> more = body(false);
      Rule otherwise = tokens.atKeyword("else") ? otherwise(head) : null;
      rules.add(new Rule(head, more, false, otherwise, tokens.spanFrom(next)));
    }
    return rules;
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
      error(head.span(), "`contains` keyword is required for partial set rules");
    }
    if (tokens.atKeyword("else")) {
      throw tokens.unexpected("");
    }
    return new Rule(head, List.of(), false, null, tokens.spanFrom(start));
  }

  private Rule defaultRule(Shape shape, int start) {
    Rule.Head head = shape.head(true);
    if (shape.value == null || shape.contains) {
      throw new SyntaxFailure(head.span(), "illegal default rule (must have a value)");
    }
    if (tokens.at(Kind.LBRACE) && !tokens.startsNewLine()) {
      throw new SyntaxFailure(head.span(), "default rules must not have a body");
    }
    DefaultValues.check(shape.value, diagnostics);
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
      if (!hasIf && tokens.strict) {
        error(inner.span(), "`if` keyword is required before rule body");
      }
      if (tokens.at(Kind.LBRACE) && tokens.peek(1).kind() == Kind.RBRACE) {
        tokens.advance();
        throw tokens.failure("found empty body");
      }
      body = body(hasIf);
    } else if (!written) {
      throw tokens.unexpected("else body");
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
    if (!tokens.at(Kind.IDENT)) {
      if (tokens.at(Kind.EOF)) {
        throw tokens.unexpected("");
      }
      throw new SyntaxFailure(tokens.here(), notAName());
    }
    Term name = bodies.terms().term();
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
      case Term.Scalar s ->
          throw new SyntaxFailure(
              s.span(), s.value().kind().word() + " cannot be used for rule name");
      default -> throw new SyntaxFailure(name.span(), "expression cannot be used for rule name");
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

  private String notAName() {
    return switch (tokens.peek().kind()) {
      case STRING, RAW_STRING -> "string cannot be used for rule name";
      case NUMBER -> "number cannot be used for rule name";
      default -> "unexpected " + tokens.peek().kind().word + " token";
    };
  }

  private void error(Span span, String message) {
    diagnostics.error(Parser.CODE, span, message);
  }
}
