package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads GraphQL queries and schemas into objects; what is empty is left out.
 *
 * <p>Longer than most files: a grammar in one sitting, one short method for each production.
 */
final class GraphQlParser {
  private static final int MOST_DEEP = 200;

  private static final Set<String> LOCATIONS =
      Set.of(
          "QUERY",
          "MUTATION",
          "SUBSCRIPTION",
          "FIELD",
          "FRAGMENT_DEFINITION",
          "FRAGMENT_SPREAD",
          "INLINE_FRAGMENT",
          "VARIABLE_DEFINITION",
          "SCHEMA",
          "SCALAR",
          "OBJECT",
          "FIELD_DEFINITION",
          "ARGUMENT_DEFINITION",
          "INTERFACE",
          "UNION",
          "ENUM",
          "ENUM_VALUE",
          "INPUT_OBJECT",
          "INPUT_FIELD_DEFINITION");

  private static final Map<String, String> KINDS =
      Map.of(
          "scalar", "SCALAR",
          "type", "OBJECT",
          "interface", "INTERFACE",
          "union", "UNION",
          "enum", "ENUM",
          "input", "INPUT_OBJECT");

  private final List<GraphQlLexer.Token> tokens;
  private final IdentityHashMap<Value, GraphQlLexer.Token> places = new IdentityHashMap<>();
  private int at;
  private int depth;

  GraphQlParser(String text) {
    this.tokens = new GraphQlLexer(text).tokens();
  }

  /** Where something that was read stands, as {@code line:column}; empty if that is unknown. */
  String place(Value node) {
    GraphQlLexer.Token token = places.get(node);
    return token == null ? "" : token.line() + ":" + token.column();
  }

  private GraphQlLexer.Token peek() {
    return tokens.get(at);
  }

