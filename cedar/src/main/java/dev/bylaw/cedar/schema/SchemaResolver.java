package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.CommonType;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameKind;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves names, inlines common types and closes hierarchies. */
final class SchemaResolver {
  private static final Span NOWHERE = Source.of("schema", "").span();
  private static final Set<String> RESERVED_TYPES =
      Set.of("Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String");
  private static final Map<String, Type> BUILTIN = builtin();
  private static final String CYCLE = "C0229";
  private static final int DEEPEST = 400;
  private static final long MOST_ANCESTORS = 2_000_000;

  private final Diagnostics diagnostics;

  /** A declaration under its full name, and the namespace that names inside it start from. */
  private record Declared<T>(String namespace, T declaration) {}

  private final Map<String, Declared<CommonType>> commonTypes = new LinkedHashMap<>();
  private final Map<String, Declared<EntityDeclaration>> entities = new LinkedHashMap<>();
  private final Map<EntityUid, Declared<ActionDeclaration>> actions = new LinkedHashMap<>();
  private final Set<String> actionTypes = new HashSet<>();
  private final Map<String, Type> resolvedTypes = new HashMap<>();
  private final Set<String> resolving = new LinkedHashSet<>();
  private int depth;
  private long ancestors;

  private SchemaResolver(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  static Schema resolve(SchemaDeclarations declarations, Diagnostics diagnostics) {
    return resolve(declarations, List.of(), diagnostics);
  }

  static Schema resolve(
      SchemaDeclarations declarations, List<Diagnostic> warnings, Diagnostics diagnostics) {
    var resolver = new SchemaResolver(diagnostics);
    declarations.namespaces().forEach(resolver::declare);
    resolver.refuseShadowing();
    return resolver.schema(warnings);
  }

  /**
   * Refuses names that have no meaning, but not what is wrong with declarations that have one:
   * names that hide others, and actions that are in themselves.
   */
  static void refuseUnknown(SchemaDeclarations declarations, Diagnostics diagnostics) {
    var found = new Diagnostics();
    var resolver = new SchemaResolver(found);
    declarations.namespaces().forEach(resolver::declare);
    resolver.schema(List.of());
    found.all().stream().filter(each -> !each.code().equals(CYCLE)).forEach(diagnostics::add);
  }

  /** Refuses what is declared twice or under a name that cannot be declared. */
  static void refuseTwice(SchemaDeclarations declarations, Diagnostics diagnostics) {
    declarations.namespaces().forEach(new SchemaResolver(diagnostics)::declare);
  }

  private static Map<String, Type> builtin() {
    var all = new HashMap<String, Type>();
    all.put("Bool", Type.Bool.ANY);
    all.put("Boolean", Type.Bool.ANY);
    all.put("Long", Type.INT);
    all.put("String", Type.TEXT);
    for (var kind :
        List.of(
            ExtensionFunction.Kind.DECIMAL,
            ExtensionFunction.Kind.IPADDR,
            ExtensionFunction.Kind.DATETIME,
            ExtensionFunction.Kind.DURATION)) {
      all.put(kind.typeName(), Type.of(kind));
    }
    return all;
  }

  private void error(String code, Place place, String message, String hint) {
    diagnostics.error(code, place.spanOr(NOWHERE), message, hint);
  }

  private static String qualified(String namespace, String name) {
    return (namespace.isEmpty() ? name : namespace + "::" + name).intern();
  }

  private void declare(Namespace namespace) {
    String name = namespace.name();
    if (!name.isEmpty() && !CedarText.isName(name)) {
      error("C0220", namespace.place(), "`" + name + "` is not the name of a namespace", "");
      return;
    }
    for (CommonType type : namespace.commonTypes()) {
      if (RESERVED_TYPES.contains(type.name())) {
        error("C0221", type.place(), "`" + type.name() + "` is reserved for a built-in type", "");
      }
      if (isIdentifier(type.name(), type.place())
          && commonTypes.put(qualified(name, type.name()), new Declared<>(name, type)) != null) {
        error("C0222", type.place(), "type `" + type.name() + "` is declared twice", "");
      }
    }
    for (EntityDeclaration entity : namespace.entities()) {
      if (entity.name().equals("Action")) {
        error("C0223", entity.place(), "`Action` is the type of actions", "");
      }
      if (isIdentifier(entity.name(), entity.place())
          && entities.put(qualified(name, entity.name()), new Declared<>(name, entity)) != null) {
        error("C0224", entity.place(), "entity type `" + entity.name() + "` is declared twice", "");
      }
    }
    for (ActionDeclaration action : namespace.actions()) {
      EntityUid uid = EntityUid.of(qualified(name, "Action"), action.name());
      actionTypes.add(uid.type());
      if (actions.put(uid, new Declared<>(name, action)) != null) {
        error("C0225", action.place(), "action `" + action.name() + "` is declared twice", "");
      }
    }
  }

  private boolean isIdentifier(String name, Place place) {
    if (CedarText.isIdentifier(name) && !CedarText.isReserved(name)) {
      return true;
    }
    error("C0226", place, "`" + name + "` is not the name of a type", "");
    return false;
  }

  /** What the namespace without a name declares can be declared in no other one. */
  private void refuseShadowing() {
    var unnamed = new HashSet<String>();
    commonTypes.keySet().stream().filter(n -> !n.contains("::")).forEach(unnamed::add);
    entities.keySet().stream().filter(n -> !n.contains("::")).forEach(unnamed::add);
    commonTypes.forEach((name, type) -> shadowing(unnamed, name, type.declaration().place()));
    entities.forEach((name, type) -> shadowing(unnamed, name, type.declaration().place()));
    for (var entry : actions.entrySet()) {
      EntityUid uid = entry.getKey();
      if (!uid.type().equals("Action") && actions.containsKey(EntityUid.of("Action", uid.id()))) {
        error(
            "C0227",
            entry.getValue().declaration().place(),
            "`" + uid + "` shadows the action `" + uid.id() + "` of no namespace",
            "");
      }
    }
  }

  private void shadowing(Set<String> unnamed, String name, Place place) {
    String base = CedarText.baseName(name);
    if (name.contains("::") && unnamed.contains(base)) {
      error("C0227", place, "`" + name + "` shadows `" + base + "` of no namespace", "");
    }
  }

  private Schema schema(List<Diagnostic> warnings) {
    commonTypes.keySet().forEach(this::commonType);
    var types = new LinkedHashMap<String, EntityType>();
    var parents = new HashMap<String, Set<String>>();
    entities.forEach((name, declared) -> parents.put(name, parents(declared)));
    entities.forEach(
        (name, declared) -> types.put(name, entityType(name, declared, above(name, parents))));
    Map<EntityUid, ActionType> actionTypes = actionTypes();
    refuseTooMany();
    return new Schema(types, actionTypes, warnings);
  }

  private Set<String> parents(Declared<EntityDeclaration> declared) {
    var parents = new LinkedHashSet<String>();
    for (NameRef parent : declared.declaration().parents()) {
      String name = entityName(parent, declared.namespace());
      if (name != null) {
        parents.add(name);
      }
    }
    return parents;
  }

  /** Everything above; nothing more once all that was found is too much to be kept. */
  private <T> Set<T> above(T start, Map<T, Set<T>> parents) {
    var found = new LinkedHashSet<T>();
    if (ancestors > MOST_ANCESTORS) {
      return found;
    }
    var open = new ArrayDeque<T>();
    open.add(start);
    while (!open.isEmpty()) {
      for (T parent : parents.getOrDefault(open.remove(), Set.of())) {
        if (found.add(parent)) {
          open.add(parent);
        }
      }
    }
    ancestors += found.size();
    return found;
  }

  private void refuseTooMany() {
    if (ancestors > MOST_ANCESTORS) {
      String most = "have more than " + MOST_ANCESTORS + " ancestors together";
      error("C0243", Place.NONE, "the types and actions of the schema " + most, "");
    }
  }

  private EntityType entityType(
      String name, Declared<EntityDeclaration> declared, Set<String> ancestors) {
    EntityDeclaration entity = declared.declaration();
    if (entity.choices() != null && !ancestors.isEmpty()) {
      error("C0228", entity.place(), "the enumerated type `" + name + "` cannot be in others", "");
    }
    Type.RecordOf shape =
        record(entity.shape(), declared.namespace(), "the shape of an entity type");
    Type tags = entity.tags() == null ? null : type(entity.tags(), declared.namespace());
    if (entity.external()) {
      refuseEnumerated(name, ancestors, entity.place());
    }
    return new EntityType(name, ancestors, shape, tags, entity.choices(), entity.external());
  }

  /** Nothing is known of the entities of an external type, so not that they are listed ones. */
  private void refuseEnumerated(String name, Set<String> ancestors, Place place) {
    for (String ancestor : ancestors) {
      Declared<EntityDeclaration> above = entities.get(ancestor);
      if (above != null && above.declaration().choices() != null) {
        error(
            "C0241",
            place,
            "the external type `" + name + "` cannot be in the enumerated type `" + ancestor + "`",
            "");
      }
    }
  }

  private Map<EntityUid, ActionType> actionTypes() {
    var parents = new HashMap<EntityUid, Set<EntityUid>>();
    actions.forEach((uid, declared) -> parents.put(uid, actionParents(declared)));
    var types = new LinkedHashMap<EntityUid, ActionType>();
    actions.forEach((uid, declared) -> {
      Set<EntityUid> ancestors = above(uid, parents);
      if (ancestors.contains(uid)) {
        error(CYCLE, declared.declaration().place(), "`" + uid + "` is in itself", "");
      }
      types.put(uid, actionType(uid, declared, parents.getOrDefault(uid, Set.of()), ancestors));
    });
    return types;
  }

  private Set<EntityUid> actionParents(Declared<ActionDeclaration> declared) {
    var parents = new LinkedHashSet<EntityUid>();
    for (ActionRef ref : declared.declaration().parents()) {
      EntityUid uid = action(ref, declared.namespace());
      if (uid != null) {
        parents.add(uid);
      }
    }
    return parents;
  }

  private @Nullable EntityUid action(ActionRef ref, String namespace) {
    String written = ref.type() == null ? "Action" : ref.type();
    for (String type : candidates(written, namespace)) {
      if (CedarText.isName(type)) {
        EntityUid uid = EntityUid.of(type, ref.id());
        if (actions.containsKey(uid)) {
          return uid;
        }
      }
    }
    var known = actions.keySet().stream().map(EntityUid::id).toList();
    error(
        "C0230",
        ref.place(),
        "unknown action `" + written + "::" + CedarText.quote(ref.id()) + "`",
        DidYouMean.hint(ref.id(), known));
    return null;
  }

  private ActionType actionType(
      EntityUid uid,
      Declared<ActionDeclaration> declared,
      Set<EntityUid> parents,
      Set<EntityUid> ancestors) {
    AppliesTo appliesTo = declared.declaration().appliesTo();
    boolean external = declared.declaration().external();
    if (appliesTo == null) {
      List<String> none = List.of();
      return new ActionType(uid, parents, ancestors, none, none, Type.RecordOf.EMPTY, external);
    }
    return new ActionType(
        uid,
        parents,
        ancestors,
        entityNames(appliesTo.principals(), declared.namespace()),
        entityNames(appliesTo.resources(), declared.namespace()),
        record(appliesTo.context(), declared.namespace(), "the context of an action"),
        external);
  }

  private List<String> entityNames(List<NameRef> refs, String namespace) {
    var names = new LinkedHashSet<String>();
    for (NameRef ref : refs) {
      String name = entityName(ref, namespace);
      if (name != null) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static List<String> candidates(String name, String namespace) {
    return namespace.isEmpty() || name.contains("::")
        ? List.of(name)
        : List.of(qualified(namespace, name), name);
  }

  private @Nullable String entityName(NameRef ref, String namespace) {
    for (String candidate : candidates(ref.name(), namespace)) {
      if (entities.containsKey(candidate)) {
        return candidate.intern();
      }
    }
    String hint = DidYouMean.hint(ref.name(), near(entities.keySet()));
    error("C0231", ref.place(), "unknown entity type `" + ref.name() + "`", hint);
    return null;
  }

  /** Names as they could be written: in full, and without their namespaces. */
  private static Collection<String> near(Collection<String> names) {
    var all = new ArrayList<>(names);
    names.forEach(name -> all.add(CedarText.baseName(name)));
    return all;
  }

  private Type.RecordOf record(TypeExpr expr, String namespace, String what) {
    Type type = type(expr, namespace);
    if (type instanceof Type.RecordOf record) {
      return record;
    }
    if (type != null) {
      error("C0232", expr.place(), what + " is a record, found `" + type + "`", "");
    }
    return Type.RecordOf.EMPTY;
  }

  /** The type, or null if it is not known, which is reported. */
  private @Nullable Type type(TypeExpr expr, String namespace) {
    if (++depth > DEEPEST) {
      depth--;
      error("C0233", expr.place(), "types nest more than " + DEEPEST + " levels deep", "");
      return null;
    }
    try {
      return switch (expr) {
        case TypeExpr.Named(var name, var kind, var place) -> named(name, kind, place, namespace);
        case TypeExpr.SetOf(var element, _) -> {
          Type of = type(element, namespace);
          yield of == null ? null : new Type.SetOf(of);
        }
        case TypeExpr.RecordOf record -> record(record, namespace);
      };
    } finally {
      depth--;
    }
  }

  private Type record(TypeExpr.RecordOf record, String namespace) {
    var attributes = new LinkedHashMap<String, Type.Attribute>();
    for (var attribute : record.attributes()) {
      Type type = type(attribute.type(), namespace);
      String name = attribute.name().intern();
      var typed = new Type.Attribute(type == null ? Type.INT : type, attribute.required());
      attributes.put(name, typed); // of two with one name the last counts; there is a warning
    }
    return Type.RecordOf.of(attributes);
  }

  private @Nullable Type named(String name, NameKind kind, Place place, String namespace) {
    if (name.startsWith("__cedar::")) {
      return builtinOr(name.substring(9), kind, place);
    }
    boolean common = kind == NameKind.ANY || kind == NameKind.COMMON;
    if (kind == NameKind.PRIMITIVE || kind == NameKind.EXTENSION) {
      return builtinOr(name, kind, place);
    }
    for (String candidate : candidates(name, namespace)) {
      if (common && commonTypes.containsKey(candidate)) {
        return commonType(candidate, place);
      }
      if (kind != NameKind.COMMON
          && (entities.containsKey(candidate) || actionTypes.contains(candidate))) {
        return new Type.Entity(candidate.intern());
      }
    }
    if (common && BUILTIN.containsKey(name) && !name.equals("Boolean")) {
      return builtinOr(name, kind, place);
    }
    return unknown(name, place);
  }

  private @Nullable Type builtinOr(String name, NameKind kind, Place place) {
    Type type = BUILTIN.get(name);
    boolean fits =
        switch (kind) {
          case EXTENSION -> type instanceof Type.Extension;
          case PRIMITIVE -> !(type instanceof Type.Extension);
          case ANY, COMMON -> true;
          case ENTITY -> false;
        };
    return fits && type != null ? type : unknown(name, place);
  }

  private @Nullable Type unknown(String name, Place place) {
    var known = new ArrayList<>(near(entities.keySet()));
    known.addAll(near(commonTypes.keySet()));
    known.addAll(BUILTIN.keySet());
    error("C0235", place, "unknown type `" + name + "`", DidYouMean.hint(name, known));
    return null;
  }

  private void commonType(String name) {
    commonType(name, Place.NONE);
  }

  private @Nullable Type commonType(String name, Place place) {
    Type known = resolvedTypes.get(name);
    if (known != null) {
      return known;
    }
    Declared<CommonType> declared = commonTypes.get(name);
    if (declared == null) {
      throw new IllegalStateException(name);
    }
    if (!resolving.add(name)) {
      error("C0236", place, "type `" + name + "` is made of itself", "");
      return null;
    }
    Type type = type(declared.declaration().type(), declared.namespace());
    resolving.remove(name);
    if (type != null) {
      resolvedTypes.put(name, type);
    }
    return type;
  }
}
