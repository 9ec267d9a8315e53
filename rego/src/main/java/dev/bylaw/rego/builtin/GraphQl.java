package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.function.Function;

/** GraphQL queries and schemas, as text or as what was parsed before. */
final class GraphQl {
  private GraphQl() {}

  /** A query, and where its parts stand. */
  private record Query(ObjectValue document, Function<Value, String> place) {}

  private static String unknownPlace(Value node) {
    return "";
  }

  private static Query query(Value v, int position) {
    return switch (v) {
      case StringValue s -> {
        var parser = new GraphQlParser(s.text());
        yield new Query(parser.query(), parser::place);
      }
      case ObjectValue o -> new Query(o, GraphQl::unknownPlace);
      default -> Operands.fail(position, "one of {string, object}", v);
    };
  }

  private static ObjectValue schema(Value v, int position) {
    return switch (v) {
      case StringValue s -> new GraphQlParser(s.text()).schema();
      case ObjectValue o -> o;
      default -> Operands.fail(position, "one of {string, object}", v);
    };
  }

  static Value parseQuery(BuiltinContext c, Value a) {
    return new GraphQlParser(Operands.string(a, 1)).query();
  }

  static Value parseSchema(BuiltinContext c, Value a) {
    return new GraphQlParser(Operands.string(a, 1)).schema();
  }

  static Value parse(BuiltinContext c, Value a, Value b) {
    Query query = query(a, 1);
    ObjectValue schema = schema(b, 2);
    new GraphQlQuery(GraphQlSchema.of(schema), query.place).check(query.document);
    return ArrayValue.of(query.document, schema);
  }

  static Value parseAndVerify(BuiltinContext c, Value a, Value b) {
    try {
      return parse(c, a, b) instanceof ArrayValue both
          ? ArrayValue.of(BooleanValue.TRUE, both.get(0), both.get(1))
          : ArrayValue.EMPTY;
    } catch (BuiltinFailure e) {
      return ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);
    }
  }

  static Value isValid(BuiltinContext c, Value a, Value b) {
    try {
      parse(c, a, b);
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      return BooleanValue.FALSE;
    }
  }

  static Value schemaIsValid(BuiltinContext c, Value a) {
    try {
      GraphQlSchema.of(schema(a, 1));
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      return BooleanValue.FALSE;
    }
  }
}
