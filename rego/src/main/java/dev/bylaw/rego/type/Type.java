package dev.bylaw.rego.type;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a term may be. Immutable. */
public sealed interface Type {
  /** Types without parts. */
  enum Basic implements Type {
    /** Nothing is known, because nothing was found out yet or because of a mistake. */
    UNKNOWN,
    NULL,
    BOOLEAN,
    NUMBER,
    STRING
  }

  /**
   * An array.
   *
   * @param elements the types of its first elements
   * @param rest the type of those behind; null if there are none
   */
  record Array(List<Type> elements, @Nullable Type rest) implements Type {
    public Array {
      elements = List.copyOf(elements);
    }

    /** The type of an element; unknown if there is none. */
    Type at(int index) {
      if (index >= 0 && index < elements.size()) {
        return elements.get(index);
      }
      return index >= 0 && rest != null ? rest : Basic.UNKNOWN;
    }
  }

  /** A key that an object has. */
  record Property(Value key, Type value) {}

  /** Further keys and values of an object. */
  record Further(Type key, Type value) {}

  /**
   * An object.
   *
   * @param properties what it has, by key in order
   * @param further what else it may have; null for nothing
   */
  record Obj(List<Property> properties, @Nullable Further further) implements Type {
    public Obj {
      var sorted = new TreeMap<Value, Property>();
      properties.forEach(p -> sorted.put(p.key(), p));
      properties = List.copyOf(sorted.values());
    }

    /** The type at a key; unknown if there is none. */
    Type at(Value key) {
      for (Property p : properties) {
        if (p.key().equals(key)) {
          return p.value();
        }
      }
      return further != null && contains(further.key(), of(key)) ? further.value() : Basic.UNKNOWN;
    }
  }

  /** A set. */
  record Set(Type member) implements Type {}

  /** One of several, in order; every value if the list is empty. Made by {@link #or}. */
  record Any(List<Type> types) implements Type {
    /** Every value. */
    public static final Type VALUE = new Any(List.of());

    public Any {
      types = List.copyOf(types);
    }

    boolean isEverything() {
      return types.isEmpty();
    }
  }

  /** A function. The names of arguments and result are for messages; empty where there are none. */
  record Function(List<Type> arguments, Type result, List<String> names) implements Type {
    public Function {
      arguments = List.copyOf(arguments);
      names = List.copyOf(names);
    }

    public Function(List<Type> arguments, Type result) {
      this(arguments, result, List.of());
    }
  }

  /** Whether nothing is known. */
  default boolean isUnknown() {
    return equals(Basic.UNKNOWN);
  }

  /** The type of a value. */
  static Type of(Value value) {
    return switch (value) {
      case NullValue _ -> Basic.NULL;
      case BooleanValue _ -> Basic.BOOLEAN;
      case NumberValue _ -> Basic.NUMBER;
      case StringValue _ -> Basic.STRING;
      case ArrayValue a -> {
        List<Type> elements = new ArrayList<>();
        a.forEach(v -> elements.add(of(v)));
        yield array(elements);
      }
      case ObjectValue o -> {
        List<Property> properties = new ArrayList<>();
        o.forEach((k, v) -> properties.add(new Property(k, of(v))));
        yield object(properties, null);
      }
      case SetValue s -> {
        Type member = Basic.UNKNOWN;
        for (int i = 0; i < s.size(); i++) {
          member = or(member, of(s.sorted(i)));
        }
        yield set(member);
      }
    };
  }

  /** The type of an array literal; the empty one is an array of anything. */
  static Type array(List<Type> elements) {
    return new Array(elements, elements.isEmpty() ? Any.VALUE : null);
  }

  /** The type of an object literal; the empty one is an object of anything. */
  static Type object(List<Property> properties, @Nullable Further further) {
    boolean empty = properties.isEmpty() && further == null;
    return new Obj(properties, empty ? new Further(Any.VALUE, Any.VALUE) : further);
  }

  /** The type of a set literal whose members are of a type. */
  static Type set(Type member) {
    return new Set(member.isUnknown() ? Any.VALUE : member);
  }

