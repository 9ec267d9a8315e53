package dev.bylaw.bench.cedar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A case as it is put together: texts of policies, a schema, entities, links and requests. */
final class Case {
  final String name;
  final String schema;
  final List<String> policies = new ArrayList<>();
  final List<String> entities = new ArrayList<>();
  final List<String> links = new ArrayList<>();
  final List<String> requests = new ArrayList<>();

  Case(String name, String schema) {
    this.name = name;
    this.schema = schema;
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The JSON of a reference to an entity. */
  static String uid(String type, String id) {
    return "{\"type\":" + quote(type) + ",\"id\":" + quote(id) + "}";
  }

  /** An entity; attributes as JSON members, parents as JSON references. */
  void entity(String type, String id, String attributes, List<String> parents) {
    entities.add(
        "{\"uid\":"
            + uid(type, id)
            + ",\"attrs\":{"
            + attributes
            + "},\"parents\":["
            + String.join(",", parents)
            + "]}");
  }

  void request(String principal, String action, String resource, String context) {
    requests.add(
        "{\"principal\":"
            + quote(principal)
            + ",\"action\":"
            + quote(action)
            + ",\"resource\":"
            + quote(resource)
            + ",\"context\":"
            + context
            + "}");
  }

  void link(String template, String principal, String resource) {
    links.add(
        "{\"template\":"
            + quote(template)
            + ",\"id\":"
            + quote("link" + links.size())
            + ",\"principal\":"
            + quote(principal)
            + ",\"resource\":"
            + quote(resource)
            + "}");
  }

  void write(Path into) throws IOException {
    Path folder = Files.createDirectories(into.resolve(name));
    Files.writeString(folder.resolve("policies.cedar"), String.join("\n", policies) + "\n");
    Files.writeString(folder.resolve("schema.cedarschema"), schema);
    Files.writeString(folder.resolve("entities.json"), array(entities));
    Files.writeString(folder.resolve("requests.json"), array(requests));
    if (!links.isEmpty()) {
      Files.writeString(folder.resolve("links.json"), array(links));
    }
  }

  private static String array(List<String> elements) {
    return "[" + String.join(",\n", elements) + "]\n";
  }
}
