package dev.bylaw.store.log;

import dev.bylaw.store.log.Finding.Kind;
import dev.bylaw.store.log.LogRecord.Chain;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Verifies one chain, record by record in the order they are found in. */
final class ChainVerifier {
  private static final int MOST_BROKEN = 64;

  private final Chain chain;
  private final Root root;
  private final PublicKey key;
  private final Findings findings;

  /** What signed checkpoints say stands at a place. */
  private final NavigableMap<Long, String> heads;

  /** Fields that are gone, by place, until a tombstone explains them. */
  private final Map<Long, Set<String>> gone = new HashMap<>();

  /** Places that were skipped, as ranges from first to last. */
  private final NavigableMap<Long, Long> gaps = new TreeMap<>();

  private final List<LogRecord> broken = new ArrayList<>();
  private long last;
  private String hash;
  private boolean begun;

  ChainVerifier(
      Chain chain, Root root, PublicKey key, NavigableMap<Long, String> heads, Findings findings) {
    this.chain = chain;
    this.root = root;
    this.key = key;
    this.heads = heads;
    this.findings = findings;
    this.last = root.seq() - 1;
    this.hash = root.prev();
    if (!root.holds(chain, key)) {
      findings.add(
          Kind.SIGNATURE,
          chain,
          root.seq(),
          "the chain begins at record " + root.seq() + " and no signed root allows it");
    }
    String signed = heads.get(last);
    if (signed != null && root.seq() > 1 && !signed.equals(root.prev())) {
      findings.add(
          Kind.REWRITTEN, chain, last, "the root does not follow the record that was signed");
    }
  }

  void accept(LogRecord record) {
    findings.count();
    if (record.seq() <= last && begun) {
      outOfOrder(record);
    } else {
      if (record.seq() > last + 1) {
        gaps.put(last + 1, record.seq() - 1);
      } else if (!record.prev().equals(hash)) {
        findings.add(
            Kind.CHANGED,
            chain,
            record.seq(),
            "record " + record.seq() + " does not follow the record before it: one was replaced");
      }
      last = record.seq();
      hash = record.hash();
      begun = true;
    }
    header(record);
    payload(record);
  }

  private void outOfOrder(LogRecord record) {
    findings.add(
        Kind.REORDERED, chain, record.seq(), "record " + record.seq() + " stands too late");
    Map.Entry<Long, Long> gap = gaps.floorEntry(record.seq());
    if (gap != null && gap.getValue() >= record.seq()) {
      gaps.remove(gap.getKey());
      if (gap.getKey() < record.seq()) {
        gaps.put(gap.getKey(), record.seq() - 1);
      }
      if (record.seq() < gap.getValue()) {
        gaps.put(record.seq() + 1, gap.getValue());
      }
    }
  }

  private void header(LogRecord record) {
    if (!record.computedHash().equals(record.hash())) {
      if (broken.size() < MOST_BROKEN) {
        broken.add(record);
      } else {
        changed(record);
      }
    }
    String signed = heads.get(record.seq());
    if (signed != null && !signed.equals(record.hash())) {
      findings.add(
          Kind.REWRITTEN,
          chain,
          record.seq(),
          "record " + record.seq() + " is not the one that was signed");
    }
  }

  private void payload(LogRecord record) {
    Optional<Payload> payload = record.payload();
    if (payload.isEmpty()) {
      gone.put(record.seq(), Set.of(Tombstone.ALL));
      return;
    }
    if (!payload.get().commitment().equals(Optional.of(record.commitment()))) {
      findings.add(
          Kind.CHANGED,
          chain,
          record.seq(),
          "the payload of record " + record.seq() + " is not the one that was written");
      return;
    }
    if (!payload.get().erased().isEmpty()) {
      gone.put(record.seq(), new TreeSet<>(payload.get().erased().keySet()));
    }
    if (record.event().equals(LogEvent.LOG_ERASED.text())) {
      if (Tombstone.holds(payload.get().value(), chain, key)) {
        Tombstone.each(payload.get().value(), this::explain);
      } else {
        findings.add(
            Kind.SIGNATURE, chain, record.seq(), "tombstone " + record.seq() + " is not signed");
      }
    }
  }

  private void explain(long seq, Set<String> fields) {
    Set<String> missing = gone.get(seq);
    if (missing == null) {
      return;
    }
    if (fields.contains(Tombstone.ALL) || fields.containsAll(missing)) {
      gone.remove(seq);
      findings.erased(chain, seq);
    } else if (!missing.contains(Tombstone.ALL)) {
      Set<String> rest = new TreeSet<>(missing);
      rest.removeAll(fields);
      gone.put(seq, rest);
    }
  }

  void end() {
    for (LogRecord record : broken) {
      long origin = origin(record);
      if (origin > 0) {
        findings.add(
            Kind.REORDERED,
            chain,
            record.seq(),
            "record " + origin + " stands at the place of record " + record.seq());
      } else {
        changed(record);
      }
    }
    gaps.forEach((from, to) ->
        findings.add(
            Kind.DROPPED,
            chain,
            from,
            from.equals(to)
                ? "record " + from + " is gone"
                : "records " + from + " to " + to + " are gone"));
    new TreeMap<>(gone)
        .forEach((seq, fields) ->
            findings.add(
                Kind.MISSING,
                chain,
                seq,
                fields.contains(Tombstone.ALL)
                    ? "the payload of record " + seq + " is missing, and was not erased"
                    : "of record " + seq + " are missing, and were not erased: " + fields));
    Long signed = heads.isEmpty() ? null : heads.lastKey();
    if (signed != null && signed > last) {
      findings.add(
          Kind.CUT,
          chain,
          last + 1,
          "the chain ends at record " + last + ", but record " + signed + " was signed");
    }
  }

  /** Where a broken record came from, if it is whole at the place of another broken one; else 0. */
  private long origin(LogRecord record) {
    for (LogRecord other : broken) {
      if (record.hashAt(other.seq()).equals(record.hash())) {
        return other.seq();
      }
    }
    return 0;
  }

  private void changed(LogRecord record) {
    findings.add(
        Kind.CHANGED,
        chain,
        record.seq(),
        "record " + record.seq() + " is not the one that was written");
  }

  Root root() {
    return root;
  }
}
