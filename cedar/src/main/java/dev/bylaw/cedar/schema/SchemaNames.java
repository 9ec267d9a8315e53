package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.AttributeDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.CommonType;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameKind;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import dev.bylaw.syntax.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rewrites declarations so that every name is in full and says what it is the name of. */
public final class SchemaNames {
  private final Set<String> commonTypes = new HashSet<>();
  private final Set<String> entities = new HashSet<>();
  private String namespace = "";

  private SchemaNames(SchemaDeclarations schema) {
    for (Namespace each : schema.namespaces()) {
      each.commonTypes().forEach(type -> commonTypes.add(qualified(each.name(), type.name())));
      each.entities().forEach(type -> entities.add(qualified(each.name(), type.name())));
    }
  }

  /** The declarations with their names resolved; the mistakes of names that have no meaning. */
  public static SchemaDeclarations resolved(SchemaDeclarations schema, Diagnostics diagnostics) {
    SchemaResolver.resolve(schema, diagnostics);
    if (diagnostics.hasErrors()) {
      return schema;
    }
    var names = new SchemaNames(schema);
    return new SchemaDeclarations(schema.namespaces().stream().map(names::namespace).toList());
  }

  /** Tells what is declared twice, or under a name that cannot be declared. */
  public static void refuseTwice(SchemaDeclarations schema, Diagnostics diagnostics) {
    SchemaResolver.refuseTwice(schema, diagnostics);
  }

  private static String qualified(String namespace, String name) {
    return namespace.isEmpty() || name.contains("::") ? name : namespace + "::" + name;
  }

  private Namespace namespace(Namespace each) {
    namespace = each.name();
    return new Namespace(
        each.name(),
        each.annotations(),
        each.commonTypes().stream()
            .map(t -> new CommonType(t.name(), t.annotations(), type(t.type()), t.place()))
            .toList(),
        each.entities().stream().map(this::entity).toList(),
        each.actions().stream().map(this::action).toList(),
        each.place());
  }

  private EntityDeclaration entity(EntityDeclaration entity) {
    return new EntityDeclaration(
        entity.name(),
        entity.annotations(),
        names(entity.parents()),
        type(entity.shape()),
        entity.tags() == null ? null : type(entity.tags()),
        entity.choices(),
        entity.place());
  }

  private ActionDeclaration action(ActionDeclaration action) {
    AppliesTo applies = action.appliesTo();
    return new ActionDeclaration(
        action.name(),
        action.annotations(),
        action.parents().stream().map(this::reference).toList(),
        applies == null
            ? null
            : new AppliesTo(
                names(applies.principals()), names(applies.resources()), type(applies.context())),
        action.place());
  }

  private ActionRef reference(ActionRef ref) {
    String type = ref.type() == null ? "Action" : ref.type();
    return new ActionRef(qualified(namespace, type), ref.id(), ref.place());
  }

  private List<NameRef> names(List<NameRef> names) {
    return names.stream()
        .map(ref -> {
          String full = declared(entities, ref.name());
          return new NameRef(full == null ? ref.name() : full, ref.place());
        })
        .toList();
  }

  private @Nullable String declared(Set<String> among, String name) {
    String full = qualified(namespace, name);
    return among.contains(full) ? full : among.contains(name) ? name : null;
  }

  private TypeExpr type(TypeExpr expr) {
    return switch (expr) {
      case TypeExpr.Named(var name, var kind, var place) ->
          kind == NameKind.ANY ? new TypeExpr.Named(full(name), kind(name), place) : expr;
      case TypeExpr.SetOf(var element, var place) -> new TypeExpr.SetOf(type(element), place);
      case TypeExpr.RecordOf(var attributes, var place) ->
          new TypeExpr.RecordOf(
              attributes.stream()
                  .map(a ->
                      new AttributeDeclaration(
                          a.name(), a.annotations(), type(a.type()), a.required(), a.place()))
                  .toList(),
              place);
    };
  }

  /** A common type or an entity type by its full name, else a built-in one as it is written. */
  private String full(String name) {
    return kind(name) == NameKind.ENTITY
        ? or(declared(entities, name), name)
        : or(declared(commonTypes, name), name);
  }

  private static String or(@Nullable String found, String otherwise) {
    return found == null ? otherwise : found;
  }

  /** The nearest namespace counts; in it, common types come before entity types. */
  private NameKind kind(String name) {
    for (String candidate : List.of(qualified(namespace, name), name)) {
      if (commonTypes.contains(candidate)) {
        return NameKind.COMMON;
      }
      if (entities.contains(candidate)) {
        return NameKind.ENTITY;
      }
    }
    return NameKind.COMMON;
  }
}
