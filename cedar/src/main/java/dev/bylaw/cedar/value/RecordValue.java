package dev.bylaw.cedar.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A record: values by name. */
public final class RecordValue implements Value {
  /** The record without attributes. */
  public static final RecordValue EMPTY = new RecordValue(new String[0], new Value[0]);

  private final String[] names;
  private final Value[] values;
  private final @Nullable HashIndex index;
  private int hash;

  private RecordValue(String[] names, Value[] values) {
    this.names = names;
    this.values = values;
    this.index = HashIndex.worthwhile(names);
  }

  /** The record of the attributes. */
  public static RecordValue of(Map<String, ? extends Value> attributes) {
    if (attributes.isEmpty()) {
      return EMPTY;
    }
    var sorted = new TreeMap<String, Value>(attributes);
    return new RecordValue(
        sorted.keySet().toArray(String[]::new), sorted.values().toArray(Value[]::new));
  }

  /** How many attributes there are. */
  public int size() {
    return names.length;
  }

  /** The value of an attribute, or null. */
  public @Nullable Value attribute(String name) {
    int at = index == null ? HashIndex.scan(names, name) : index.of(name);
    return at < 0 ? null : values[at];
  }

  /** The names, in their order. */
  public List<String> names() {
    return List.of(names);
  }

  /** The attributes, in the order of their names. */
  public Map<String, Value> attributes() {
    var all = new LinkedHashMap<String, Value>();
    for (int i = 0; i < names.length; i++) {
      all.put(names[i], values[i]);
    }
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof RecordValue that
            && hashCode() == that.hashCode()
            && Arrays.equals(names, that.names)
            && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    var out = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      out.append(i == 0 ? "" : ", ").append(CedarText.quote(names[i]));
      out.append(": ").append(values[i]);
    }
    return out.append('}').toString();
  }
}
