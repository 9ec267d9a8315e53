package dev.bylaw.playbook.definition;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
   * @param keySpan where the step says that it calls
   */
  record Call(String to, Span span, Span keySpan) {}

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
    List<Call> calls = new ArrayList<>();
    var found = new Diagnostics();
    for (Source source : sources) {
      Read read = new PlaybookReader(source, vocabulary, found).read();
      calls.addAll(read.calls());
      if (read.name().isEmpty()) {
        continue;
      }
      Read same = byName.putIfAbsent(read.name(), read);
      if (same != null) {
        found.add(
            Diagnostic.error(
                    SAME_NAME, read.nameSpan(), "there is another playbook `" + read.name() + "`")
                .withNote("it stands here", same.nameSpan()));
      }
    }
    calls.removeAll(tellCycles(byName, found));
    for (Call call : calls) {
      found.error(StepReader.NOT_YET, call.keySpan(), StepReader.notYet("playbook"));
    }
    diagnostics.addAll(found.inOrder());
    Map<String, Playbook> playbooks = new LinkedHashMap<>();
    byName.forEach(
        (name, read) -> read.playbook().ifPresent(playbook -> playbooks.put(name, playbook)));
    return playbooks;
  }

  /** Tells each cycle once, and answers the calls at which they are told. */
  private static Set<Call> tellCycles(Map<String, Read> byName, Diagnostics diagnostics) {
    Set<Call> at = new HashSet<>();
    Set<Set<String>> told = new HashSet<>();
    for (Read start : byName.values()) {
      for (Call call : start.calls()) {
        List<String> way = way(call.to(), start.name(), byName);
        if (!way.isEmpty() && told.add(Set.copyOf(way))) {
          at.add(call);
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
    return at;
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
