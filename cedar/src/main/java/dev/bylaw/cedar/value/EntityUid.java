package dev.bylaw.cedar.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reference to an entity: its type, a path of names, and its id. */
public final class EntityUid implements Value, Comparable<EntityUid> {
  private final String type;
  private final String id;
  private final int hash;

  private EntityUid(String type, String id) {
    this.type = type;
    this.id = id;
    this.hash = 31 * type.hashCode() + id.hashCode();
  }

  /**
   * The reference {@code type::"id"}.
   *
   * @throws IllegalArgumentException if the type is not a path of names
   */
  public static EntityUid of(String type, String id) {
    EntityUid uid = ofText(type, id);
    if (uid == null) {
      throw new IllegalArgumentException("not an entity type: " + type);
    }
    return uid;
  }

  /** The reference, or null if the type is not a path of names. */
  public static @Nullable EntityUid ofText(String type, String id) {
    String path = Interned.path(type);
    return path == null ? null : new EntityUid(path, Objects.requireNonNull(id));
  }

  /** The reference of the same type with another id. */
  public EntityUid sibling(String other) {
    return new EntityUid(type, Objects.requireNonNull(other));
  }

  /** The type, for instance {@code App::User}; always the same instance for equal types. */
  public String type() {
    return type;
  }

  /** The id, any string. */
  public String id() {
    return id;
  }

  /** Whether it names an action, that is, whether the last name of its type is {@code Action}. */
  public boolean isAction() {
    return isActionType(type);
  }

  /** Whether the type is one of actions, that is, whether its last name is {@code Action}. */
  public static boolean isActionType(String type) {
    return type.equals("Action") || type.endsWith("::Action");
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // types are interned
  public boolean equals(Object other) {
    return this == other
        || (other instanceof EntityUid that
            && hash == that.hash
            && type == that.type
            && id.equals(that.id));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(EntityUid other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  /** {@code App::User::"alice"}. */
  @Override
  public String toString() {
    return type + "::" + CedarText.quote(id);
  }
}
