package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.Machine;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines of definitions, by digest, each made once: a run goes on with the definition it
 * began with, whatever the folder holds by now.
 */
public final class Definitions {
  /** Reads a definition again. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Its machine.
     *
     * @param digest of the text
     * @param text that is kept under it
     * @param vars names of those that the run was started with, whatever {@code bylaw.yaml} has now
     */
    Machine read(String digest, String text, Set<String> vars);
  }

  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final Reader read;

  /**
   * Definitions.
   *
   * @param read makes the machine of a definition
   */
  public Definitions(Reader read) {
    this.read = read;
  }

  /** The machine of a definition whose text is at hand. */
  Machine machine(String digest, String text, Set<String> vars) {
    return machines.computeIfAbsent(digest, key -> read.read(key, text, vars));
  }

  /** Keeps a machine that was made already. */
  void keep(Machine machine) {
    machines.putIfAbsent(machine.playbook().digest(), machine);
  }
}
