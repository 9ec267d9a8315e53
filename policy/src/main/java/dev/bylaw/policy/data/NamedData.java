package dev.bylaw.policy.data;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The identity's data by name, as rules look things up in them. Immutable for its users; lists are
 * prepared when they are first asked for. A changed file makes a new one.
 */
public final class NamedData {
  /** No data. */
  public static final NamedData NONE = new NamedData(ObjectValue.EMPTY);

  private final ObjectValue all;
  private final Map<ListRef, Object> prepared = new ConcurrentHashMap<>();

  /** Data by name. */
  public NamedData(ObjectValue all) {
    this.all = all;
  }

  /** Everything by name. */
  public ObjectValue all() {
    return all;
  }

  /** What a list holds: an array, a set, or the names of an object. */
  public Set<Value> values(ListRef list) throws Unreadable {
    return prepared(list, Kind.VALUES, this::makeValues);
  }

  /** A list of hosts. */
  public HostList hosts(ListRef list) throws Unreadable {
    return prepared(list, Kind.HOSTS, ref -> HostList.of(texts(ref)));
  }

  /** A list of recipients, in lower case. */
  public Set<String> recipients(ListRef list) throws Unreadable {
    return prepared(
        list,
        Kind.RECIPIENTS,
        ref -> {
          Set<String> lower = new HashSet<>();
          for (String text : texts(ref)) {
            lower.add(text.strip().toLowerCase(Locale.ROOT));
          }
          return lower;
        });
  }

  private enum Kind {
    VALUES,
    HOSTS,
    RECIPIENTS
  }

  private interface Maker<T> {
    T make(ListRef list) throws Unreadable;
  }

  private <T> T prepared(ListRef list, Kind kind, Maker<T> maker) throws Unreadable {
    ListRef key = list.as(kind.name());
    @Nullable Object known = prepared.get(key);
    if (known == null) {
      known = maker.make(list);
      prepared.put(key, known);
    }
    @SuppressWarnings("unchecked") // the kind in the key goes with the type
    T found = (T) known;
    return found;
  }

  private Set<Value> makeValues(ListRef list) throws Unreadable {
    Set<Value> values = new HashSet<>();
    switch (value(list)) {
      case ArrayValue array -> array.forEach(values::add);
      case SetValue set -> set.forEach(values::add);
      case ObjectValue object -> object.forEach((key, _) -> values.add(key));
      case dev.bylaw.value.NullValue _,
          dev.bylaw.value.BooleanValue _,
          dev.bylaw.value.NumberValue _,
          StringValue _ ->
          throw new Unreadable("the data " + list + " are no list");
    }
    return values;
  }

  private List<String> texts(ListRef list) throws Unreadable {
    List<String> texts = new ArrayList<>();
    for (Value value : makeValues(list)) {
      if (!(value instanceof StringValue text)) {
        throw new Unreadable("the data " + list + " hold a " + value.kind().word());
      }
      texts.add(text.text());
    }
    return texts;
  }

  private Value value(ListRef list) throws Unreadable {
    if (list.name().isEmpty()) {
      return list.inline();
    }
    Value here = all;
    for (String step : list.name().split("\\.", -1)) {
      Value next = here instanceof ObjectValue object ? object.get(step) : null;
      if (next == null) {
        throw new Unreadable("there are no data named `" + list.name() + "`");
      }
      here = next;
    }
    return here;
  }
}