  private GraphQlLexer.Token next() {
    GraphQlLexer.Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  private boolean isMark(String mark) {
    return peek().kind() == GraphQlLexer.Kind.MARK && peek().text().equals(mark);
  }

  private boolean isName(String name) {
    return peek().kind() == GraphQlLexer.Kind.NAME && peek().text().equals(name);
  }

  private boolean skip(String mark) {
    if (isMark(mark)) {
      next();
      return true;
    }
    return false;
  }

  private void expect(String mark) {
    if (!skip(mark)) {
      throw failure("Expected " + mark + ", found " + peek().shown());
    }
  }

  private void expectName(String name) {
    if (!isName(name)) {
      throw failure("Expected \"" + name + "\", found " + peek().shown());
    }
    next();
  }

  private BuiltinFailure failure(String message) {
    return GraphQlLexer.failure(message, peek());
  }

  private BuiltinFailure unexpected() {
    return failure("Unexpected " + peek().shown());
  }

  private String name() {
    if (peek().kind() != GraphQlLexer.Kind.NAME) {
      throw failure("Expected Name, found " + peek().shown());
    }
    return next().text();
  }

  /** Things between marks, if the first mark is here. */
  private List<Value> many(String open, String close, Supplier<Value> one) {
    if (!skip(open)) {
      return List.of();
    }
    List<Value> all = new ArrayList<>();
    if (++depth > MOST_DEEP) {
      throw failure("nested too deeply");
    }
    while (!isMark(close)) {
      all.add(one.get());
    }
    depth--;
    next();
    return all;
  }

  /** The same, of which there must be one. */
  private List<Value> some(String open, String close, Supplier<Value> one) {
    boolean here = isMark(open);
    int start = at;
    List<Value> all = many(open, close, one);
    if (here && all.isEmpty()) {
      at = start + 1;
      throw failure("expected at least one definition, found " + peek().shown());
    }
    return all;
  }

  private static void put(ObjectValue.Builder out, String key, List<Value> all) {
    if (!all.isEmpty()) {
      out.put(key, ArrayValue.of(all));
    }
  }

  private Value made(ObjectValue.Builder out, GraphQlLexer.Token where) {
    ObjectValue value = out.build();
    places.put(value, where);
    return value;
  }

  // Queries.

  ObjectValue query() {
    List<Value> operations = new ArrayList<>();
    List<Value> fragments = new ArrayList<>();
    while (peek().kind() != GraphQlLexer.Kind.EOF) {
      if (isMark("{") || isName("query") || isName("mutation") || isName("subscription")) {
        operations.add(operation());
      } else if (isName("fragment")) {
        fragments.add(fragment());
      } else {
        throw unexpected();
      }
    }
    ObjectValue.Builder out = ObjectValue.builder();
    put(out, "Operations", operations);
    put(out, "Fragments", fragments);
    return out.build();
  }

  private Value operation() {
    GraphQlLexer.Token where = peek();
    ObjectValue.Builder out = ObjectValue.builder();
    if (isMark("{")) {
      out.put("Operation", "query").put("Name", "");
    } else {
      out.put("Operation", next().text());
      out.put("Name", peek().kind() == GraphQlLexer.Kind.NAME ? next().text() : "");
      put(out, "VariableDefinitions", many("(", ")", this::variable));
      put(out, "Directives", directives(false));
    }
    put(out, "SelectionSet", requiredSelections());
    return made(out, where);
  }

  private List<Value> requiredSelections() {
    if (!isMark("{")) {
      throw failure("Expected {, found " + peek().shown());
    }
    return some("{", "}", this::selection);
  }

  private Value variable() {
    GraphQlLexer.Token where = peek();
    expect("$");
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Variable", name());
    expect(":");
    out.put("Type", type());
    if (skip("=")) {
      out.put("DefaultValue", value(true));
    }
    put(out, "Directives", directives(true));
    out.put("Used", BooleanValue.FALSE);
    return made(out, where);
  }

  private Value fragment() {
    GraphQlLexer.Token where = next();
    ObjectValue.Builder out = ObjectValue.builder();
    if (isName("on")) {
      throw unexpected();
    }
    out.put("Name", name());
    put(out, "VariableDefinition", many("(", ")", this::variable));
    expectName("on");
    out.put("TypeCondition", name());
    put(out, "Directives", directives(false));
    put(out, "SelectionSet", requiredSelections());
    return made(out, where);
  }

  private Value selection() {
    GraphQlLexer.Token where = peek();
    ObjectValue.Builder out = ObjectValue.builder();
    if (skip("...")) {
      if (peek().kind() == GraphQlLexer.Kind.NAME && !isName("on")) {
        out.put("Name", name());
        put(out, "Directives", directives(false));
        return made(out, where);
      }
      out.put("TypeCondition", isName("on") ? condition() : "");
      put(out, "Directives", directives(false));
      put(out, "SelectionSet", requiredSelections());
      return made(out, where);
    }
    String first = name();
    out.put("Alias", first);
    out.put("Name", skip(":") ? name() : first);
    put(out, "Arguments", many("(", ")", () -> argument(false)));
    put(out, "Directives", directives(false));
    if (isMark("{")) {
      put(out, "SelectionSet", some("{", "}", this::selection));
    }
    return made(out, where);
  }

  private String condition() {
    next();
    return name();
  }

  private Value argument(boolean constant) {
    GraphQlLexer.Token where = peek();
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Name", name());
    expect(":");
    out.put("Value", value(constant));
    return made(out, where);
  }

  private List<Value> directives(boolean constant) {
    List<Value> all = new ArrayList<>();
    while (isMark("@")) {
      GraphQlLexer.Token where = next();
      ObjectValue.Builder out = ObjectValue.builder();
      out.put("Name", name());
      put(out, "Arguments", many("(", ")", () -> argument(constant)));
      out.put("Location", "");
      all.add(made(out, where));
    }
    return all;
  }

  private Value value(boolean constant) {
    GraphQlLexer.Token token = peek();
    List<Value> children = new ArrayList<>();
    String raw = "";
    int kind;
    if (isMark("[")) {
      kind = 8;
      for (Value v : many("[", "]", () -> value(constant))) {
        children.add(ObjectValue.of("Name", StringValue.EMPTY, "Value", v));
      }
    } else if (isMark("{")) {
      kind = 9;
      children.addAll(many("{", "}", () -> argument(constant)));
    } else if (isMark("$") && !constant) {
      next();
      kind = 0;
      raw = name();
    } else {
      kind = scalar(token);
      raw = next().text();
    }
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Raw", raw);
    out.put("Kind", NumberValue.of(kind));
    put(out, "Children", children);
    out.put("ExpectedTypeHasDefault", BooleanValue.FALSE);
    return made(out, token);
  }

  private int scalar(GraphQlLexer.Token token) {
    return switch (token.kind()) {
      case INT -> 1;
      case FLOAT -> 2;
      case STRING -> 3;
      case BLOCK -> 4;
      case NAME ->
          switch (token.text()) {
            case "true", "false" -> 5;
            case "null" -> 6;
            default -> 7;
          };
      case MARK, EOF -> throw unexpected();
    };
  }

  private Value type() {
    GraphQlLexer.Token where = peek();
    ObjectValue.Builder out = ObjectValue.builder();
    if (skip("[")) {
      out.put("Elem", type());
      expect("]");
      out.put("NamedType", "");
    } else {
      out.put("NamedType", name());
    }
    out.put("NonNull", BooleanValue.of(skip("!")));
    return made(out, where);
  }

  // Schemas.

  ObjectValue schema() {
    List<Value> schemas = new ArrayList<>();
    List<Value> schemaExtensions = new ArrayList<>();
    List<Value> directives = new ArrayList<>();
    List<Value> definitions = new ArrayList<>();
    List<Value> extensions = new ArrayList<>();
    while (peek().kind() != GraphQlLexer.Kind.EOF) {
      boolean described =
          peek().kind() == GraphQlLexer.Kind.STRING || peek().kind() == GraphQlLexer.Kind.BLOCK;
      String description = described ? next().text() : "";
      if (peek().kind() != GraphQlLexer.Kind.NAME) {
        throw unexpected();
      }
      if (isName("extend")) {
        if (described) {
          throw unexpected();
        }
        next();
        if (isName("schema")) {
          schemaExtensions.add(schemaDefinition("", true));
        } else {
          extensions.add(definition("", true));
        }
      } else if (isName("schema")) {
        schemas.add(schemaDefinition(description, false));
      } else if (isName("directive")) {
        directives.add(directive(description));
      } else {
        definitions.add(definition(description, false));
      }
    }
    ObjectValue.Builder out = ObjectValue.builder();
    put(out, "Schema", schemas);
    put(out, "SchemaExtension", schemaExtensions);
    put(out, "Directives", directives);
    put(out, "Definitions", definitions);
    put(out, "Extensions", extensions);
    return out.build();
  }

  private Value schemaDefinition(String description, boolean extension) {
    GraphQlLexer.Token where = next();
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Description", description);
    List<Value> directives = directives(true);
    put(out, "Directives", directives);
    List<Value> operations = some("{", "}", this::operationType);
    if (operations.isEmpty() && (!extension || directives.isEmpty())) {
      throw unexpected();
    }
    put(out, "OperationTypes", operations);
    return made(out, where);
  }

  private Value operationType() {
    ObjectValue.Builder out = ObjectValue.builder();
    GraphQlLexer.Token where = peek();
    String operation = name();
    if (!Set.of("query", "mutation", "subscription").contains(operation)) {
      at--;
      throw unexpected();
    }
    out.put("Operation", operation);
    expect(":");
    out.put("Type", name());
    return made(out, where);
  }

  private Value directive(String description) {
    GraphQlLexer.Token where = next();
    expect("@");
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Description", description);
    out.put("Name", name());
    put(out, "Arguments", some("(", ")", this::inputField));
    boolean repeatable = isName("repeatable");
    if (repeatable) {
      next();
    }
    out.put("IsRepeatable", BooleanValue.of(repeatable));
    expectName("on");
    skip("|");
    List<Value> locations = new ArrayList<>();
    do {
      if (!LOCATIONS.contains(peek().text())) {
        throw unexpected();
      }
      locations.add(StringValue.of(name()));
    } while (skip("|"));
    put(out, "Locations", locations);
    return made(out, where);
  }

  private String description() {
    boolean here =
        peek().kind() == GraphQlLexer.Kind.STRING || peek().kind() == GraphQlLexer.Kind.BLOCK;
    return here ? next().text() : "";
  }

  private Value definition(String description, boolean extension) {
    GraphQlLexer.Token where = peek();
    String kind = KINDS.get(peek().text());
    if (kind == null) {
      throw unexpected();
    }
    next();
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("BuiltIn", BooleanValue.FALSE);
    out.put("Description", description);
    out.put("Kind", kind);
    out.put("Name", name());
    List<Value> interfaces =
        kind.equals("OBJECT") || kind.equals("INTERFACE") ? interfaces() : List.of();
    List<Value> directives = directives(true);
    List<Value> body =
        switch (kind) {
          case "OBJECT", "INTERFACE" -> some("{", "}", this::field);
          case "INPUT_OBJECT" -> some("{", "}", this::inputField);
          case "ENUM" -> some("{", "}", this::enumValue);
          case "UNION" -> skip("=") ? members() : List.of();
          default -> List.of();
        };
    if (extension && interfaces.isEmpty() && directives.isEmpty() && body.isEmpty()) {
      throw unexpected();
    }
    put(out, "Interfaces", interfaces);
    put(out, "Directives", directives);
    String part = kind.equals("ENUM") ? "EnumValues" : kind.equals("UNION") ? "Types" : "Fields";
    put(out, part, body);
    return made(out, where);
  }

  private List<Value> interfaces() {
    List<Value> all = new ArrayList<>();
    if (isName("implements")) {
      next();
      skip("&");
      do {
        all.add(StringValue.of(name()));
      } while (skip("&"));
    }
    return all;
  }

  private List<Value> members() {
    List<Value> all = new ArrayList<>();
    skip("|");
    do {
      all.add(StringValue.of(name()));
    } while (skip("|"));
    return all;
  }

  private Value field() {
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Description", description());
    GraphQlLexer.Token where = peek();
    out.put("Name", name());
    put(out, "Arguments", some("(", ")", this::inputField));
    expect(":");
    out.put("Type", type());
    put(out, "Directives", directives(true));
    return made(out, where);
  }

  private Value inputField() {
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Description", description());
    GraphQlLexer.Token where = peek();
    out.put("Name", name());
    expect(":");
    out.put("Type", type());
    if (skip("=")) {
      out.put("DefaultValue", value(true));
    }
    put(out, "Directives", directives(true));
    return made(out, where);
  }

  private Value enumValue() {
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("Description", description());
    GraphQlLexer.Token where = peek();
    out.put("Name", name());
    put(out, "Directives", directives(true));
    return made(out, where);
  }
}
