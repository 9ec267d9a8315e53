package dev.bylaw.runtime.run;

import dev.bylaw.value.ObjectValue;

/**
 * What every decision of a run needs to know of it.
 *
 * @param id the run's id
 * @param playbook the playbook's name
 * @param version the playbook's version
 * @param agent whose run it is
 * @param inputs what it was started with
 */
public record RunFacts(
    String id, String playbook, String version, String agent, ObjectValue inputs) {}
