package dev.bylaw.playbook.definition;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.schema.JsonSchema;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code inputs}: a mapping from names to schemas, each with {@code required} (true, unless
 * there is a default) and {@code default} beside what JSON Schema knows; or one whole JSON Schema
 * of an object, which is told by its {@code type: object}.
 */
final class InputsReader {
  private static final String BAD_SCHEMA = "E0310";
  private static final String SHADOWS = "E0311";
  private static final String RESERVED = "E0312";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");

  private static final StringValue REF = StringValue.of("$ref");

  private final Vocabulary vocabulary;
  private final Diagnostics diagnostics;

  /**
   * Inputs that a playbook declares.
   *
   * @param inputs as they are used
   */
  record Declared(Inputs inputs) {}

  InputsReader(Vocabulary vocabulary, Diagnostics diagnostics) {
    this.vocabulary = vocabulary;
    this.diagnostics = diagnostics;
  }

  Declared read(Node node) {
    Fields fields = Fields.of(node, "inputs", diagnostics);
    boolean whole =
        fields.mapping().get("type").map(type -> !(type instanceof Node.Mapping)).orElse(false);
    return new Declared(whole ? whole(fields) : byName(fields));
  }

  private Inputs byName(Fields fields) {
    List<Inputs.Input> inputs = new ArrayList<>();
    ObjectValue.Builder properties = ObjectValue.builder();
    List<Value> required = new ArrayList<>();
    for (Node.Entry entry : fields.mapping().entries()) {
      checkName(entry.key(), entry.keySpan());
      if (!(entry.node() instanceof Node.Mapping mapping)) {
        diagnostics.error(
            BAD_SCHEMA,
            entry.node().span(),
            "expected a schema for input `" + entry.key() + "`, found " + entry.node().kind(),
            "write `" + entry.key() + ": { type: string }`");
        continue;
      }
      ObjectValue schema = (ObjectValue) mapping.value();
      boolean needed = !schema.has("default");
      if (schema.get("required") instanceof BooleanValue truth) {
        needed = truth.isTrue();
        schema = schema.without("required");
      }
      Optional<JsonSchema> one = compile(schema, mapping);
      checkDefault(schema, one, mapping);
      inputs.add(input(entry.key(), schema, needed));
      properties.put(entry.key(), moved(schema, "#/properties/" + escaped(entry.key())));
      if (needed) {
        required.add(StringValue.of(entry.key()));
      }
    }
    ObjectValue schema =
        ObjectValue.builder(3)
            .put("type", "object")
            .put("properties", properties.build())
            .put("required", ArrayValue.of(required))
            .build();
    Optional<JsonSchema> all =
        diagnostics.hasErrors() ? Optional.empty() : compile(schema, fields.mapping());
    return new Inputs(inputs, all, true);
  }

  private Inputs whole(Fields fields) {
    ObjectValue schema = (ObjectValue) fields.mapping().value();
    if (!schema.text("type").equals("object")) {
      diagnostics.error(
          BAD_SCHEMA, fields.span(), "the schema of inputs has `type: object`, or is left out");
    }
    Optional<JsonSchema> all = compile(schema, fields.mapping());
    List<String> required = new ArrayList<>();
    if (schema.get("required") instanceof ArrayValue list) {
      list.forEach(name -> required.add(name instanceof StringValue text ? text.text() : ""));
    }
    List<Inputs.Input> inputs = new ArrayList<>();
    fields
        .mapping()
        .get("properties")
        .ifPresent(node -> {
          if (node instanceof Node.Mapping properties) {
            for (Node.Entry entry : properties.entries()) {
              checkName(entry.key(), entry.keySpan());
              ObjectValue one =
                  entry.node().value() instanceof ObjectValue object ? object : ObjectValue.EMPTY;
              inputs.add(input(entry.key(), one, required.contains(entry.key())));
            }
          }
        });
    return new Inputs(inputs, all, true);
  }

  /** A schema that stands at another place now: what it refers to has moved with it. */
  private static Value moved(Value schema, String root) {
    return switch (schema) {
      case ObjectValue object -> {
        ObjectValue.Builder out = ObjectValue.builder(object.size());
        object.forEach((key, member) ->
            out.put(
                key,
                key.equals(REF) && member instanceof StringValue to && to.text().startsWith("#")
                    ? StringValue.of(root + to.text().substring(1))
                    : moved(member, root)));
        yield out.build();
      }
      case ArrayValue array ->
          ArrayValue.of(array.elements().stream().map(element -> moved(element, root)).toList());
      case NullValue _, BooleanValue _, NumberValue _, StringValue _, SetValue _ -> schema;
    };
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static Inputs.Input input(String name, ObjectValue schema, boolean required) {
    return new Inputs.Input(
        name,
        schema.text("description"),
        schema,
        required,
        Optional.ofNullable(schema.get("default")));
  }

  private void checkName(String name, Span span) {
    if (!NAME.matcher(name).matches()) {
      diagnostics.error(
          RESERVED, span, "expected a name of letters, digits, `_` and `-`, found `" + name + "`");
    } else if (CelCondition.RESERVED.contains(name)) {
      diagnostics.error(
          RESERVED, span, "no input is called `" + name + "`", "the name means something else");
    } else if (vocabulary.vars().contains(name)) {
      diagnostics.error(
          SHADOWS,
          span,
          "input `" + name + "` would hide the var of that name",
          "inputs never shadow vars: rename it");
    }
  }

  private void checkDefault(ObjectValue schema, Optional<JsonSchema> compiled, Node.Mapping at) {
    Value otherwise = schema.get("default");
    if (otherwise != null && compiled.isPresent()) {
      for (JsonSchema.Misfit misfit : compiled.get().check(otherwise)) {
        diagnostics.error(
            BAD_SCHEMA,
            at.get("default").map(Node::span).orElse(at.span()),
            "the default does not fit: " + misfit);
      }
    }
  }

  private Optional<JsonSchema> compile(ObjectValue schema, Node.Mapping at) {
    try {
      return Optional.of(JsonSchema.of(schema));
    } catch (JsonSchema.NoSchemaException e) {
      for (JsonSchema.Misfit misfit : e.misfits()) {
        diagnostics.error(BAD_SCHEMA, span(at, misfit.path()), "not a JSON Schema: " + misfit);
      }
      return Optional.empty();
    }
  }

  /** The place that a JSON pointer leads to, as far as it can be followed. */
  private static Span span(Node from, String pointer) {
    Node here = from;
    for (String key : pointer.split("/", -1)) {
      Node next =
          switch (here) {
            case Node.Mapping mapping -> mapping.get(key).orElse(null);
            case Node.Sequence sequence ->
                key.matches("\\d{1,6}") && Integer.parseInt(key) < sequence.elements().size()
                    ? sequence.elements().get(Integer.parseInt(key))
                    : null;
            case Node.Scalar _, Node.Template _ -> null;
          };
      here = next == null ? here : next;
    }
    return here.span();
  }
}
