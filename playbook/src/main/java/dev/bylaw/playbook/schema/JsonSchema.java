package dev.bylaw.playbook.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
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
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A compiled schema. Immutable and thread-safe. */
public final class JsonSchema {
  /** The one dialect that is read. */
  public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader ->
                      loader
                          .fetchRemoteResources(false)
                          .allow(iri -> iri.toString().startsWith("https://json-schema.org/")))
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .pathType(PathType.JSON_POINTER)
                          .formatAssertionsEnabled(true)
                          .locale(Locale.ROOT)
                          .regularExpressionFactory(regex -> {
                            Pattern pattern = Pattern.compile(regex);
                            return text -> pattern.matcher(text).find();
                          })
                          .build()));

  private static final Schema META = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Something that does not fit.
   *
   * @param path where, as a JSON pointer; empty for the whole
   * @param message what, one line, lower case
   */
  public record Misfit(String path, String message) {
    @Override
    public String toString() {
      return path.isEmpty() ? message : path + ": " + message;
    }
  }

  /** A text is not a schema; carries what is wrong with it. */
  public static final class NoSchemaException extends Exception {
    private final transient List<Misfit> misfits;

    NoSchemaException(List<Misfit> misfits) {
      super(misfits.toString(), null, false, false);
      this.misfits = List.copyOf(misfits);
    }

    /** What is wrong; the paths lead into the schema. */
    public List<Misfit> misfits() {
      return misfits;
    }
  }

  /**
   * Compiles a schema of whatever origin: checking a value against it ends in bounded time.
   *
   * @throws NoSchemaException if it is none, or refers to itself
   */
  public static JsonSchema of(Value schema) throws NoSchemaException {
    List<Misfit> unbounded = Unfolding.check(schema);
    if (!unbounded.isEmpty()) {
      throw new NoSchemaException(unbounded);
    }
    return ofTrusted(schema);
  }

  /**
   * Compiles a schema that came with the program, which may refer to itself.
   *
   * @throws NoSchemaException if it is none
   */
  public static JsonSchema ofTrusted(Value schema) throws NoSchemaException {
    List<Misfit> misfits = new ArrayList<>();
    lookThrough(schema, "", misfits);
    JsonNode node = node(schema);
    if (misfits.isEmpty()) {
      misfits.addAll(misfits(META.validate(node)));
    }
    if (!misfits.isEmpty()) {
      throw new NoSchemaException(misfits);
    }
    try {
      Schema compiled = REGISTRY.getSchema(node);
      // References are resolved when they are first needed: a dangling one must be told now.
      var _ = compiled.validate(JsonNodeFactory.instance.objectNode());
      return new JsonSchema(compiled);
    } catch (SchemaException | PatternSyntaxException | IllegalArgumentException e) {
      throw new NoSchemaException(List.of(new Misfit("", oneLine(e))));
    }
  }

  /** What of a value does not fit; empty for one that is valid. */
  public List<Misfit> check(Value value) {
    return misfits(schema.validate(node(value)));
  }

  private static List<Misfit> misfits(List<Error> errors) {
    return errors.stream()
        .map(error ->
            new Misfit(error.getInstanceLocation().toString(), String.valueOf(error.getMessage())))
        .distinct()
        .toList();
  }

  /** Finds what would leave the schema, and patterns that RE2 does not know. */
  private static void lookThrough(Value value, String path, List<Misfit> misfits) {
    switch (value) {
      case ObjectValue object ->
          object.forEach((key, member) -> {
            String name = key instanceof StringValue text ? text.text() : key.toString();
            String inner = path + "/" + name;
            if (member instanceof StringValue text) {
              checkText(name, text.text(), inner, misfits);
            }
            lookThrough(member, inner, misfits);
          });
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          lookThrough(array.get(i), path + "/" + i, misfits);
        }
      }
      case NullValue _, BooleanValue _, NumberValue _, StringValue _, SetValue _ -> {}
    }
  }

  private static void checkText(String name, String text, String path, List<Misfit> misfits) {
    if (name.equals("$schema") && !text.equals(DIALECT)) {
      misfits.add(new Misfit(path, "expected the dialect `" + DIALECT + "`"));
    } else if (name.equals("pattern")) {
      try {
        var _ = Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        misfits.add(new Misfit(path, "not a regular expression of RE2: " + oneLine(e)));
      }
    }
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static JsonNode node(Value value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case NullValue _ -> nodes.nullNode();
      case BooleanValue truth -> nodes.booleanNode(truth.isTrue());
      case NumberValue number when number.isLong() -> nodes.numberNode(number.longValue());
      case NumberValue number -> nodes.numberNode(number.decimal());
      case StringValue text -> nodes.stringNode(text.text());
      case ArrayValue array -> list(array);
      case SetValue set -> list(set);
      case ObjectValue object -> {
        ObjectNode out = nodes.objectNode();
        object.forEach((key, member) ->
            out.set(key instanceof StringValue text ? text.text() : key.toString(), node(member)));
        yield out;
      }
    };
  }

  private static ArrayNode list(Iterable<Value> elements) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    elements.forEach(element -> out.add(node(element)));
    return out;
  }
}
