package dev.bylaw.runtime;

import dev.bylaw.playbook.definition.Inputs;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Trace;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectivePolicy;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.audit.Audit;
import dev.bylaw.runtime.decide.DecisionDesk.Decided;
import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
import dev.bylaw.runtime.measure.CapReport;
import dev.bylaw.runtime.measure.MetricsReport;
import dev.bylaw.runtime.run.ActionCalls;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.runtime.run.Runner;
import dev.bylaw.runtime.run.Runs;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Bylaw over one folder: decides what agents may do, runs playbooks under policy, asks people,
 * keeps the logs.
 *
 * <pre>{@code
 * try (var bylaw = Bylaw.open(Path.of("acme"))) {
 *   var request = ActionRequest.of("support-agent", "issue_refund", params);
 *   var decided = bylaw.decide(request);
 *   if (decided.decision().allowed()) {
 *     refund(decided.decision().params());
 *     bylaw.report(decided.decision().id(), Outcome.DONE);
 *   } else {
 *     tellTheAgent(decided.decision().forAgent());
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe. One process at a time has a folder open. Close it; what was answered is durable
 * even if the process is killed.
 */
public final class Bylaw implements AutoCloseable {
  /**
   * How a folder is opened.
   *
   * @param clock the time
   * @param purpose what for
   */
  public record Options(InstantSource clock, Purpose purpose) {
    /** What a folder is opened for. */
    public enum Purpose {
      /** Runs that were cut off go on, and the sandbox is started where it is asked for. */
      RUN,
      /** To change something, with nothing going on and nothing started. */
      CHANGE,
      /** To look: nothing in the folder changes. */
      LOOK
    }

    /** The system's time; runs go on. */
    public static Options standard() {
      return new Options(InstantSource.system(), Purpose.RUN);
    }

    /** The system's time; nothing goes on and nothing is started. */
    public static Options changing() {
      return new Options(InstantSource.system(), Purpose.CHANGE);
    }

    /** The system's time; nothing in the folder changes, and what would change it fails. */
    public static Options looking() {
      return new Options(InstantSource.system(), Purpose.LOOK);
    }

    /** The same with another time. */
    public Options withClock(InstantSource other) {
      return new Options(other, purpose);
    }

    boolean runs() {
      return purpose == Purpose.RUN;
    }

    boolean looks() {
      return purpose == Purpose.LOOK;
    }
  }

  private final Wiring wiring;

  private Bylaw(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * Opens a folder; runs that were cut off go on.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException if {@code bylaw.yaml} cannot be used
   * @throws BylawException if the folder holds no identity
   * @throws dev.bylaw.store.StoreUnavailable if the store cannot be opened
   */
  public static Bylaw open(Path dir) {
    return open(dir, Options.standard());
  }

  /** {@link #open(Path)} with options. */
  public static Bylaw open(Path dir, Options options) {
    return open(dir, options, UnaryOperator.identity());
  }

  /** The same with something between runs and the actions they call. */
  static Bylaw open(Path dir, Options options, UnaryOperator<ActionCalls> around) {
    return new Bylaw(Wiring.of(dir, options, around));
  }

  /**
   * Everything that is wrong in a folder's files, without opening its store.
   *
   * @throws BylawException if the folder holds no identity
   */
  public static List<Diagnostic> check(Path dir) {
    return Wiring.check(dir);
  }

  /** The tenant. */
  public String identity() {
    return policies().registry().identity();
  }

  /** Where the folder is. */
  public Path dir() {
    return wiring.dir();
  }

  /** The agents, in the order of {@code bylaw.yaml}. */
  public Set<String> agents() {
    return policies().registry().agents().keySet();
  }

  /** The playbooks that can run, by name. */
  public Map<String, Playbook> playbooks() {
    return wiring.loaded().playbooks();
  }

  /** What is wrong in the folder's files, as they were read last. */
  public List<Diagnostic> diagnostics() {
    return wiring.loaded().diagnostics();
  }

  private PolicySet policies() {
    return wiring.loaded().policies();
  }

  /** What would be decided now. Reads and changes nothing. */
  public Decision evaluate(ActionRequest request) {
    return wiring.desk().evaluate(request);
  }

  /** Why each rule would or would not bite now. Reads and changes nothing. */
  public Trace why(ActionRequest request) {
    return wiring.desk().why(request);
  }

  /**
   * Decides before an action: the decision, its reservations and its records in the log are durable
   * when this returns. Ask with a {@code key} of your own: asked again with the same key, the same
   * action is the same reservation, and an approval that was given in between counts.
   */
  public Decided decide(ActionRequest request) {
    return Waiting.on(decideLater(request));
  }

  /** {@link #decide} without waiting. */
  public CompletableFuture<Decided> decideLater(ActionRequest request) {
    return wiring.desk().decide(request);
  }

  /**
   * Reports what came of an action that was allowed; its reservations are committed or given back.
   *
   * @param decision the decision's id
   */
  public void report(String decision, Outcome outcome) {
    report(decision, outcome, Optional.empty(), NullValue.NULL);
  }

  /**
   * {@link #report(String, Outcome)} with more to say.
   *
   * @param actual the amount that was really used, where it differs from what was decided
   * @param detail for the log
   */
  public void report(String decision, Outcome outcome, Optional<BigDecimal> actual, Value detail) {
    wiring.desk().report(decision, outcome, actual, detail);
  }

  /**
   * Starts a run; it is durable when this returns.
   *
   * @param playbook the playbook's name
   * @param agent whose run it is
   * @param inputs what the playbook asks for
   * @throws BylawException if there is no such playbook or agent, or the inputs are wrong
   */
  public Runner.Started start(String playbook, String agent, ObjectValue inputs) {
    Runner.Started started = startLater(playbook, agent, inputs);
    Waiting.on(started.begun());
    return started;
  }

  /** {@link #start} without waiting: {@link Runner.Started#begun} tells when it is durable. */
  public Runner.Started startLater(String playbook, String agent, ObjectValue inputs) {
    Playbook known = playbook(playbook);
    if (!agents().contains(agent)) {
      throw BylawException.misuse(
          "there is no agent `" + agent + "`" + hint(agent, agents(), "`bylaw.yaml` lists them"));
    }
    Inputs.Completed completed = known.inputs().complete(inputs);
    if (!completed.problems().isEmpty()) {
      throw BylawException.misuse(
          "`" + playbook + "` cannot run: " + String.join("; ", completed.problems()));
    }
    return wiring
        .runner()
        .start(
            new Machine(known),
            known.source().text(),
            wiring.newId(),
            agent,
            completed.values(),
            wiring.loaded().settings().vars());
  }

  /** Runs a playbook until it has ended or waits for people. */
  public RunStanding run(String playbook, String agent, ObjectValue inputs) {
    return Waiting.on(start(playbook, agent, inputs).rest());
  }

  private Playbook playbook(String name) {
    Playbook known = playbooks().get(name);
    if (known == null) {
      throw BylawException.misuse(
          "there is no playbook `"
              + name
              + "`"
              + hint(name, playbooks().keySet(), "`bylaw check` tells what is wrong with a file"));
    }
    return known;
  }

  private static String hint(String name, Set<String> known, String otherwise) {
    String near = DidYouMean.hint(name, known);
    return near.isEmpty()
        ? known.isEmpty()
            ? ""
            : ", expected one of `" + String.join("`, `", known) + "`; " + otherwise
        : ", " + near;
  }

  /** Cancels a run; an action under way is waited for. */
  public RunStanding cancel(String run, String by, String reason) {
    return Waiting.on(wiring.runner().tell(run, new Event.Cancelled(by, reason, wiring.now())));
  }

  /**
   * Waits until every run that was taken up at the start has ended or waits for people.
   *
   * @param most how long at most
   * @return where they stand
   */
  public List<RunStanding> resumed(Duration most) {
    return wiring.resumed(most);
  }

  /** What really applies to an agent, with every winner and loser. */
  public EffectivePolicy effective(String agent) {
    return policies()
        .agent(agent)
        .map(AgentPolicy::effective)
        .orElseThrow(() ->
            BylawException.misuse(
                "there is no agent `"
                    + agent
                    + "`"
                    + hint(agent, agents(), "`bylaw.yaml` lists them")));
  }

  /** The policies that are in force. */
  public PolicySet policySet() {
    return policies();
  }

  /** Questions to people, and their answers. */
  public Approvals approvals() {
    return wiring.approvals();
  }

  /** The runs. */
  public Runs runs() {
    return wiring.runs();
  }

  /** Usage against each cap. */
  public CapReport caps() {
    return wiring.caps();
  }

  /** How well policies and playbooks do. */
  public MetricsReport metrics() {
    return wiring.metrics();
  }

  /** The two logs. */
  public Audit audit() {
    return wiring.audit();
  }

  /** The sandbox of the folder: where it listens, what it has seen. */
  public SandboxView sandbox() {
    return new SandboxView(wiring.sandboxed());
  }

  /**
   * Reads the folder again: agents, packs, data, playbooks, contents, schemas and templates. A file
   * that is broken now never replaces one that worked; one that is gone is gone, and an agent to
   * whom a pack is attached that is gone may do nothing. Connections, hosts, vendors, mail,
   * payments and what logs mask stay as they were when the folder was opened.
   *
   * @return what is wrong
   */
  public List<Diagnostic> reload() {
    return wiring.reload();
  }

  @Override
  public void close() {
    wiring.close();
  }
}
