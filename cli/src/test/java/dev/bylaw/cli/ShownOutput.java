package dev.bylaw.cli;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares output that a page shows with what a command really said.
 *
 * <p>{@code …} stands for anything on its line, and alone on a line for any lines. Names that are
 * new each time (ids, hashes, instants) and measured times are compared by their shape; an id that
 * a page shows twice must come twice, and a command that names it names the real one. Columns may
 * be as wide as they need.
 */
final class ShownOutput {
  private static final String ID = "01[0-9A-HJKMNP-TV-Z]{24}";
  private static final String HASH = "\\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})\\b";
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z";
  private static final String MEASURED = "\\d+(?:\\.\\d+)? (?:ns|µs|ms)\\b";
  private static final Pattern PART =
      Pattern.compile(
          "(?<id>"
              + ID
              + ")|(?<hash>"
              + HASH
              + ")|(?<instant>"
              + INSTANT
              + ")|(?<measured>"
              + MEASURED
              + ")|(?<lines>(?m:^[ \\t]*…[ \\t]*$\\n?))|(?<rest>…)");

  /** What a page calls by one name and a run of this test by another. */
  private final Map<String, String> named = new HashMap<>();

  /** A command with the names of this run in place of those that the page shows. */
  String command(String shown) {
    String command = shown;
    for (Map.Entry<String, String> name : named.entrySet()) {
      command = command.replace(name.getKey(), name.getValue());
    }
    return command;
  }

  /** Whether output is what was shown; names that were new are remembered if it is. */
  boolean matches(String shown, String output) {
    String wanted = lines(comparable(shown));
    Map<String, String> groups = new HashMap<>();
    Matcher matcher = Pattern.compile(pattern(wanted, groups)).matcher(lines(comparable(output)));
    if (!matcher.matches()) {
      return false;
    }
    groups.forEach((name, group) -> named.put(name, matcher.group(group)));
    return true;
  }

  private String pattern(String wanted, Map<String, String> groups) {
    var pattern = new StringBuilder();
    Matcher part = PART.matcher(wanted);
    int end = 0;
    while (part.find()) {
      pattern.append(Pattern.quote(wanted.substring(end, part.start())));
      pattern.append(pattern(part, groups));
      end = part.end();
    }
    return pattern.append(Pattern.quote(wanted.substring(end))).toString();
  }

  private String pattern(Matcher part, Map<String, String> groups) {
    String name = part.group();
    if (part.group("id") != null || part.group("hash") != null) {
      if (named.containsKey(name)) {
        return Pattern.quote(named.getOrDefault(name, ""));
      }
      if (groups.containsKey(name)) {
        return "\\k<" + groups.get(name) + ">";
      }
      String group = "n" + groups.size();
      groups.put(name, group);
      String shape = part.group("id") != null ? ID : "[0-9a-f]{" + name.length() + "}";
      return "(?<" + group + ">" + shape + ")";
    }
    if (part.group("instant") != null) {
      return INSTANT;
    }
    if (part.group("measured") != null) {
      return MEASURED;
    }
    return part.group("lines") != null ? "(?:[^\\n]*\\n)*?" : "[^\\n]*?";
  }

  /** JSON in one layout, whatever the page's own is. */
  private static String comparable(String text) {
    if (!text.strip().startsWith("{") && !text.strip().startsWith("[")) {
      return text;
    }
    try {
      return Json.pretty(Json.parse(text));
    } catch (JsonException e) {
      return text;
    }
  }

  private static String lines(String text) {
    List<String> lines = text.strip().isEmpty() ? List.of() : text.stripTrailing().lines().toList();
    var clean = new StringBuilder();
    lines.forEach(
        line -> clean.append(line.stripTrailing().replaceAll("(?<=\\S) {2,}", "  ")).append('\n'));
    return clean.toString();
  }
}