  /** Either. */
  static Type or(Type a, Type b) {
    if (a.isUnknown() || a.equals(b)) {
      return b;
    }
    if (b.isUnknown()) {
      return a;
    }
    if (a instanceof Function f && b instanceof Function g) {
      return union(f, g);
    }
    var all = new TreeSet<Type>(TypeOrder.INSTANCE);
    for (Type t : List.of(a, b)) {
      if (t instanceof Any any) {
        if (any.isEverything()) {
          return Any.VALUE;
        }
        all.addAll(any.types());
      } else {
        all.add(t);
      }
    }
    return new Any(List.copyOf(all));
  }

  private static Type union(Function a, Function b) {
    List<Type> arguments = new ArrayList<>();
    for (int i = 0; i < a.arguments().size(); i++) {
      Type other = i < b.arguments().size() ? b.arguments().get(i) : Basic.UNKNOWN;
      arguments.add(or(a.arguments().get(i), other));
    }
    return new Function(arguments, or(a.result(), b.result()), a.names());
  }

  /** Any of them; unknown if there are none. */
  static Type or(Collection<Type> types) {
    Type all = Basic.UNKNOWN;
    for (Type t : types) {
      all = or(all, t);
    }
    return all;
  }

  /** Whether a type names the other as one that it may be. */
  static boolean contains(Type type, Type other) {
    if (type instanceof Any any) {
      return any.isEverything() || any.types().contains(other);
    }
    return type.equals(other);
  }

  /** The type of keys; null where a value has none. */
  default @Nullable Type keys() {
    return switch (this) {
      case Array _ -> Basic.NUMBER;
      case Obj o -> {
        List<Type> all = new ArrayList<>();
        o.properties().forEach(p -> all.add(of(p.key())));
        if (o.further() != null) {
          all.add(o.further().key());
        }
        yield or(all);
      }
      case Set s -> s.member();
      case Any any -> {
        if (any.isEverything()) {
          yield Any.VALUE;
        }
        Type all = Basic.UNKNOWN;
        for (Type t : any.types()) {
          Type keys = t.keys();
          all = keys == null ? all : or(all, keys);
        }
        yield all.isUnknown() ? null : all;
      }
      case Basic _, Function _ -> null;
    };
  }

  /** The type of what stands at keys; unknown where there are none. */
  default Type members() {
    return switch (this) {
      case Array a -> or(or(a.elements()), a.rest() == null ? Basic.UNKNOWN : a.rest());
      case Obj o -> {
        List<Type> all = new ArrayList<>();
        o.properties().forEach(p -> all.add(p.value()));
        if (o.further() != null) {
          all.add(o.further().value());
        }
        yield or(all);
      }
      case Set s -> s.member();
      case Any any ->
          any.isEverything() ? Any.VALUE : or(any.types().stream().map(Type::members).toList());
      case Basic _, Function _ -> Basic.UNKNOWN;
    };
  }

  /** The type of what stands at a key; unknown where nothing can. */
  default Type select(Value key) {
    return switch (this) {
      case Array a ->
          key instanceof NumberValue n && isIndex(n) ? a.at(index(n.longValue())) : Basic.UNKNOWN;
      case Obj o -> o.at(key);
      case Set s -> contains(s.member(), of(key)) ? of(key) : Basic.UNKNOWN;
      case Any any ->
          any.isEverything()
              ? Any.VALUE
              : or(any.types().stream().map(t -> t.select(key)).toList());
      case Basic _, Function _ -> Basic.UNKNOWN;
    };
  }

  /** Whether it is written as a place in an array: {@code 1.0} is none. */
  private static boolean isIndex(NumberValue n) {
    return n.isLong() && n.toString().equals(Long.toString(n.longValue()));
  }

  private static int index(long position) {
    return (int) Math.max(-1, Math.min(position, Integer.MAX_VALUE));
  }

  /** Whether something in it is unknown. */
  default boolean isOpen() {
    return switch (this) {
      case Basic b -> b.isUnknown();
      case Array a ->
          a.elements().stream().anyMatch(Type::isOpen) || a.rest() != null && a.rest().isOpen();
      case Obj o ->
          o.properties().stream().anyMatch(p -> p.value().isOpen())
              || o.further() != null
                  && (o.further().key().isOpen() || o.further().value().isOpen());
      case Set s -> s.member().isOpen();
      case Any _ -> false;
      case Function f -> f.arguments().stream().anyMatch(Type::isOpen) || f.result().isOpen();
    };
  }

  /** The type as messages write it: {@code object<a: number>[string: any]}. */
  default String text() {
    return TypeText.of(this);
  }
}
