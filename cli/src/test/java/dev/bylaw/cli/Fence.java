package dev.bylaw.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced example of the documentation.
 *
 * @param page its page, from the root of the checkout
 * @param line where it begins
 * @param language what stands behind the fence
 * @param text what is inside
 * @param before the prose of the page before it, all of it
 */
record Fence(String page, int line, String language, String text, String before) {
  private static final Path ROOT = Path.of("..");

  /** A fence may be indented, in a list. */
  private static final Pattern FENCE =
      Pattern.compile("(?ms)^( *)```(\\S*)[^\\n]*\\n(.*?)^\\1```[ \\t]*$");

  /** Every fence of the pages whose examples must hold, in the order of reading. */
  static List<Fence> all() {
    List<Fence> all = new ArrayList<>();
    for (String page : pages()) {
      String text = read(page);
      for (MatchResult found : FENCE.matcher(text).results().toList()) {
        String before = text.substring(0, found.start());
        int line = (int) before.lines().count() + 1;
        String inside = found.group(3).stripIndent();
        all.add(new Fence(page, line, found.group(2), inside, before));
      }
    }
    return all;
  }

  /** Those of one of these languages. */
  static List<Fence> in(String... languages) {
    List<String> wanted = List.of(languages);
    return all().stream().filter(fence -> wanted.contains(fence.language())).toList();
  }

  /** The README, the guide, and every page of reference. */
  static List<String> pages() {
    try (Stream<Path> reference = Files.list(ROOT.resolve("docs/reference"))) {
      Stream<String> pages =
          reference
              .map(path -> "docs/reference/" + path.getFileName())
              .filter(page -> page.endsWith(".md"))
              .sorted();
      return Stream.concat(Stream.of("README.md", "docs/guide.md"), pages).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String page) {
    try {
      return Files.readString(ROOT.resolve(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a reader finds it. */
  String place() {
    return page + ":" + line;
  }
}
