package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.extension.ExtensionFunction;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A type of the validator. */
public sealed interface Type {
  /** A boolean, or one of the two where the validator can tell which. */
  enum Bool implements Type {
    ANY("Bool"),
    TRUE("True"),
    FALSE("False");

    private final String word;

    Bool(String word) {
      this.word = word;
    }

    /** The type of one boolean. */
    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** A 64-bit integer. */
  record Int() implements Type {
    @Override
    public String toString() {
      return "Long";
    }
  }

  /** A string. */
  record Text() implements Type {
    @Override
    public String toString() {
      return "String";
    }
  }

  /** A value of an extension type. */
  record Extension(ExtensionFunction.Kind kind) implements Type {
    @Override
    public String toString() {
      return kind.typeName();
    }
  }

  /** A reference to an entity of a type. */
  record Entity(String name) implements Type {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A set of values of one type. */
  record SetOf(Type element) implements Type {
    @Override
    public String toString() {
      return "Set<" + element + ">";
    }
  }

  /** A record. */
  record RecordOf(SortedMap<String, Attribute> attributes, int hash) implements Type {
    /** The record without attributes. */
    public static final RecordOf EMPTY = of(Map.of());

    /** The record of the attributes. */
    public static RecordOf of(Map<String, Attribute> attributes) {
      var sorted = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
      return new RecordOf(sorted, sorted.hashCode());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof RecordOf that
              && hash == that.hash
              && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    /** For people; cut where it gets long, as types that are named once are shared many times. */
    @Override
    public String toString() {
      var out = new StringBuilder("{");
      for (Map.Entry<String, Attribute> entry : attributes.entrySet()) {
        if (out.length() > LONGEST) {
          return out.append(", …}").toString();
        }
        out.append(out.length() == 1 ? "" : ", ").append(entry.getKey());
        out.append(entry.getValue().required() ? ": " : "?: ").append(entry.getValue().type());
      }
      return out.append('}').toString();
    }
  }

  /** How long the text of a record is before it is cut. */
  int LONGEST = 300;

  /**
   * An attribute of a record or entity.
   *
   * @param type what it holds
   * @param required whether it is always there
   */
  record Attribute(Type type, boolean required) {}

  /** The type of integers. */
  Type INT = new Int();

  /** The type of strings. */
  Type TEXT = new Text();

  /** The type that arguments and results of extension functions have. */
  static Type of(ExtensionFunction.Kind kind) {
    return switch (kind) {
      case BOOL -> Bool.ANY;
      case LONG -> INT;
      case STRING -> TEXT;
      case DECIMAL, IPADDR, DATETIME, DURATION -> new Extension(kind);
    };
  }

  /**
   * The least type that holds the values of both, or null where strict validation allows none:
   * sets, records and entities must agree exactly, only booleans widen.
   */
  static @Nullable Type join(Type left, Type right) {
    if (left.equals(right)) {
      return left;
    }
    if (left instanceof Bool && right instanceof Bool) {
      return Bool.ANY;
    }
    if (left instanceof SetOf(var a) && right instanceof SetOf(var b)) {
      Type element = join(a, b);
      return element == null ? null : new SetOf(element);
    }
    if (left instanceof RecordOf(var a, _) && right instanceof RecordOf(var b, _)) {
      return join(a, b);
    }
    return null;
  }

  private static @Nullable Type join(
      SortedMap<String, Attribute> left, SortedMap<String, Attribute> right) {
    if (!left.keySet().equals(right.keySet())) {
      return null;
    }
    var joined = new TreeMap<String, Attribute>();
    for (Map.Entry<String, Attribute> entry : left.entrySet()) {
      Attribute a = entry.getValue();
      Attribute b = right.get(entry.getKey());
      Type type = b == null || a.required() != b.required() ? null : join(a.type(), b.type());
      if (type == null) {
        return null;
      }
      joined.put(entry.getKey(), new Attribute(type, a.required()));
    }
    return RecordOf.of(joined);
  }
}
