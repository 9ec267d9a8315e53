package dev.bylaw.rego.check;

import dev.bylaw.rego.type.Type;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of documents by path: a node with a type is a rule's or a schema's, one without is a
 * package or the beginning of a longer path.
 */
final class TypeTree {
  final Map<Value, TypeTree> children = new TreeMap<>();
  @Nullable Type type;

  @Nullable TypeTree child(String name) {
    return children.get(StringValue.of(name));
  }

  /** The node at a path; made if it is missing. */
  TypeTree at(List<Value> path) {
    TypeTree here = this;
    for (Value key : path) {
      here = here.children.computeIfAbsent(key, k -> new TypeTree());
    }
    return here;
  }

  /** Adds what a rule may give at a path, there and in the objects around it. */
  void add(List<Value> path, Type added) {
    TypeTree here = this;
    for (int i = 0; i < path.size(); i++) {
      here = here.children.computeIfAbsent(path.get(i), k -> new TypeTree());
      if (here.type instanceof Type.Obj o && i + 1 < path.size()) {
        here.type = inside(o, path.subList(i + 1, path.size()), added);
      }
    }
    here.type = here.type == null ? added : merged(here.type, added);
    if (added instanceof Type.Obj) {
      here.takeInLeaves(new ArrayList<>(), here);
    }
  }

  private void takeInLeaves(List<Value> below, TypeTree owner) {
    children.forEach((key, node) -> {
      List<Value> path = new ArrayList<>(below);
      path.add(key);
      if (node.type == null) {
        node.takeInLeaves(path, owner);
      } else if (owner.type instanceof Type.Obj o) {
        owner.type = inside(o, path, node.type);
      }
    });
  }

  /** The object with a further value at a path. */
  private static Type.Obj inside(Type.Obj object, List<Value> path, Type added) {
    Type value =
        path.size() == 1
            ? added
            : inside(new Type.Obj(List.of(), null), path.subList(1, path.size()), added);
    Type key = Type.of(path.getFirst());
    Type.Further further = object.further();
    return new Type.Obj(
        object.properties(),
        further == null
            ? new Type.Further(key, value)
            : new Type.Further(Type.or(further.key(), key), Type.or(further.value(), value)));
  }

  /** Two rules' types at one path: objects of unknown keys become one. */
  private static Type merged(Type a, Type b) {
    if (a instanceof Type.Obj x && b instanceof Type.Obj y && isOpenObject(x) && isOpenObject(y)) {
      return both(x, y);
    }
    if (a instanceof Type.Any any && b instanceof Type.Obj y && isOpenObject(y)) {
      Type all = Type.Basic.UNKNOWN;
      boolean found = false;
      for (Type t : any.types()) {
        boolean same = !found && t instanceof Type.Obj x && isOpenObject(x);
        all = Type.or(all, same ? both((Type.Obj) t, y) : t);
        found |= same;
      }
      return found ? all : Type.or(a, b);
    }
    return b instanceof Type.Any && a instanceof Type.Obj ? merged(b, a) : Type.or(a, b);
  }

  private static boolean isOpenObject(Type.Obj o) {
    return o.properties().isEmpty() && o.further() != null;
  }

  private static Type both(Type.Obj x, Type.Obj y) {
    Type.Further f = x.further();
    Type.Further g = y.further();
    if (f == null || g == null) {
      throw new IllegalArgumentException("not objects of unknown keys");
    }
    return new Type.Obj(
        List.of(), new Type.Further(Type.or(f.key(), g.key()), merged(f.value(), g.value())));
  }

  /** The type of the whole document here: base documents may add keys to a package. */
  Type extent() {
    if (type != null) {
      return type;
    }
    List<Type.Property> properties = new ArrayList<>();
    children.forEach((key, node) -> {
      if (key instanceof StringValue || key instanceof NumberValue || key instanceof BooleanValue) {
        properties.add(new Type.Property(key, node.extent()));
      }
    });
    return new Type.Obj(properties, new Type.Further(Type.Basic.STRING, Type.Any.VALUE));
  }
}
