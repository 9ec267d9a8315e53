package dev.bylaw.rego.type;

import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads types as the table of builtins writes them: {@code a|b} is either, {@code array[t]} an
 * array of t, {@code [a, b]} one of exactly these, {@code object{k: t, [a]: b}} an object with a
 * key k and others from a to b, {@code a, b -> c} a function.
 */
public final class TypeReader {
  private final String text;
  private int at;

  private TypeReader(String text) {
    this.text = text;
  }

  /** The function's type, or null if the text is empty: nothing is known of it. */
  public static Type.@Nullable Function function(String signature) {
    if (signature.isEmpty()) {
      return null;
    }
    var reader = new TypeReader(signature);
    List<Type> arguments = new ArrayList<>();
    reader.blanks();
    while (!reader.skip("->")) {
      arguments.add(reader.either());
      reader.skip(",");
    }
    Type result = reader.either();
    if (reader.at < signature.length()) {
      throw reader.wrong();
    }
    return new Type.Function(arguments, result);
  }

  private Type either() {
    Type type = one();
    while (skip("|")) {
      type = Type.or(type, one());
    }
    return type;
  }

  private Type one() {
    if (skip("[")) {
      return new Type.Array(list(), null);
    }
    String name = word();
    return switch (name) {
      case "null" -> Type.Basic.NULL;
      case "boolean" -> Type.Basic.BOOLEAN;
      case "number" -> Type.Basic.NUMBER;
      case "string" -> Type.Basic.STRING;
      case "any" -> Type.Any.VALUE;
      case "array" -> skip("[") ? new Type.Array(List.of(), list().getFirst()) : anyArray();
      case "set" -> new Type.Set(skip("[") ? list().getFirst() : Type.Any.VALUE);
      case "object" -> skip("{") ? object() : anyObject();
      default -> throw wrong();
    };
  }

  private static Type anyArray() {
    return new Type.Array(List.of(), Type.Any.VALUE);
  }

  private static Type anyObject() {
    return new Type.Obj(List.of(), new Type.Further(Type.Any.VALUE, Type.Any.VALUE));
  }

  private List<Type> list() {
    List<Type> types = new ArrayList<>();
    while (!skip("]")) {
      types.add(either());
      skip(",");
    }
    return types;
  }

  private Type object() {
    List<Type.Property> properties = new ArrayList<>();
    Type.Further further = null;
    while (!skip("}")) {
      if (skip("[")) {
        Type key = list().getFirst();
        skip(":");
        further = new Type.Further(key, either());
      } else {
        StringValue key = StringValue.of(word());
        skip(":");
        properties.add(new Type.Property(key, either()));
      }
      skip(",");
    }
    return new Type.Obj(properties, further);
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(start, at);
    blanks();
    return word;
  }

  private boolean skip(String mark) {
    if (!text.startsWith(mark, at)) {
      return false;
    }
    at += mark.length();
    blanks();
    return true;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("not a type at " + at + ": " + text);
  }
}
