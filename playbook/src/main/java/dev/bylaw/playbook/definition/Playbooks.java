package dev.bylaw.playbook.definition;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads playbooks. */
public final class Playbooks {
  private static final String CYCLE = "E0315";
  private static final String SAME_NAME = "E0316";

  private Playbooks() {}

  /**
   * A call of another playbook by a step.
   *
   * @param to the other's name
   * @param span where it is named
   */
  record Call(String to, Span span) {}

  /**
   * What came of reading one file.
   *
   * @param name as far as it could be read
   * @param nameSpan where it stands
   * @param playbook if nothing is wrong with it
   * @param calls of other playbooks
   */
  record Read(String name, Span nameSpan, Optional<Playbook> playbook, List<Call> calls) {}

  /**
   * Reads one playbook.
   *
   * @param diagnostics takes what is wrong, all of it
   * @return empty if there is an error in it
   */
  public static Optional<Playbook> read(
      Source source, Vocabulary vocabulary, Diagnostics diagnostics) {
    return readAll(List.of(source), vocabulary, diagnostics).values().stream().findFirst();
  }

  /**
   * Reads the playbooks of a folder: names are unique, and none calls itself by way of others.
   *
   * @return those with no error in them, by name
   */
  public static Map<String, Playbook> readAll(
      Collection<Source> sources, Vocabulary vocabulary, Diagnostics diagnostics) {
    Map<String, Read> byName = new LinkedHashMap<>();
    for (Source source : sources) {
      Read read = new PlaybookReader(source, vocabulary, diagnostics).read();
      if (read.name().isEmpty()) {
        continue;
      }
      Read same = byName.putIfAbsent(read.name(), read);
      if (same != null) {
        diagnostics.add(
            Diagnostic.error(
                    SAME_NAME, read.nameSpan(), "there is another playbook `" + read.name() + "`")
                .withNote("it stands here", same.nameSpan()));
      }
    }
    tellCycles(byName, diagnostics);
    Map<String, Playbook> playbooks = new LinkedHashMap<>();
    byName.forEach(
        (name, read) -> read.playbook().ifPresent(playbook -> playbooks.put(name, playbook)));
    return playbooks;
  }

  private static void tellCycles(Map<String, Read> byName, Diagnostics diagnostics) {
    Set<Set<String>> told = new HashSet<>();
    for (Read start : byName.values()) {
      for (Call call : start.calls()) {
        List<String> way = way(call.to(), start.name(), byName);
        if (!way.isEmpty() && told.add(Set.copyOf(way))) {
          diagnostics.error(
              CYCLE,
              call.span(),
              "playbook `"
                  + start.name()
                  + "` calls itself: "
                  + start.name()
                  + " → "
                  + String.join(" → ", way));
        }
      }
    }
  }

  /** The shortest way of calls from one playbook to another; empty if there is none. */
  private static List<String> way(String from, String to, Map<String, Read> byName) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    cameFrom.put(from, "");
    while (!open.isEmpty()) {
      String here = open.remove();
      if (here.equals(to)) {
        Deque<String> way = new ArrayDeque<>();
        for (String at = here; !at.isEmpty(); at = cameFrom.getOrDefault(at, "")) {
          way.addFirst(at);
        }
        return List.copyOf(way);
      }
      Read read = byName.get(here);
      Set<String> next =
          read == null ? Set.of() : read.calls().stream().map(Call::to).collect(Collectors.toSet());
      for (String name : next) {
        if (cameFrom.putIfAbsent(name, here) == null) {
          open.add(name);
        }
      }
    }
    return List.of();
  }
}
