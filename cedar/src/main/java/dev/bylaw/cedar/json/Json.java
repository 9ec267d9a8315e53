package dev.bylaw.cedar.json;

import dev.bylaw.cedar.text.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A JSON value and where it was written. */
public sealed interface Json {
  /** Where it was written. */
  Place place();

  /** An object; names are distinct and keep their order. */
  record Obj(SequencedMap<String, Json> members, Place place) implements Json {
    public Obj {
      members = Collections.unmodifiableSequencedMap(members);
    }

    /** The value of a name, or null. */
    public @Nullable Json member(String name) {
      return members.get(name);
    }
  }

  /** An array. */
  record Arr(List<Json> elements, Place place) implements Json {
    public Arr {
      elements = Collections.unmodifiableList(elements);
    }
  }

  /** A string. */
  record Str(String value, Place place) implements Json {}

  /** A number that is a signed 64-bit integer. */
  record Int(long value, Place place) implements Json {}

  /** Any other number, as it was written. */
  record Other(String text, Place place) implements Json {}

  /** A boolean. */
  record Bool(boolean value, Place place) implements Json {}

  /** The null. */
  record Null(Place place) implements Json {}

  /** An object of the members, which keep their order. */
  static Obj object(Map<String, ? extends Json> members) {
    return new Obj(new LinkedHashMap<>(members), Place.NONE);
  }

  /** An object with one member. */
  static Obj object(String name, Json value) {
    return object(Map.of(name, value));
  }

  /** An object with two members. */
  static Obj object(String name, Json value, String second, Json other) {
    var members = new LinkedHashMap<String, Json>();
    members.put(name, value);
    members.put(second, other);
    return new Obj(members, Place.NONE);
  }

  /** An array. */
  static Arr array(List<? extends Json> elements) {
    return new Arr(new ArrayList<>(elements), Place.NONE);
  }

  /** A string. */
  static Str string(String value) {
    return new Str(value, Place.NONE);
  }

  /** An integer. */
  static Int integer(long value) {
    return new Int(value, Place.NONE);
  }

  /** A boolean. */
  static Bool bool(boolean value) {
    return new Bool(value, Place.NONE);
  }

  /** What messages call its kind. */
  default String kindName() {
    return switch (this) {
      case Obj _ -> "an object";
      case Arr _ -> "an array";
      case Str _ -> "a string";
      case Int _ -> "an integer";
      case Other _ -> "a number that is no integer of 64 bits";
      case Bool _ -> "a boolean";
      case Null _ -> "null";
    };
  }
}
