package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Module.Annotation;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.rego.type.SchemaTypes;
import dev.bylaw.rego.type.Type;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that JSON Schemas give to {@code input} and {@code data}: one for {@code input}
 * everywhere, and those that annotations name for packages, documents and rules.
 *
 * <p>An annotation holds for the rules of its scope alone; a narrower scope is applied later, so it
 * wins.
 */
final class Schemas {
  private final List<Module> modules;
  private final SchemaSet given;
  private final Map<String, Type> named = new HashMap<>();

  Schemas(List<Module> modules, SchemaSet given) {
    this.modules = List.copyOf(modules);
    this.given = given;
  }

  /** The type of input everywhere, or null. */
  @Nullable Type input() {
    return given.input() == null ? null : SchemaTypes.of(given.input());
  }

  /** Tells a scope what the annotations of a rule say. */
  void apply(Placed placed, Rule rule, TypeScope scope, Diagnostics diagnostics) {
    for (Annotation a : annotations(placed)) {
      if (a.content().get("schemas") instanceof ArrayValue entries) {
        for (Value entry : entries) {
          if (entry instanceof ObjectValue o
              && o.size() == 1
              && o.key(0) instanceof StringValue s) {
            apply(s.text(), o.value(0), rule, scope, diagnostics);
          }
        }
      }
    }
  }

  private void apply(
      String path, Value schema, Rule rule, TypeScope scope, Diagnostics diagnostics) {
    Type type;
    try {
      type = type(schema);
    } catch (IllegalArgumentException e) {
      diagnostics.error(Codes.TYPE, rule.span(), String.valueOf(e.getMessage()));
      return;
    }
    if (type != null) {
      override(path, type, scope);
    }
  }

  /** The type of a schema that is written out or named; null where no schemas were given. */
  private @Nullable Type type(Value schema) {
    if (!(schema instanceof StringValue name)) {
      return SchemaTypes.of(schema);
    }
    if (given.isEmpty()) {
      return null;
    }
    Type known = named.get(name.text());
    if (known == null) {
      Value found = given.find(name.text());
      if (found == null) {
        throw new IllegalArgumentException("undefined schema: " + name.text());
      }
      known = SchemaTypes.of(found);
      named.put(name.text(), known);
    }
    return known;
  }

  /** Puts a type at a path, into the type of what is around it if that is known here. */
  private static void override(String path, Type type, TypeScope scope) {
    List<Value> keys = new ArrayList<>();
    Arrays.stream(path.split("\\.", -1)).forEach(k -> keys.add(StringValue.of(k)));
    TypeTree here = scope.documents;
    for (int i = 0; i < keys.size(); i++) {
      TypeTree next = here.children.get(keys.get(i));
      if (next == null) {
        break;
      }
      if (next.type != null && i + 1 < keys.size()) {
        next.type = replaced(next.type, keys.subList(i + 1, keys.size()), type);
        return;
      }
      here = next;
    }
    List<Value> root = keys.subList(0, 1);
    if (keys.size() == 1 || !keys.getFirst().equals(StringValue.of("input"))) {
      scope.documents.at(keys).type = type;
      return;
    }
    Type around = scope.document("input", List.of());
    scope.documents.at(root).type = replaced(around, keys.subList(1, keys.size()), type);
  }

  /** A type with another at a path in it. */
  private static Type replaced(Type around, List<Value> path, Type type) {
    if (path.isEmpty()) {
      return type;
    }
    List<Value> rest = path.subList(1, path.size());
    if (!(around instanceof Type.Obj o)) {
      return new Type.Obj(
          List.of(new Type.Property(path.getFirst(), replaced(Type.Any.VALUE, rest, type))),
          new Type.Further(Type.Any.VALUE, Type.Any.VALUE));
    }
    List<Type.Property> properties = new ArrayList<>();
    boolean found = false;
    for (Type.Property p : o.properties()) {
      boolean same = p.key().equals(path.getFirst());
      found |= same;
      properties.add(same ? new Type.Property(p.key(), replaced(p.value(), rest, type)) : p);
    }
    if (!found) {
      Type inner = rest.isEmpty() ? type : alone(rest, type, o.further());
      properties.add(new Type.Property(path.getFirst(), inner));
    }
    return new Type.Obj(properties, o.further());
  }

  private static Type alone(List<Value> path, Type type, Type.@Nullable Further further) {
    List<Value> rest = path.subList(1, path.size());
    Type inner = rest.isEmpty() ? type : alone(rest, type, further);
    return new Type.Obj(List.of(new Type.Property(path.getFirst(), inner)), further);
  }

  /** The annotations that hold for a rule, the widest first. */
  private List<Annotation> annotations(Placed placed) {
    List<Annotation> all = new ArrayList<>();
    List<String> pkg = placed.module().path();
    for (int n = 0; n <= pkg.size(); n++) {
      scoped("subpackages", pkg.subList(0, n), all);
    }
    scoped("package", pkg, all);
    List<Value> path = ground(placed.rule());
    for (Module m : modules) {
      if (m.path().equals(pkg)) {
        for (Annotation a : m.annotations()) {
          if (a.scope().equals("document")
              && m.rules().stream()
                  .anyMatch(r -> r.span().start() == a.target() && ground(r).equals(path))) {
            all.add(a);
          }
        }
      }
    }
    for (Annotation a : placed.module().annotations()) {
      if (a.scope().equals("rule") && a.target() == placed.rule().span().start()) {
        all.add(a);
      }
    }
    return all;
  }

  private void scoped(String scope, List<String> path, List<Annotation> all) {
    for (Module m : modules) {
      for (Annotation a : m.annotations()) {
        if (a.scope().equals(scope) && m.path().equals(path)) {
          all.add(a);
        }
      }
    }
  }

  private static List<Value> ground(Rule rule) {
    List<Value> path = new ArrayList<>();
    path.add(StringValue.of(rule.head().name()));
    for (var key : rule.head().reference().path()) {
      Value constant = TypeScope.constant(key);
      if (constant == null) {
        break;
      }
      path.add(constant);
    }
    return path;
  }
}
