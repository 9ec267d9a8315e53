package dev.bylaw.expression;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Optional;

/** The parser and type checker of dev.cel, set up for one environment. Immutable, thread-safe. */
final class Front {
  private final CelParser parser;
  private final Checkers checkers;
  private final Limits limits;
  private final Complaints complaints;

  Front(List<Variable> variables, List<HostFunction> functions, Limits limits) {
    this.limits = limits;
    this.complaints = new Complaints(variables, functions);
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(false)
            .maxExpressionCodePointSize(limits.textLength())
            .maxParseRecursionDepth(limits.nesting())
            .maxParseErrorRecoveryLimit(5)
            .build();
    this.parser =
        CelParserFactory.standardCelParserBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();
    this.checkers = new Checkers(options, variables, functions);
  }

  /** The checked tree of a text, or diagnostics. */
  Optional<CelAbstractSyntaxTree> check(Passage passage, Diagnostics diagnostics) {
    if (passage.text().isBlank()) {
      diagnostics.error(Complaints.SYNTAX, passage.whole(), "expected a condition, found nothing");
      return Optional.empty();
    }
    if (passage.text().length() > limits.textLength()) {
      diagnostics.error(
          Complaints.LIMIT,
          passage.whole(),
          "a condition of %d characters, expected at most %d"
              .formatted(passage.text().length(), limits.textLength()));
      return Optional.empty();
    }
    if (passage.tokens().nesting() > limits.nesting()) {
      return tooDeep(passage, diagnostics);
    }
    try {
      CelValidationResult parsed = parser.parse(passage.text());
      if (parsed.hasError()) {
        complaints.syntax(parsed.getErrors().getFirst(), passage, diagnostics);
        return Optional.empty();
      }
      CelAbstractSyntaxTree tree = parsed.getAst();
      if (Trees.depth(tree.getExpr()) > limits.nesting()) {
        return tooDeep(passage, diagnostics);
      }
      CelValidationResult checked = checkers.of(Trees.called(tree.getExpr())).check(tree);
      if (checked.hasError()) {
        List<CelIssue> errors = checked.getErrors();
        complaints.check(errors, passage, diagnostics);
        return Optional.empty();
      }
      return Optional.of(checked.getAst());
    } catch (CelValidationException impossible) {
      throw new IllegalStateException("a result without errors has no tree", impossible);
    } catch (StackOverflowError _) {
      // The parser descends for chains that no bracket count foresees: a.a.a.a and so on.
      return tooDeep(passage, diagnostics);
    }
  }

  private Optional<CelAbstractSyntaxTree> tooDeep(Passage passage, Diagnostics diagnostics) {
    Span whole = passage.whole();
    diagnostics.error(Complaints.LIMIT, whole, "nested more than " + limits.nesting() + " deep");
    return Optional.empty();
  }
}
