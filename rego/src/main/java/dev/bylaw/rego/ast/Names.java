package dev.bylaw.rego.ast;

import dev.bylaw.value.StringValue;
import java.util.stream.Collectors;

/** Names as text. */
public final class Names {
  private Names() {}

  /** A reference of constant string keys with dots; other keys in brackets. */
  public static String dotted(Term.Ref ref) {
    String head = ref.head() instanceof Term.Var v ? v.name() : "";
    return head
        + ref.path().stream()
            .map(t ->
                t instanceof Term.Scalar s && s.value() instanceof StringValue k
                    ? "." + k.text()
                    : "[…]")
            .collect(Collectors.joining());
  }

  /** Whether a text is an identifier, so that {@code .text} can be written. */
  public static boolean isIdentifier(String text) {
    if (text.isEmpty() || !isStart(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isStart(c) || (c >= '0' && c <= '9'));
  }

  private static boolean isStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /** What kind of term it is, in one word. */
  public static String kind(Term term) {
    return switch (term) {
      case Term.Scalar s -> s.value().kind().word();
      case Term.Var _ -> "var";
      case Term.Ref _ -> "ref";
      case Term.ArrayTerm _ -> "array";
      case Term.ObjectTerm _ -> "object";
      case Term.SetTerm _ -> "set";
      case Term.ArrayComprehension _ -> "arraycomprehension";
      case Term.SetComprehension _ -> "setcomprehension";
      case Term.ObjectComprehension _ -> "objectcomprehension";
      case Term.Call _ -> "call";
      case Term.Template _ -> "templatestring";
    };
  }
}
