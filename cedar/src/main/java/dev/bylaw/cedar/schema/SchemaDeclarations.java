package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.text.Place;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema as it is written, names not resolved.
 *
 * @param namespaces each with what it declares; the one without a name is called {@code ""}
 */
public record SchemaDeclarations(List<Namespace> namespaces) {
  public SchemaDeclarations {
    namespaces = List.copyOf(namespaces);
  }

  /** A namespace and what it declares. */
  public record Namespace(
      String name,
      SequencedMap<String, String> annotations,
      List<CommonType> commonTypes,
      List<EntityDeclaration> entities,
      List<ActionDeclaration> actions,
      Place place) {
    public Namespace {
      annotations = copy(annotations);
      commonTypes = List.copyOf(commonTypes);
      entities = List.copyOf(entities);
      actions = List.copyOf(actions);
    }

    private Namespace byName() {
      return new Namespace(
          name,
          annotations,
          commonTypes.stream().sorted(Comparator.comparing(CommonType::name)).toList(),
          entities.stream().sorted(Comparator.comparing(EntityDeclaration::name)).toList(),
          actions.stream().sorted(Comparator.comparing(ActionDeclaration::name)).toList(),
          place);
    }
  }

  /**
   * The same in the order in which schemas are written out: namespaces, types and actions by their
   * names, whatever order they were declared in.
   */
  SchemaDeclarations byName() {
    return new SchemaDeclarations(
        namespaces.stream()
            .sorted(Comparator.comparing(Namespace::name))
            .map(Namespace::byName)
            .toList());
  }

  static List<AttributeDeclaration> byName(List<AttributeDeclaration> attributes) {
    return attributes.stream().sorted(Comparator.comparing(AttributeDeclaration::name)).toList();
  }

  /** A name for a type. */
  public record CommonType(
      String name, SequencedMap<String, String> annotations, TypeExpr type, Place place) {
    public CommonType {
      annotations = copy(annotations);
    }
  }

  /**
   * An entity type.
   *
   * @param parents the types its entities can be in
   * @param shape its attributes: a record or the name of one
   * @param tags the type of its tags, or null if it has none
   * @param choices the ids of its entities if they are enumerated, else null
   * @param external whether only its name and parents are known: {@code external entity}
   */
  public record EntityDeclaration(
      String name,
      SequencedMap<String, String> annotations,
      List<NameRef> parents,
      TypeExpr shape,
      @Nullable TypeExpr tags,
      @Nullable List<String> choices,
      boolean external,
      Place place) {
    public EntityDeclaration {
      annotations = copy(annotations);
      parents = List.copyOf(parents);
      choices = choices == null ? null : List.copyOf(choices);
    }
  }

  /**
   * An action.
   *
   * @param parents the groups it is in
   * @param appliesTo what it applies to, or null for a mere group
   * @param external whether only its name and parents are known: {@code external action}
   */
  public record ActionDeclaration(
      String name,
      SequencedMap<String, String> annotations,
      List<ActionRef> parents,
      @Nullable AppliesTo appliesTo,
      boolean external,
      Place place) {
    public ActionDeclaration {
      annotations = copy(annotations);
      parents = List.copyOf(parents);
    }
  }

  /** What an action applies to. */
  public record AppliesTo(List<NameRef> principals, List<NameRef> resources, TypeExpr context) {
    public AppliesTo {
      principals = List.copyOf(principals);
      resources = List.copyOf(resources);
    }
  }

  /** The name of an entity type. */
  public record NameRef(String name, Place place) {}

  /**
   * A reference to an action.
   *
   * @param type its type, or null where only its id is written
   */
  public record ActionRef(@Nullable String type, String id, Place place) {}

  /** A type as it is written. */
  public sealed interface TypeExpr {
    /** Where it is written. */
    Place place();

    /** A type by its name. */
    record Named(String name, NameKind kind, Place place) implements TypeExpr {}

    /** A set. */
    record SetOf(TypeExpr element, Place place) implements TypeExpr {}

    /** A record. */
    record RecordOf(List<AttributeDeclaration> attributes, Place place) implements TypeExpr {
      public RecordOf {
        attributes = List.copyOf(attributes);
      }
    }
  }

  /** What a name can be the name of. */
  public enum NameKind {
    /** A common type, an entity type or a built-in type, whichever is nearest. */
    ANY,
    /** A common type or a built-in type. */
    COMMON,
    /** An entity type. */
    ENTITY,
    /** A built-in type that is no extension type. */
    PRIMITIVE,
    /** An extension type. */
    EXTENSION
  }

  /** An attribute of a record or entity. */
  public record AttributeDeclaration(
      String name,
      SequencedMap<String, String> annotations,
      TypeExpr type,
      boolean required,
      Place place) {
    public AttributeDeclaration {
      annotations = copy(annotations);
    }
  }

  private static SequencedMap<String, String> copy(SequencedMap<String, String> annotations) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(annotations));
  }
}
