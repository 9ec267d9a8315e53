package dev.bylaw.playbook.schema;

import dev.bylaw.playbook.schema.JsonSchema.Misfit;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the references of a schema and bounds what checking a value can cost.
 *
 * <p>A schema that refers to itself, or that doubles itself by references again and again, makes a
 * check run forever or for hours. So a reference leads to a place in the schema, never back to
 * where it comes from, and with all references put in, the schema has at most {@value #MOST} parts.
 */
final class Unfolding {
  static final long MOST = 10_000;
  static final int MOST_DEEP = 200;

  /** Other ways to refer, which can lead anywhere. */
  private static final Set<String> REFUSED =
      Set.of("$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor");

  /** What these hold is data. */
  private static final Set<String> DATA = Set.of("const", "default", "enum", "examples");

  private final Value root;
  private final List<Misfit> misfits = new ArrayList<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private Unfolding(Value root) {
    this.root = root;
  }

  /** What keeps a schema from being checked against in bounded time. */
  static List<Misfit> check(Value schema) {
    var unfolding = new Unfolding(schema);
    if (unfolding.size(schema, "", 0) > MOST) {
      unfolding.misfits.add(
          new Misfit(
              "", "with its references put in, the schema has more than " + MOST + " parts"));
    }
    return List.copyOf(unfolding.misfits);
  }

  private long size(Value part, String pointer, int depth) {
    Long known = sizes.get(pointer);
    if (known != null) {
      return known;
    }
    if (depth > MOST_DEEP) {
      misfits.add(new Misfit(pointer, "nested deeper than " + MOST_DEEP));
      return 1;
    }
    if (!open.add(pointer)) {
      misfits.add(new Misfit(pointer, "refers to itself"));
      return 1;
    }
    long size =
        switch (part) {
          case ObjectValue object -> members(object, pointer, depth);
          case ArrayValue array -> elements(array, pointer, depth);
          case NullValue _, BooleanValue _, NumberValue _, StringValue _, SetValue _ -> 1;
        };
    open.remove(pointer);
    sizes.put(pointer, size);
    return size;
  }

  private long members(ObjectValue object, String pointer, int depth) {
    long size = 1;
    for (int i = 0; i < object.size(); i++) {
      String name = object.key(i) instanceof StringValue text ? text.text() : "";
      Value member = object.value(i);
      String inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      if (member instanceof StringValue text) {
        size = Math.min(MOST + 1, size + text(name, text.text(), inner, depth));
      } else if (!DATA.contains(name)) {
        size = Math.min(MOST + 1, size + size(member, inner, depth + 1));
      }
    }
    return size;
  }

  private long elements(ArrayValue array, String pointer, int depth) {
    long size = 1;
    for (int i = 0; i < array.size(); i++) {
      size = Math.min(MOST + 1, size + size(array.get(i), pointer + "/" + i, depth + 1));
    }
    return size;
  }

  private long text(String name, String text, String pointer, int depth) {
    if (REFUSED.contains(name)) {
      misfits.add(new Misfit(pointer, "expected only `$ref` to refer, found `" + name + "`"));
    } else if (name.equals("$id") && !pointer.equals("/$id")) {
      misfits.add(new Misfit(pointer, "expected `$id` only at the schema's root"));
    } else if (name.equals("$ref")) {
      Value target = target(text);
      if (target == null) {
        misfits.add(
            new Misfit(pointer, "expected a reference to a part of the schema (`#/$defs/…`)"));
      } else {
        return size(target, text.substring(1), depth + 1);
      }
    }
    return 1;
  }

  private @Nullable Value target(String reference) {
    if (!reference.startsWith("#") || reference.contains("%")) {
      return null;
    }
    String pointer = reference.substring(1);
    if (pointer.isEmpty()) {
      return root;
    }
    if (!pointer.startsWith("/")) {
      return null;
    }
    String[] keys = pointer.substring(1).split("/", -1);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i].replace("~1", "/").replace("~0", "~");
    }
    return root.at(keys).orElse(null);
  }
}
