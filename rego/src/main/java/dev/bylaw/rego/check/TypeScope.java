package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.type.Type;
import dev.bylaw.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of variables and documents in a body and in what is around it. */
final class TypeScope {
  private final Map<String, Type> variables = new HashMap<>();

  /** Types of documents that hold here; in the outermost scope those of all rules. */
  final TypeTree documents = new TypeTree();

  final @Nullable TypeScope outer;

  TypeScope(@Nullable TypeScope outer) {
    this.outer = outer;
  }

  /** The type of a variable; unknown if it has none yet. */
  Type variable(String name) {
    for (TypeScope s = this; s != null; s = s.outer) {
      Type found = s.variables.get(name);
      if (found != null) {
        return found;
      }
    }
    return Type.Basic.UNKNOWN;
  }

  /** Gives a variable its type in this scope. */
  void know(String name, Type type) {
    variables.put(name, type);
  }

  /** The type at a path below {@code input} or {@code data}. */
  Type document(String root, List<Term> path) {
    TypeTree node = documents.child(root);
    return node == null ? around(root, path) : descend(node, root, path, 0);
  }

  private Type around(String root, List<Term> path) {
    return outer == null ? Type.Any.VALUE : outer.document(root, path);
  }

  private Type descend(TypeTree node, String root, List<Term> path, int i) {
    if (i == path.size()) {
      return node.extent();
    }
    Value key = constant(path.get(i));
    TypeTree child = key == null ? null : node.children.get(key);
    if (node.type != null) {
      return child == null
          ? select(node.type, path.subList(i, path.size()))
          : descend(child, root, path, i + 1);
    }
    if (key == null) {
      return select(node.extent(), path.subList(i, path.size()));
    }
    return child == null ? around(root, path) : descend(child, root, path, i + 1);
  }

  /** The type at keys below a value of a type. */
  static Type select(Type type, List<Term> keys) {
    Type here = type;
    for (Term key : keys) {
      Value constant = constant(key);
      here = constant == null ? here.members() : here.select(constant);
    }
    return here;
  }

  static @Nullable Value constant(Term term) {
    return term instanceof Term.Scalar s ? s.value() : null;
  }
}
