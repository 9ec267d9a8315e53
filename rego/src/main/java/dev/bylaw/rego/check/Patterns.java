package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.type.Type;
import dev.bylaw.rego.type.Unification;
import java.util.List;
import java.util.function.Function;

/** Unifies terms with types and with each other, and tells variables what they may be. */
final class Patterns {
  private final TypeScope scope;
  private final Function<Term, Type> typeOf;

  Patterns(TypeScope scope, Function<Term, Type> typeOf) {
    this.scope = scope;
    this.typeOf = typeOf;
  }

  /** Whether two terms can be equal. */
  boolean unify(Term a, Term b) {
    Type left = typeOf.apply(a);
    Type right = typeOf.apply(b);
    if (left.isOpen() && !right.isOpen()) {
      return unify(a, right, false);
    }
    if (right.isOpen() && !left.isOpen()) {
      return unify(b, left, false);
    }
    if (!left.isOpen()) {
      return Unification.unifies(left, right);
    }
    if (a instanceof Term.ArrayTerm x && b instanceof Term.ArrayTerm y) {
      return pairs(x.elements(), y.elements());
    }
    if (a instanceof Term.ObjectTerm x && b instanceof Term.ObjectTerm y) {
      return objects(x, y);
    }
    return a instanceof Term.Var || b instanceof Term.Var;
  }

  private boolean pairs(List<Term> a, List<Term> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!unify(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean objects(Term.ObjectTerm a, Term.ObjectTerm b) {
    if (a.entries().size() != b.entries().size()) {
      return false;
    }
    for (Term.Entry e : a.entries()) {
      boolean found = false;
      for (Term.Entry o : b.entries()) {
        if (Outputs.sameKey(e.key(), o.key())) {
          found = true;
          if (!unify(e.value(), o.value())) {
            return false;
          }
        }
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a term can have a value of a type.
   *
   * @param one whether the type is one of several: a variable may be of the others, too
   */
  boolean unify(Term term, Type type, boolean one) {
    return switch (term) {
      case Term.ArrayTerm a ->
          parts(term, type, t -> t instanceof Type.Array x && array(a, x, one));
      case Term.ObjectTerm o ->
          parts(term, type, t -> t instanceof Type.Obj x && object(o, x, one));
      case Term.SetTerm s -> parts(term, type, t -> t instanceof Type.Set x && set(s, x, one));
      case Term.Var v when !Variables.isRoot(v.name()) -> variable(v, type, one);
      case Term.Scalar _,
          Term.Var _,
          Term.Ref _,
          Term.Call _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ -> {
        Type known = typeOf.apply(term);
        yield known.isUnknown() || Unification.unifies(known, type);
      }
    };
  }

  private boolean variable(Term.Var v, Type type, boolean one) {
    Type known = scope.variable(v.name());
    if (one) {
      scope.know(v.name(), Type.or(known, type));
      return true;
    }
    if (!known.isUnknown()) {
      return Unification.unifies(known, type);
    }
    scope.know(v.name(), type);
    return true;
  }

  private boolean parts(Term term, Type type, Function<Type, Boolean> whole) {
    if (!(type instanceof Type.Any any)) {
      return whole.apply(type);
    }
    if (any.types().isEmpty()) {
      inside(term);
      return true;
    }
    boolean some = false;
    for (Type t : any.types()) {
      some |= unify(term, t, true);
    }
    return some;
  }

  /** Nothing is known of what is inside a value that can be anything. */
  private void inside(Term term) {
    switch (term) {
      case Term.ArrayTerm a -> a.elements().forEach(t -> unify(t, Type.Any.VALUE, true));
      case Term.SetTerm s -> s.members().forEach(t -> unify(t, Type.Any.VALUE, true));
      case Term.ObjectTerm o ->
          o.entries()
              .forEach(e -> {
                unify(e.key(), Type.Any.VALUE, true);
                unify(e.value(), Type.Any.VALUE, true);
              });
      case Term.Scalar _,
          Term.Var _,
          Term.Ref _,
          Term.Call _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ -> {}
    }
  }

  private boolean array(Term.ArrayTerm a, Type.Array type, boolean one) {
    if (a.elements().size() != type.elements().size() && type.rest() == null) {
      return false;
    }
    for (int i = 0; i < a.elements().size(); i++) {
      Type element = type.select(dev.bylaw.value.NumberValue.of(i));
      if (!unify(a.elements().get(i), element, one)) {
        return false;
      }
    }
    return true;
  }

  private boolean object(Term.ObjectTerm o, Type.Obj type, boolean one) {
    if (o.entries().size() != type.properties().size()
        && (type.further() == null || type.further().value().isUnknown())) {
      return false;
    }
    for (Term.Entry e : o.entries()) {
      if (!(e.key() instanceof Term.Scalar key)) {
        unify(e.value(), Type.Any.VALUE, one);
        continue;
      }
      Type value = type.select(key.value());
      if (value.isUnknown() || !unify(e.value(), value, one)) {
        return false;
      }
    }
    return true;
  }

  private boolean set(Term.SetTerm s, Type.Set type, boolean one) {
    for (Term member : s.members()) {
      if (!unify(member, type.member(), one)) {
        return false;
      }
    }
    return true;
  }
}
