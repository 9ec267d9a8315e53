package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.Machine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The machines of definitions, by digest, each made once: a run goes on with the definition it
 * began with, whatever the folder holds by now.
 */
public final class Definitions {
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final BiFunction<String, String, Machine> read;

  /**
   * Definitions.
   *
   * @param read makes the machine of a digest and the text that is kept under it
   */
  public Definitions(BiFunction<String, String, Machine> read) {
    this.read = read;
  }

  /** The machine of a definition whose text is at hand. */
  Machine machine(String digest, String text) {
    return machines.computeIfAbsent(digest, key -> read.apply(key, text));
  }

  /** Keeps a machine that was made already. */
  void keep(Machine machine) {
    machines.putIfAbsent(machine.playbook().digest(), machine);
  }
}
