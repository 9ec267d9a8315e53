package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML, as far as JSON goes. */
final class Yaml {
  private static final LoadSettings LOAD =
      LoadSettings.builder()
          .setMaxAliasesForCollections(50)
          .setCodePointLimit(16 * 1024 * 1024)
          .build();
  private static final DumpSettings DUMP =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

  private Yaml() {}

  static Value marshal(BuiltinContext c, Value a) {
    return StringValue.of(new Dump(DUMP).dumpToString(sorted(a).toJava()));
  }

  /** Keys in order, sets as arrays. */
  private static Value sorted(Value v) {
    return switch (v) {
      case ObjectValue o -> {
        ObjectValue.Builder builder = ObjectValue.builder(o.size());
        for (int i = 0; i < o.size(); i++) {
          builder.put(o.sortedKey(i), sorted(o.sortedValue(i)));
        }
        yield builder.build();
      }
      case ArrayValue x -> ArrayValue.of(x.elements().stream().map(Yaml::sorted).toList());
      case SetValue x -> ArrayValue.of(x.members().stream().map(Yaml::sorted).toList());
      default -> v;
    };
  }

  static Value unmarshal(BuiltinContext c, Value a) {
    return load(Operands.string(a, 1));
  }

  static Value isValid(BuiltinContext c, Value a) {
    if (!(a instanceof StringValue s)) {
      return BooleanValue.FALSE;
    }
    try {
      load(s.text());
      return BooleanValue.TRUE;
    } catch (BuiltinFailure e) {
      return BooleanValue.FALSE;
    }
  }

  /** The first document; those behind it must be readable too. */
  static Value load(String text) {
    try {
      Value first = null;
      for (Object document : new Load(LOAD).loadAllFromString(text)) {
        if (first == null) {
          first = keyed(document);
        }
      }
      return first == null ? dev.bylaw.value.NullValue.NULL : first;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      String problem = String.valueOf(e.getProblem());
      boolean open = problem.startsWith("expected ',' or");
      throw BuiltinFailure.error(
          "yaml: line "
              + line
              + ": "
              + (open ? "did not find expected ',' or ']'" : problem.toLowerCase(Locale.ROOT)));
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw BuiltinFailure.error("yaml: " + e.getMessage());
    }
  }

  /** Keys that are not text become it. */
  private static Value keyed(@org.jspecify.annotations.Nullable Object loaded) {
    if (loaded instanceof Map<?, ?> map) {
      ObjectValue.Builder builder = ObjectValue.builder();
      map.forEach((k, v) -> builder.put(String.valueOf(k), keyed(v)));
      return builder.build();
    }
    if (loaded instanceof Iterable<?> list) {
      java.util.List<Value> all = new java.util.ArrayList<>();
      list.forEach(v -> all.add(keyed(v)));
      return ArrayValue.of(all);
    }
    return Value.of(loaded);
  }
}
