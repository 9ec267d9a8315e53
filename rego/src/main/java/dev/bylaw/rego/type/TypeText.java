package dev.bylaw.rego.type;

import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types as messages write them. */
public final class TypeText {
  private TypeText() {}

  static String of(Type type) {
    return switch (type) {
      case Type.Basic b -> b.isUnknown() ? "???" : b.name().toLowerCase(Locale.ROOT);
      case Type.Array a ->
          "array"
              + (a.elements().isEmpty() ? "" : "<" + joined(a.elements()) + ">")
              + (a.rest() == null ? "" : "[" + of(a.rest()) + "]");
      case Type.Obj o -> object(o);
      case Type.Set s -> "set[" + of(s.member()) + "]";
      case Type.Any any -> any.isEverything() ? "any" : "any<" + joined(any.types()) + ">";
      case Type.Function f -> "(" + joined(f.arguments()) + ") => " + of(f.result());
    };
  }

  private static String object(Type.Obj o) {
    String properties =
        o.properties().stream()
            .map(p ->
                (p.key() instanceof StringValue s ? s.text() : p.key().toString())
                    + ": "
                    + of(p.value()))
            .collect(Collectors.joining(", "));
    return "object"
        + (properties.isEmpty() ? "" : "<" + properties + ">")
        + (o.further() == null
            ? ""
            : "[" + of(o.further().key()) + ": " + of(o.further().value()) + "]");
  }

  /** Types with commas between them. */
  public static String joined(List<Type> types) {
    return types.stream().map(TypeText::of).collect(Collectors.joining(", "));
  }

  /** What a function takes, with names where it has them. */
  public static String operands(Type.Function function, boolean withResult) {
    List<Type> all = new ArrayList<>(function.arguments());
    if (withResult) {
      all.add(function.result());
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String name = i < function.names().size() ? function.names().get(i) : "";
      texts.add(name.isEmpty() ? of(all.get(i)) : name + ": " + of(all.get(i)));
    }
    return "(" + String.join(", ", texts) + ")";
  }
}
