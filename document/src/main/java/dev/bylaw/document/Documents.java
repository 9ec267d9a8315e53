package dev.bylaw.document;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.Optional;

/** Reads YAML and JSON. Thread-safe. */
public final class Documents {
  /** Documents of more characters are refused. */
  public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  /** How deep lists and mappings may be nested. */
  public static final int MOST_DEEP = 64;

  /** How many nodes a document may have, each use of an alias counted with all that it brings. */
  public static final int MOST_NODES = 1_000_000;

  /** How many characters a number may have. */
  static final int LONGEST_NUMBER = 1_000;

  private Documents() {}

  /**
   * Reads one document: JSON where the source's name ends in {@code .json}, YAML otherwise.
   *
   * @param diagnostics takes what is wrong
   * @return the root; empty if the text is not a document (and the diagnostics say why) or holds
   *     none
   */
  public static Optional<Node> read(Source source, Diagnostics diagnostics) {
    if (source.text().length() > MOST_CHARACTERS) {
      diagnostics.error(
          "E0101",
          source.span(0, 0),
          "a document of "
              + source.text().length()
              + " characters, expected at most "
              + MOST_CHARACTERS);
      return Optional.empty();
    }
    return source.name().endsWith(".json")
        ? new JsonTree(source, diagnostics).read()
        : new YamlTree(source, diagnostics).read();
  }
}
