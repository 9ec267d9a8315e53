package dev.bylaw.rego.plan;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place in the tree of virtual documents: a package, a rule, or a function. */
final class Doc {
  final List<String> path;
  final Map<String, Doc> children = new TreeMap<>();
  @Nullable Virtual rule;
  @Nullable FunctionRule function;

  /** Whether rules with changing keys at or above this place reach into it. */
  boolean grouped;

  Doc(List<String> path) {
    this.path = List.copyOf(path);
  }

  @Nullable Doc child(Value key) {
    return key instanceof StringValue text ? children.get(text.text()) : null;
  }

  /** The whole document: rules over base data. Null if it is undefined. */
  @Nullable Value value(Evaluation e, @Nullable Value base) {
    if (!e.whole && e.hides(path)) {
      return base;
    }
    if (rule != null) {
      return rule.value(e);
    }
    if (function != null) {
      return null;
    }
    ObjectValue.Builder builder = ObjectValue.builder();
    children.forEach((key, child) -> {
      StringValue k = StringValue.of(key);
      Value v = child.value(e, base == null ? null : Nodes.step(base, k));
      if (v != null) {
        builder.put(k, v);
      }
    });
    ObjectValue rules = builder.build();
    return base instanceof ObjectValue object ? over(rules, object) : rules;
  }

  /** Base data over what rules make, as far as both have it. */
  private static ObjectValue over(ObjectValue rules, ObjectValue base) {
    ObjectValue.Builder builder = ObjectValue.builder(rules.size() + base.size());
    rules.forEach(builder::put);
    base.forEach((k, v) -> {
      Value made = rules.get(k);
      builder.put(k, made instanceof ObjectValue x && v instanceof ObjectValue y ? over(x, y) : v);
    });
    return builder.build();
  }
}
