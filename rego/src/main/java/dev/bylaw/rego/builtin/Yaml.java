package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML, as far as JSON goes. */
final class Yaml {
  private static final LoadSettings LOAD =
      LoadSettings.builder()
          .setMaxAliasesForCollections(50)
          .setCodePointLimit(16 * 1024 * 1024)
          .setAllowDuplicateKeys(true)
          .setSchema(new CoreSchema())
          .build();
  private static final DumpSettings DUMP =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(Integer.MAX_VALUE)
          .build();

  private static final Pattern OUTERMOST_INDENT = Pattern.compile("^  ", Pattern.MULTILINE);

  /** Texts that some reader of YAML takes for something else. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "|~|<<|=|[nN]ull|NULL|[yYnN]|[tT]rue|TRUE|[fF]alse|FALSE|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF"
              + "|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\\.[0-9_]+([eE][-+]?[0-9]+)?"
              + "|[-+]?0[xob][0-9a-fA-F_]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?|[-+]?[0-9]+(:[0-5]?[0-9])+(\\.[0-9]*)?");

  /** Such texts in double quotes. */
  private static final class Quoting extends StandardRepresenter {
    Quoting() {
      super(DUMP);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean text = tag.equals(Tag.STR) && style == ScalarStyle.PLAIN;
      return super.representScalar(
          tag,
          value,
          text && AMBIGUOUS.matcher(value).matches() ? ScalarStyle.DOUBLE_QUOTED : style);
    }
  }

  private Yaml() {}

  static Value marshal(BuiltinContext c, Value a) {
    String text = new Dump(DUMP, new Quoting()).dumpToString(plain(a));
    boolean list = a instanceof ArrayValue || a instanceof SetValue;
    // Lists stand two columns in from what they belong to; the outermost belongs to nothing.
    return StringValue.of(list ? OUTERMOST_INDENT.matcher(text).replaceAll("") : text);
  }

  /** Keys in order as texts, sets as lists, whole numbers exact. */
  private static @Nullable Object plain(Value v) {
    return switch (v) {
      case ObjectValue o -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i : JsonText.order(o)) {
          map.put(JsonText.key(o.sortedKey(i)), plain(o.sortedValue(i)));
        }
        yield map;
      }
      case ArrayValue x -> list(x.elements());
      case SetValue x -> list(x.members());
      case NumberValue n when n.isInteger() -> n.decimal().toBigIntegerExact();
      default -> v.toJava();
    };
  }

  private static List<@Nullable Object> list(List<Value> values) {
    List<@Nullable Object> all = new ArrayList<>();
    values.forEach(v -> all.add(plain(v)));
    return all;
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
      return parse(text);
    } catch (Mistake e) {
      String where = e.line > 0 ? "line " + e.line + ": " : "";
      throw BuiltinFailure.error("yaml: " + where + e.getMessage());
    }
  }

  /** What is no YAML, and where: line and column from 1, or 0 where that is not known. */
  static final class Mistake extends Exception {
    final int line;
    final int column;

    Mistake(String message, int line, int column) {
      super(message, null, false, false);
      this.line = line;
      this.column = column;
    }
  }

  static Value parse(String text) throws Mistake {
    try {
      Value first = null;
      for (Object document : new Load(LOAD).loadAllFromString(text)) {
        if (first == null) {
          first = keyed(document);
        }
      }
      return first == null ? dev.bylaw.value.NullValue.NULL : first;
    } catch (MarkedYamlEngineException e) {
      String problem = String.valueOf(e.getProblem());
      boolean open = problem.startsWith("expected ',' or");
      throw new Mistake(
          open ? "did not find expected ',' or ']'" : problem.toLowerCase(Locale.ROOT),
          e.getProblemMark().map(m -> m.getLine() + 1).orElse(1),
          e.getProblemMark().map(m -> m.getColumn() + 1).orElse(1));
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new Mistake(String.valueOf(e.getMessage()), 0, 0);
    } catch (StackOverflowError e) {
      throw new Mistake("nested too deeply", 0, 0);
    }
  }

  /** Keys that are not text become it. */
  private static Value keyed(@Nullable Object loaded) {
    if (loaded instanceof Map<?, ?> map) {
      ObjectValue.Builder builder = ObjectValue.builder();
      map.forEach((k, v) -> builder.put(String.valueOf(k), keyed(v)));
      return builder.build();
    }
    if (loaded instanceof Iterable<?> list) {
      List<Value> all = new ArrayList<>();
      list.forEach(v -> all.add(keyed(v)));
      return ArrayValue.of(all);
    }
    return Value.of(loaded);
  }
}
