package dev.bylaw.rego.plan;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object in the making. A place holds more places, or a value, or members of a set; two rules
 * that want different things at one place are in conflict.
 */
final class Trie {
  private @Nullable Map<Value, Trie> children;
  private @Nullable Value value;
  private SetValue.@Nullable Builder members;

  /** The place under a key; null if there is a value here. */
  @Nullable Trie child(Value key) {
    if (value != null || members != null) {
      return null;
    }
    if (children == null) {
      children = new LinkedHashMap<>();
    }
    return children.computeIfAbsent(key, k -> new Trie());
  }

  @Nullable Trie find(Value key) {
    return children == null ? null : children.get(key);
  }

  @Nullable Value leaf() {
    return value != null ? value : members != null ? members.build() : null;
  }

  /** Puts a value here; false if another is here. */
  boolean put(Value leaf) {
    if (members != null || (children != null && !children.isEmpty())) {
      return false;
    }
    if (value != null) {
      return value.equals(leaf);
    }
    value = leaf;
    return true;
  }

  /** Adds a member to the set here; false if something else is here. */
  boolean add(Value member) {
    if (!open()) {
      return false;
    }
    members().add(member);
    return true;
  }

  /** Makes a set here, if nothing else is. */
  boolean open() {
    if (value != null || (children != null && !children.isEmpty())) {
      return false;
    }
    members();
    return true;
  }

  private SetValue.Builder members() {
    if (members == null) {
      members = new SetValue.Builder();
    }
    return members;
  }

  Value toValue() {
    Value leaf = leaf();
    if (leaf != null) {
      return leaf;
    }
    if (children == null) {
      return ObjectValue.EMPTY;
    }
    ObjectValue.Builder builder = ObjectValue.builder(children.size());
    children.forEach((k, v) -> builder.put(k, v.toValue()));
    return builder.build();
  }
}
