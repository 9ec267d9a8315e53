package dev.bylaw.rego.type;

/** Whether two types have a value in common, as far as can be told. */
public final class Unification {
  private Unification() {}

  /** Whether a value of one may equal a value of the other. */
  public static boolean unifies(Type a, Type b) {
    if (a.isUnknown() || b.isUnknown()) {
      return false;
    }
    if (a instanceof Type.Any any) {
      return some(any, b) || b instanceof Type.Any other && some(other, a);
    }
    if (b instanceof Type.Any any) {
      return some(any, a);
    }
    return switch (a) {
      case Type.Basic _ -> a.equals(b);
      case Type.Array x -> b instanceof Type.Array y && arrays(x, y);
      case Type.Obj x -> b instanceof Type.Obj y && objects(x, y);
      case Type.Set x -> b instanceof Type.Set y && unifies(x.member(), y.member());
      case Type.Function x ->
          b instanceof Type.Function y && x.arguments().size() == y.arguments().size();
      case Type.Any _ -> throw new IllegalStateException("seen above");
    };
  }

  private static boolean some(Type.Any any, Type other) {
    if (other instanceof Type.Function) {
      return false;
    }
    return any.isEverything() || any.types().stream().anyMatch(t -> unifies(t, other));
  }

  private static boolean arrays(Type.Array a, Type.Array b) {
    for (int i = 0; i < Math.max(a.elements().size(), b.elements().size()); i++) {
      if (!unifies(a.at(i), b.at(i))) {
        return false;
      }
    }
    return a.rest() == null || b.rest() == null || unifies(a.rest(), b.rest());
  }

  private static boolean objects(Type.Obj a, Type.Obj b) {
    for (Type.Property p : a.properties()) {
      if (!unifies(p.value(), b.at(p.key()))) {
        return false;
      }
    }
    for (Type.Property p : b.properties()) {
      if (!unifies(p.value(), a.at(p.key()))) {
        return false;
      }
    }
    return a.further() == null
        || b.further() == null
        || unifies(a.further().value(), b.further().value());
  }
}
