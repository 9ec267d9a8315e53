package dev.bylaw.cedar.schema;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity type of a schema.
 *
 * @param name with its namespace
 * @param ancestors the types that its entities can be in, however far up
 * @param attributes what its entities have
 * @param tags the type of its tags, or null if it has none
 * @param choices the ids of its entities if it is enumerated, else null
 * @param external whether it is declared without saying what its entities are like
 */
public record EntityType(
    String name,
    Set<String> ancestors,
    Type.RecordOf attributes,
    @Nullable Type tags,
    @Nullable List<String> choices,
    boolean external) {
  public EntityType {
    ancestors = Set.copyOf(ancestors);
    choices = choices == null ? null : List.copyOf(choices);
  }

  /** Whether the ids of its entities are enumerated. */
  public boolean isEnumerated() {
    return choices != null;
  }
}
