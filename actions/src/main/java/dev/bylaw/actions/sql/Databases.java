package dev.bylaw.actions.sql;

import java.util.List;
import java.util.Optional;

/**
 * The databases of an identity.
 *
 * @param all by name; a name occurs once
 * @param usual the name of the one that is meant where a call names none; empty if there is none
 */
public record Databases(List<Database> all, String usual) {
  /** No database at all. */
  public static final Databases NONE = new Databases(List.of(), "");

  public Databases {
    all = List.copyOf(all);
    if (all.stream().map(Database::name).distinct().count() != all.size()) {
      throw new IllegalArgumentException("two connections have one name");
    }
  }

  /** One database, which is the usual one. */
  public static Databases of(Database only) {
    return new Databases(List.of(only), only.name());
  }

  /** The database of a name; of the empty name, the usual one, or the only one there is. */
  public Optional<Database> named(String name) {
    if (name.isEmpty() && usual.isEmpty() && all.size() == 1) {
      return Optional.of(all.getFirst());
    }
    String wanted = name.isEmpty() ? usual : name;
    return all.stream().filter(database -> database.name().equals(wanted)).findFirst();
  }

  List<String> names() {
    return all.stream().map(Database::name).toList();
  }
}
