package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A schema with all names resolved; immutable. */
public final class Schema {
  private final SortedMap<String, EntityType> entityTypes;
  private final SortedMap<EntityUid, ActionType> actions;
  private final Set<String> actionTypes;

  /** The same by hash: a request asks for its action and types. */
  private final Map<String, EntityType> entityTypesByName;

  private final Map<EntityUid, ActionType> actionsByUid;

  private final List<Diagnostic> warnings;

  Schema(
      Map<String, EntityType> entityTypes,
      Map<EntityUid, ActionType> actions,
      List<Diagnostic> warnings) {
    this.warnings = List.copyOf(warnings);
    this.entityTypes = Collections.unmodifiableSortedMap(new TreeMap<>(entityTypes));
    this.actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
    this.entityTypesByName = new HashMap<>(entityTypes);
    this.actionsByUid = new HashMap<>(actions);
    var types = new LinkedHashSet<String>();
    actions.keySet().forEach(uid -> types.add(uid.type()));
    this.actionTypes = Collections.unmodifiableSet(types);
  }

  /**
   * Reads Cedar's schema language.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static Schema parse(Source source) {
    var diagnostics = new Diagnostics();
    SchemaDeclarations declarations = SchemaParser.parse(source, diagnostics);
    diagnostics.throwIfErrors();
    return resolve(declarations, SchemaNames.shadowing(declarations), diagnostics);
  }

  /** Reads Cedar's schema language from a text that has no name. */
  public static Schema parse(String text) {
    return parse(Source.of("schema.cedarschema", text));
  }

  /**
   * Reads the JSON form of schemas.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static Schema parseJson(Source source) {
    var diagnostics = new Diagnostics();
    SchemaDeclarations declarations = SchemaJsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    return resolve(declarations, List.of(), diagnostics);
  }

  private static Schema resolve(
      SchemaDeclarations declarations, List<Diagnostic> warnings, Diagnostics diagnostics) {
    Schema schema = SchemaResolver.resolve(declarations, warnings, diagnostics);
    diagnostics.throwIfErrors();
    return schema;
  }

  /** What is probably not meant: types that are called like built-in ones, or like each other. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /**
   * What is declared {@code external}, so that nothing is known of it but its name: entity types,
   * then actions. Where there is any, requests and entities can be checked, but not policies.
   */
  public List<String> incomplete() {
    return Stream.concat(
            entityTypes.values().stream().filter(EntityType::external).map(EntityType::name),
            actions.values().stream().filter(ActionType::external).map(a -> a.uid().toString()))
        .toList();
  }

  /** The entity types, by name; those of actions are not among them. */
  public SortedMap<String, EntityType> entityTypes() {
    return entityTypes;
  }

  /** The entity type of that name, or null. */
  public @Nullable EntityType entityType(String name) {
    return entityTypesByName.get(name);
  }

  /** The actions and groups of actions. */
  public SortedMap<EntityUid, ActionType> actions() {
    return actions;
  }

  /** The action, or null. */
  public @Nullable ActionType action(EntityUid uid) {
    return actionsByUid.get(uid);
  }

  /** Whether there are entities of that type, actions included. */
  public boolean isKnownType(String name) {
    return entityTypesByName.containsKey(name) || actionTypes.contains(name);
  }

  /** The types that actions have. */
  public Set<String> actionTypes() {
    return actionTypes;
  }

  /** All names of types, for a way out of a typo. */
  public Collection<String> typeNames() {
    var names = new LinkedHashSet<>(entityTypes.keySet());
    names.addAll(actionTypes);
    return names;
  }

  /** Whether an entity of the one type can be the same as, or in, one of the other. */
  public boolean canBeIn(String type, String container) {
    if (type.equals(container)) {
      return true;
    }
    EntityType found = entityTypesByName.get(type);
    if (found != null) {
      return found.ancestors().contains(container);
    }
    for (ActionType action : actions.values()) {
      if (action.uid().type().equals(type)
          && action.ancestors().stream().anyMatch(up -> up.type().equals(container))) {
        return true;
      }
    }
    return false;
  }
}
