package dev.bylaw.expression;

import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Type checkers of dev.cel that know the functions which an expression calls, and no others.
 *
 * <p>A checker declares all that it knows anew for each expression, and holds each overload against
 * those before it; of a few hundred of them a condition calls three. What is not called changes no
 * type, so a checker is made for each set of names and kept. Thread-safe.
 */
final class Checkers {
  private static final int MOST_KEPT = 256;

  /** The extension of CEL by functions on texts. */
  private static final Set<CelFunctionDecl> TEXTS = CelExtensions.strings().functions();

  private static final List<CelType> NUMBERS =
      List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);

  private final CelOptions options;
  private final List<Variable> variables;
  private final List<HostFunction> functions;
  private final Map<Set<String>, CelChecker> kept = new ConcurrentHashMap<>();

  Checkers(CelOptions options, List<Variable> variables, List<HostFunction> functions) {
    this.options = options;
    this.variables = variables;
    this.functions = functions;
  }

  /**
   * A checker for expressions that call no other functions.
   *
   * @param called the functions as the parser names them, without what stands before their point
   */
  CelChecker of(Set<String> called) {
    CelChecker known = kept.get(called);
    if (known != null) {
      return known;
    }
    CelChecker made = checker(called);
    if (kept.size() >= MOST_KEPT) {
      // Names come from users; what is made again costs little.
      kept.clear();
    }
    kept.put(Set.copyOf(called), made);
    return made;
  }

  private CelChecker checker(Set<String> called) {
    CelCheckerBuilder builder =
        CelCompilerFactory.standardCelCheckerBuilder()
            .setOptions(options)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .filterFunctions((function, _) -> called.contains(function.functionName()))
                    .build());
    for (CelFunctionDecl function : TEXTS) {
      String name = function.name();
      if (called.contains(name.substring(name.lastIndexOf('.') + 1))) {
        builder.addFunctionDeclarations(function);
      }
    }
    for (String operator : List.of("_==_", "_!=_")) {
      if (called.contains(operator)) {
        builder.addFunctionDeclarations(numericEquality(operator));
      }
    }
    for (Variable variable : variables) {
      builder.addVarDeclarations(
          CelVarDecl.newVarDeclaration(variable.name(), type(variable.type())));
    }
    for (HostFunction function : functions) {
      builder.addFunctionDeclarations(declaration(function));
    }
    return builder.build();
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
}
