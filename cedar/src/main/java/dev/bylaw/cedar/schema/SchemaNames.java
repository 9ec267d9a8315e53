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
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rewrites declarations so that every name is in full and says what it is the name of. */
public final class SchemaNames {
  /** The code of an entity type whose attributes have a name, which Cedar text cannot say. */
  public static final String UNWRITABLE_SHAPE = "C0242";

  private static final Span NOWHERE = Source.of("schema", "").span();
  private static final Set<String> BUILT_IN_TYPES =
      Set.of("Bool", "Long", "String", "ipaddr", "decimal", "datetime", "duration");

  private final Set<String> commonTypes = new HashSet<>();
  private final Set<String> entities = new HashSet<>();
  private final Set<String> actionTypes = new HashSet<>();
  private String namespace = "";

  private SchemaNames(SchemaDeclarations schema) {
    for (Namespace each : schema.namespaces()) {
      each.commonTypes().forEach(type -> commonTypes.add(qualified(each.name(), type.name())));
      each.entities().forEach(type -> entities.add(qualified(each.name(), type.name())));
      if (!each.actions().isEmpty()) {
        actionTypes.add(qualified(each.name(), "Action"));
      }
    }
  }

  /** The declarations with their names resolved; the mistakes of names that have no meaning. */
  public static SchemaDeclarations resolved(SchemaDeclarations schema, Diagnostics diagnostics) {
    SchemaResolver.refuseUnknown(schema, diagnostics);
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

  /** Warns of types that are called like built-in ones, and common types like entity types. */
  public static List<Diagnostic> shadowing(SchemaDeclarations schema) {
    var warnings = new Diagnostics();
    for (Namespace each : schema.namespaces()) {
      var own = each.entities().stream().map(EntityDeclaration::name).collect(Collectors.toSet());
      for (CommonType type : each.commonTypes()) {
        if (own.contains(type.name())) {
          warnings.warning(
              "C0239",
              type.place().spanOr(NOWHERE),
              "The common type name " + type.name() + " shadows an entity name",
              "");
        }
        shadowing(type.name(), type.place(), warnings);
      }
      each.entities().forEach(entity -> shadowing(entity.name(), entity.place(), warnings));
      types(each).forEach(type -> declaredTwice(type, warnings));
    }
    return warnings.all();
  }

  private static Stream<TypeExpr> types(Namespace each) {
    return Stream.of(
            each.commonTypes().stream().map(CommonType::type),
            each.entities().stream().map(EntityDeclaration::shape),
            each.entities().stream().map(EntityDeclaration::tags).filter(Objects::nonNull),
            each.actions().stream()
                .map(ActionDeclaration::appliesTo)
                .filter(Objects::nonNull)
                .map(AppliesTo::context))
        .flatMap(Function.identity());
  }

  private static void declaredTwice(TypeExpr type, Diagnostics warnings) {
    switch (type) {
      case TypeExpr.Named _ -> {}
      case TypeExpr.SetOf(var element, _) -> declaredTwice(element, warnings);
      case TypeExpr.RecordOf(var attributes, _) -> {
        var names = new HashSet<String>();
        for (var attribute : attributes) {
          if (!names.add(attribute.name())) {
            warnings.warning(
                "C0234",
                attribute.place().spanOr(NOWHERE),
                "attribute `" + attribute.name() + "` is declared twice",
                "the last one counts");
          }
          declaredTwice(attribute.type(), warnings);
        }
      }
    }
  }

  private static void shadowing(String name, Place place, Diagnostics warnings) {
    if (BUILT_IN_TYPES.contains(name)) {
      String message = "The name `" + name + "` shadows a builtin Cedar name.";
      String way = "You'll have to refer to the builtin as `__cedar::" + name + "`.";
      warnings.warning("C0238", place.spanOr(NOWHERE), message + " " + way, "");
    }
  }

  /**
   * Tells what cannot be written as a name: the JSON form is text between quotes, where anything
   * can stand.
   */
  public static void refuseUnwritable(SchemaDeclarations schema, Diagnostics diagnostics) {
    refuseTwice(schema, diagnostics);
    var written = new WrittenNames(diagnostics);
    for (Namespace each : schema.namespaces()) {
      each.commonTypes().forEach(type -> written.type(type.type()));
      each.entities().forEach(written::entity);
      each.actions().forEach(written::action);
    }
  }

  /** Looks at the names that declarations refer to. */
  private record WrittenNames(Diagnostics diagnostics) {
    private static final String BUILT_IN = "__cedar::";

    void name(String name, Place place) {
      if (!CedarText.isName(name.startsWith(BUILT_IN) ? name.substring(BUILT_IN.length()) : name)) {
        diagnostics.error(
            "C0237", place.spanOr(NOWHERE), "`" + name + "` is not the name of a type", "");
      }
    }

    void names(List<NameRef> names) {
      names.forEach(ref -> name(ref.name(), ref.place()));
    }

    void entity(EntityDeclaration entity) {
      names(entity.parents());
      if (entity.shape() instanceof TypeExpr.Named(var name, _, var place)) {
        diagnostics.error(
            UNWRITABLE_SHAPE,
            place.spanOr(NOWHERE),
            "the attributes of `" + entity.name() + "` are called `" + name + "`",
            "in Cedar text they are a record that is written out");
      }
      type(entity.shape());
      if (entity.tags() != null) {
        type(entity.tags());
      }
    }

    void action(ActionDeclaration action) {
      for (ActionRef parent : action.parents()) {
        if (parent.type() != null) {
          name(parent.type(), parent.place());
        }
      }
      AppliesTo applies = action.appliesTo();
      if (applies != null) {
        names(applies.principals());
        names(applies.resources());
        type(applies.context());
      }
    }

    void type(TypeExpr type) {
      switch (type) {
        case TypeExpr.Named(var name, _, var place) -> name(name, place);
        case TypeExpr.SetOf(var element, _) -> type(element);
        case TypeExpr.RecordOf(var attributes, _) ->
            attributes.forEach(attribute -> type(attribute.type()));
      }
    }
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
        entity.external(),
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
        action.external(),
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
        ? or(declared(entities, name), or(declared(actionTypes, name), name))
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
      if (entities.contains(candidate) || actionTypes.contains(candidate)) {
        return NameKind.ENTITY;
      }
    }
    return NameKind.COMMON;
  }
}
