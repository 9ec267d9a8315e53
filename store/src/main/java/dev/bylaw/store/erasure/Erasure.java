package dev.bylaw.store.erasure;

import dev.bylaw.store.log.LogName;
import java.util.Set;

/**
 * What is to be erased.
 *
 * <p>Fields are top-level fields of log payloads; where some are named, only they are erased, and
 * only from the logs. Where none is, everything that matches is erased, in the logs and elsewhere.
 */
public sealed interface Erasure {
  /** The tenant. */
  String identity();

  /** The fields of log payloads to erase; empty for all that match. */
  Set<String> fields();

  /** The word in the tombstone. */
  String scope();

  /**
   * All that mentions a person: an id, an address, a name, as a word of its own, in whatever case.
   *
   * @param identity the tenant
   * @param text at least three characters
   * @param fields the fields to erase; empty for every field that mentions the text
   */
  record Subject(String identity, String text, Set<String> fields) implements Erasure {
    private static final int SHORTEST = 3;

    public Subject {
      fields = Set.copyOf(fields);
      if (text.strip().length() < SHORTEST) {
        throw new IllegalArgumentException("a text to erase has at least three characters");
      }
    }

    @Override
    public String scope() {
      return "subject";
    }
  }

  /**
   * All payloads of a run that has ended.
   *
   * @param identity the tenant
   * @param run its id
   * @param fields the fields to erase; empty for all
   */
  record Run(String identity, String run, Set<String> fields) implements Erasure {
    public Run {
      fields = Set.copyOf(fields);
    }

    @Override
    public String scope() {
      return "run";
    }
  }

  /**
   * One record of a log.
   *
   * @param identity the tenant
   * @param log which log
   * @param writer of the chain; empty for every writer's
   * @param seq its place
   * @param fields the fields to erase; empty for all
   */
  record Entry(String identity, LogName log, String writer, long seq, Set<String> fields)
      implements Erasure {
    public Entry {
      fields = Set.copyOf(fields);
    }

    @Override
    public String scope() {
      return "record";
    }
  }
}
