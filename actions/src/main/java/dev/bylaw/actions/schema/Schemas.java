package dev.bylaw.actions.schema;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.schema.JsonSchema;
import dev.bylaw.playbook.schema.JsonSchema.Misfit;
import dev.bylaw.playbook.schema.JsonSchema.NoSchemaException;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schemas by name: {@code schemas/refund_request_v1.json} is {@code refund_request_v1}.
 *
 * @param byName compiled
 */
public record Schemas(Map<String, JsonSchema> byName) {
  /** No schema at all. */
  public static final Schemas NONE = new Schemas(Map.of());

  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?([A-Za-z0-9][A-Za-z0-9_.-]*)\\.(?:json|yaml|yml)");

  public Schemas {
    byName = Map.copyOf(byName);
  }

  /**
   * Reads the files of the folder. Those that are wrong are told, and leave the schemas that worked
   * before.
   *
   * @param sources each with its path as its name
   * @param before what was read the last time
   */
  public static Schemas read(Collection<Source> sources, Schemas before, Diagnostics diagnostics) {
    Map<String, JsonSchema> byName = new LinkedHashMap<>();
    for (Source source : sources) {
      Matcher file = FILE.matcher(source.name());
      if (!file.matches()) {
        diagnostics.error(
            "E0520",
            source.span(0, 0),
            "a schema's file is called like `refund_request_v1.json` or `refund_request_v1.yaml`");
        continue;
      }
      String name = file.group(1);
      Optional<JsonSchema> schema =
          read(source, diagnostics).or(() -> Optional.ofNullable(before.byName.get(name)));
      if (schema.isPresent() && byName.putIfAbsent(name, schema.get()) != null) {
        diagnostics.error(
            "E0521",
            source.span(0, 0),
            "there is another schema `" + name + "`",
            "files that differ only in their endings have one name");
      }
    }
    return new Schemas(byName);
  }

  private static Optional<JsonSchema> read(Source source, Diagnostics diagnostics) {
    Optional<Node> root = Documents.read(source, diagnostics);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonSchema.of(root.get().value()));
    } catch (NoSchemaException e) {
      for (Misfit misfit : e.misfits()) {
        diagnostics.error("E0522", root.get().span(), "not a JSON Schema: " + misfit);
      }
      return Optional.empty();
    }
  }
}
