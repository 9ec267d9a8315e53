package dev.bylaw.expression;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parser and type checker of dev.cel, set up for one environment. Immutable, thread-safe. */
final class Front {
  private static final List<CelType> NUMBERS =
      List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);

  private final CelCompiler compiler;
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
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(numericEquality("_==_"), numericEquality("_!=_"));
    for (Variable variable : variables) {
      builder.addVar(variable.name(), type(variable.type()));
    }
    for (HostFunction function : functions) {
      builder.addFunctionDeclarations(declaration(function));
    }
    this.compiler = builder.build();
  }

  /** {@code 1 == 1.0}: the checker's own {@code ==} wants one type on both sides. */
  private static CelFunctionDecl numericEquality(String operator) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    for (CelType left : NUMBERS) {
      for (CelType right : NUMBERS) {
        if (!left.equals(right)) {
          String id = "bylaw" + operator + left.name() + "_" + right.name();
          overloads.add(CelOverloadDecl.newGlobalOverload(id, SimpleType.BOOL, left, right));
        }
      }
    }
    return CelFunctionDecl.newFunctionDeclaration(operator, overloads);
  }

  private static CelFunctionDecl declaration(HostFunction function) {
    List<CelType> arguments = new ArrayList<>();
    for (int i = 0; i < function.arity(); i++) {
      arguments.add(SimpleType.DYN);
    }
    String id = "bylaw_host_" + function.name().replace('.', '_') + "_" + function.arity();
    return CelFunctionDecl.newFunctionDeclaration(
        function.name(),
        CelOverloadDecl.newGlobalOverload(id, type(function.returns()), arguments));
  }

  private static CelType type(Type type) {
    return switch (type) {
      case DYNAMIC, NUMBER -> SimpleType.DYN;
      case BOOLEAN -> SimpleType.BOOL;
      case TEXT -> SimpleType.STRING;
      case LIST -> ListType.create(SimpleType.DYN);
      case OBJECT -> MapType.create(SimpleType.STRING, SimpleType.DYN);
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
    };
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
      CelValidationResult parsed = compiler.parse(passage.text());
      if (parsed.hasError()) {
        complaints.syntax(parsed.getErrors().getFirst(), passage, diagnostics);
        return Optional.empty();
      }
      CelAbstractSyntaxTree tree = parsed.getAst();
      if (Trees.depth(tree.getExpr()) > limits.nesting()) {
        return tooDeep(passage, diagnostics);
      }
      CelValidationResult checked = compiler.check(tree);
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
