package dev.bylaw.rego.differential;

import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The questions of OPA's suite, as seeds. */
record Suite(List<Seed> seeds, Map<String, List<String>> literals) {
  /** A question and the file it is from. */
  record Seed(String family, String note, Question question) {}

  static Suite read(Path folder, boolean older) throws IOException {
    List<Seed> seeds = new ArrayList<>();
    Map<String, List<String>> literals = new LinkedHashMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(p -> p.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      String family = String.valueOf(file.getFileName());
      for (Value v : cases(file)) {
        ObjectValue c = (ObjectValue) v;
        Question q = question(c, older);
        seeds.add(new Seed(family, c.text("note"), q));
        List<String> known = literals.computeIfAbsent(family, _ -> new ArrayList<>());
        q.modules().values().forEach(m -> known.addAll(Mutation.literalsOf(m)));
      }
    }
    literals.values().removeIf(List::isEmpty);
    return new Suite(seeds, literals);
  }

  private static ArrayValue cases(Path file) throws IOException {
    try {
      return (ArrayValue) ((ObjectValue) Json.parse(Files.readAllBytes(file))).get("cases");
    } catch (JsonException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Question question(ObjectValue c, boolean older) {
    Map<String, String> modules = new LinkedHashMap<>();
    if (c.get("modules") instanceof ArrayValue all) {
      for (int i = 0; i < all.size(); i++) {
        // Names that compilers make up are not ones that people write.
        String text = ((StringValue) all.get(i)).text().replaceAll("__local(\\d+)__", "v$1");
        modules.put("test-" + i + ".rego", text);
      }
    }
    Value given = c.get("input");
    String input = given == null ? null : JsonText.compact(given);
    if (c.has("input_term")) {
      input = c.text("input_term");
    }
    ObjectValue data = c.get("data") instanceof ObjectValue o ? o : ObjectValue.EMPTY;
    boolean strict = c.get("strict_error") == BooleanValue.TRUE;
    return new Question(modules, c.text("query"), data, input, older, strict);
  }
}
