package dev.bylaw.rego.builtin;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.TreeValue;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;

/** What a policy may know of where it runs. Metadata and prints are the planner's business. */
final class Surroundings {
  private Surroundings() {}

  static Value trace(BuiltinContext c, Value note) {
    c.note(Operands.string(note, 1));
    return BooleanValue.TRUE;
  }

  static Value runtime(BuiltinContext c) {
    return c.runtime();
  }

  static Value print(BuiltinContext c, Value parts) {
    Operands.array(parts, 1);
    return BooleanValue.TRUE;
  }

  static Value testCase(BuiltinContext c, Value names) {
    c.testCase(Operands.array(names, 1));
    return BooleanValue.TRUE;
  }

  static Value parseModule(BuiltinContext c, Value name, Value text) {
    try {
      return TreeValue.of(
          Parser.module(Source.of(Operands.string(name, 1), Operands.string(text, 1)), Dialect.V1));
    } catch (DiagnosticsException e) {
      var first = e.diagnostics().getFirst();
      throw BuiltinFailure.error(first.span() + ": " + first.code() + ": " + first.message());
    }
  }

  static Value metadata(BuiltinContext c) {
    return ObjectValue.EMPTY;
  }
}
