package dev.bylaw.store.log;

import java.util.List;

/**
 * What verification found.
 *
 * @param records how many records were looked at
 * @param erased how many of them were erased, in whole or in part, and have a tombstone
 * @param chains how many chains there are
 * @param checkpoints how many signed checkpoints they were held against
 * @param findings what is wrong; at most a thousand
 */
public record Verification(
    long records, long erased, int chains, int checkpoints, List<Finding> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean holds() {
    return findings.isEmpty();
  }
}
