package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.type.Type;
import dev.bylaw.rego.type.TypeText;
import dev.bylaw.rego.type.Unification;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether what a reference goes into has such keys; tells variables in keys what they may be. */
final class ReferenceTypes {
  private final Diagnostics diagnostics;
  private final Fresh fresh;
  private final TypeScope scope;
  private final Patterns patterns;
  private final Function<Term, Type> typeOf;

  /**
   * A new one.
   *
   * @param typeOf the type of a key that is no constant and no variable
   */
  ReferenceTypes(
      TypeScope scope,
      Patterns patterns,
      Function<Term, Type> typeOf,
      Fresh fresh,
      Diagnostics diagnostics) {
    this.scope = scope;
    this.patterns = patterns;
    this.typeOf = typeOf;
    this.fresh = fresh;
    this.diagnostics = diagnostics;
  }

  /** Checks a reference below {@code input} or {@code data}; whether it is right. */
  boolean document(String root, Term.Ref r) {
    if (scope.document(root, r.path()) instanceof Type.Function f) {
      unsupported(r, r.path().size(), f);
      return false;
    }
    return document(scope, root, r);
  }

  private boolean document(TypeScope here, String root, Term.Ref r) {
    TypeTree node = here.documents.child(root);
    return node == null ? around(here, root, r) : node(here, root, node, r, 0, true);
  }

  private boolean around(TypeScope here, String root, Term.Ref r) {
    return here.outer == null ? leaf(Type.Any.VALUE, r, 0, true) : document(here.outer, root, r);
  }

  private boolean node(
      TypeScope here, String root, TypeTree node, Term.Ref r, int i, boolean tells) {
    if (node.type != null) {
      return leaf(node.type, r, i, tells);
    }
    if (i == r.path().size()) {
      return true;
    }
    Term key = r.path().get(i);
    Type keys =
        Type.or(Type.Basic.STRING, Type.or(node.children.keySet().stream().map(Type::of).toList()));
    if (key instanceof Term.Scalar s) {
      TypeTree child = node.children.get(s.value());
      if (child != null) {
        return node(here, root, child, r, i + 1, tells);
      }
      if (!(s.value() instanceof StringValue)) {
        return !tells || invalid(r, i, null, keys, node.children.keySet());
      }
      // No rule has this name: it is looked for further out, and last it may be anything.
      return !tells || around(here, root, r);
    }
    Type known = typeOf.apply(key);
    if (known.isUnknown()) {
      if (key instanceof Term.Var v) {
        scope.know(v.name(), keys);
      }
    } else if (!Unification.unifies(keys, known)) {
      return !tells || invalid(r, i, known, keys, node.children.keySet());
    }
    // Any of the children may be meant: one that cannot is no mistake.
    node.children.values().forEach(child -> node(here, root, child, r, i + 1, false));
    return true;
  }

  /** Checks the keys behind a value of a known type. */
  boolean leaf(Type type, Term.Ref r, int from) {
    return leaf(type, r, from, true);
  }

  private boolean leaf(Type type, Term.Ref r, int from, boolean tells) {
    Type here = type;
    for (int i = from; i < r.path().size(); i++) {
      Type keys = here.keys();
      if (keys == null) {
        return !tells || unsupported(r, i, here);
      }
      Term key = r.path().get(i);
      if (key instanceof Term.Scalar s) {
        Type next = here.select(s.value());
        if (next.isUnknown()) {
          return !tells || invalid(r, i, null, keys, choices(here));
        }
        here = next;
        continue;
      }
      if (isPattern(key)) {
        if (!patterns.unify(key, keys, false)) {
          return !tells || invalid(r, i, typeOf.apply(key), keys, List.of());
        }
      } else {
        Type known = typeOf.apply(key);
        if (known.isUnknown()) {
          if (key instanceof Term.Var v) {
            scope.know(v.name(), keys);
          }
        } else if (!Unification.unifies(known, keys)) {
          return !tells || invalid(r, i, known, keys, choices(here));
        }
      }
      here = here.members();
    }
    return true;
  }

  private static boolean isPattern(Term key) {
    return key instanceof Term.ArrayTerm
        || key instanceof Term.ObjectTerm
        || key instanceof Term.SetTerm;
  }

  /** The keys of which one was expected. */
  private static Collection<Value> choices(Type type) {
    var all = new TreeSet<Value>();
    switch (type) {
      case Type.Obj o -> o.properties().forEach(p -> all.add(p.key()));
      case Type.Any any -> any.types().forEach(t -> all.addAll(choices(t)));
      case Type.Basic _, Type.Array _, Type.Set _, Type.Function _ -> {}
    }
    return all;
  }

  /** Reports that a value has no keys. */
  private boolean unsupported(Term.Ref r, int end, Type have) {
    report(r, "`" + text(r, end) + "`: have: " + have.text());
    return false;
  }

  private boolean invalid(
      Term.Ref r, int at, @Nullable Type have, Type want, Collection<Value> choices) {
    List<String> parts = new ArrayList<>();
    parts.add(have == null ? "have: " + key(r.path().get(at)) : "have (type): " + have.text());
    parts.add(
        choices.isEmpty()
            ? "want (type): " + want.text()
            : "want (one of): "
                + choices.stream()
                    .map(dev.bylaw.rego.builtin.TermText::of)
                    .collect(Collectors.joining(" ", "[", "]")));
    report(r, String.join(", ", parts));
    return false;
  }

  private void report(Term.Ref r, String detail) {
    diagnostics.error(Codes.TYPE, place(r), "undefined ref: " + text(r, r.path().size()), detail);
  }

  private static Span place(Term.Ref r) {
    return r.startsWith("data") ? r.span() : r.head().span();
  }

  /** The reference up to a key, as it would be written with full names. */
  private String text(Term.Ref r, int end) {
    var text = new StringBuilder(key(r.head()));
    for (Term key : r.path().subList(0, end)) {
      boolean plain =
          key instanceof Term.Scalar s
              && s.value() instanceof StringValue k
              && dev.bylaw.rego.ast.Names.isIdentifier(k.text());
      if (plain) {
        text.append('.').append(((StringValue) ((Term.Scalar) key).value()).text());
      } else {
        text.append('[').append(key(key)).append(']');
      }
    }
    return text.toString();
  }

  private String key(Term term) {
    return switch (term) {
      case Term.Scalar s -> dev.bylaw.rego.builtin.TermText.of(s.value());
      case Term.Var v -> fresh.original(v.name());
      case Term.Ref r -> text(r, r.path().size());
      case Term.Call c ->
          text(c.operator(), c.operator().path().size())
              + c.arguments().stream().map(this::key).collect(Collectors.joining(", ", "(", ")"));
      case Term.ArrayTerm a ->
          a.elements().stream().map(this::key).collect(Collectors.joining(", ", "[", "]"));
      case Term.SetTerm s ->
          s.members().stream().map(this::key).collect(Collectors.joining(", ", "{", "}"));
      case Term.ObjectTerm o ->
          o.entries().stream()
              .map(e -> key(e.key()) + ": " + key(e.value()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ ->
          term.span().text();
    };
  }

  /** What a call has and wants, for messages. */
  static String operands(List<Type> have, Type.Function want, boolean withResult) {
    return "have: (" + TypeText.joined(have) + "), want: " + TypeText.operands(want, withResult);
  }
}
