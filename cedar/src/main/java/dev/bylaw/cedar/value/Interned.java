package dev.bylaw.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * Names of types and attributes as the one instance that {@link String#intern} gives, so that they
 * are told apart without looking at their characters.
 *
 * <p>The JVM's own table costs a call out of Java for each look-up. The names last asked for are
 * kept beside it, a fixed number of them, whatever comes in.
 */
public final class Interned {
  private static final int KEPT = 1 << 10;

  /** Threads may overwrite each other's entries: all of them are right. */
  private static final @Nullable String[] NAMES = new String[KEPT];

  /** The same for names that are paths of identifiers. */
  private static final @Nullable String[] PATHS = new String[KEPT];

  private Interned() {}

  /** The one instance of a string. */
  public static String name(String name) {
    int at = place(name);
    String kept = NAMES[at];
    if (kept != null && kept.equals(name)) {
      return kept;
    }
    String interned = name.intern();
    NAMES[at] = interned;
    return interned;
  }

  /** The one instance of a path of names, or null if the text is none. */
  static @Nullable String path(String text) {
    int at = place(text);
    String kept = PATHS[at];
    if (kept != null && kept.equals(text)) {
      return kept;
    }
    if (!CedarText.isName(text)) {
      return null;
    }
    String interned = text.intern();
    PATHS[at] = interned;
    return interned;
  }

  private static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 16)) & (KEPT - 1);
  }
}
