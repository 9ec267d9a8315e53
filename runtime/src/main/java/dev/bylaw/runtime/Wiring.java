package dev.bylaw.runtime;

import dev.bylaw.actions.sandbox.Sandbox;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Playbooks;
import dev.bylaw.playbook.definition.Vocabulary;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.policy.approval.ApprovalEvent;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.pack.PackExamples;
import dev.bylaw.runtime.act.ActionKit;
import dev.bylaw.runtime.act.GuardedCalls;
import dev.bylaw.runtime.act.LedgerUsage;
import dev.bylaw.runtime.act.PlaybookNotes;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.approve.ApproverKeys;
import dev.bylaw.runtime.audit.Audit;
import dev.bylaw.runtime.decide.Deciding;
import dev.bylaw.runtime.decide.DecisionDesk;
import dev.bylaw.runtime.decide.FactBook;
import dev.bylaw.runtime.folder.FolderFiles;
import dev.bylaw.runtime.folder.Loaded;
import dev.bylaw.runtime.folder.Loader;
import dev.bylaw.runtime.measure.CapReport;
import dev.bylaw.runtime.measure.MetricsReport;
import dev.bylaw.runtime.run.ActionCalls;
import dev.bylaw.runtime.run.Definitions;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.runtime.run.Runner;
import dev.bylaw.runtime.run.Runs;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of an open folder, wired. */
final class Wiring implements AutoCloseable {
  private static final String STATE = ".bylaw";

  private final Path dir;
  private final Bylaw.Options options;
  private final Ids ids;
  private final Loader loader;
  private final Sandboxed sandboxed;
  private final Store store;
  private final ActionKit kit;
  private final GuardedCalls calls;
  private final Deciding deciding;
  private final DecisionPoint point;
  private final Runner runner;
  private final Approvals approvals;
  private final List<Runner.Resumed> resumed = new ArrayList<>();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bylaw-clockwork").factory());

  private volatile Loaded loaded;

  private Wiring(
      Path dir,
      Bylaw.Options options,
      Loader loader,
      Loaded first,
      Sandboxed sandboxed,
      Store store,
      UnaryOperator<ActionCalls> around) {
    this.dir = dir;
    this.options = options;
    this.ids = new Ids(options.clock());
    this.loader = loader;
    this.sandboxed = sandboxed;
    this.loaded = first;
    this.store = store;
    String identity = first.policies().registry().identity();
    var usage = new LedgerUsage(() -> loaded.policies(), store, options.clock());
    var notes = new PlaybookNotes(identity, store);
    this.kit =
        ActionKit.of(
            first.settings(),
            new ActionKit.Needs(
                loader::schemas,
                loader::templates,
                loader::inspector,
                usage,
                notes,
                first.policies().registry().currency(),
                options.clock()));
    boolean wired = false;
    try {
      this.point = new DecisionPoint(ids, store.usage());
      point.use(first.policies());
      var facts =
          new FactBook(
              () -> loaded.policies().registry(),
              () -> loaded.settings(),
              kit.actions(),
              options.clock());
      this.deciding = new Deciding(identity, store, point, facts, () -> loaded.policies(), ids);
      this.calls = new GuardedCalls(kit.actions(), () -> loaded.settings(), facts::credentialName);
      this.runner =
          new Runner(
              identity,
              store,
              deciding.gate(),
              around.apply(calls),
              new Definitions(this::machine),
              options.clock());
      this.approvals =
          new Approvals(
              deciding.approvals(),
              runner,
              () -> new ApproverKeys(loaded.settings().approverKeys()),
              this::edited);
      wired = true;
    } finally {
      if (!wired) {
        kit.close();
      }
    }
  }

  /**
   * Opens a folder.
   *
   * @param around what stands between runs and the actions they call
   */
  static Wiring of(Path folder, Bylaw.Options options, UnaryOperator<ActionCalls> around) {
    Path dir = folder.toAbsolutePath().normalize();
    requireIdentity(dir, folder);
    var loader = new Loader(new FolderFiles(dir, new Diagnostics()).root());
    Sandboxed sandboxed = Sandboxed.none();
    @Nullable Store store = null;
    boolean wired = false;
    try {
      boolean wanted = loader.wantsSandbox();
      Path state = dir.resolve(STATE).resolve("sandbox");
      if (wanted) {
        sandboxed = options.looks() ? Sandboxed.seen(state) : Sandboxed.asleep(state);
      }
      Loaded first = loader.load(sandboxed.addresses());
      if (first.isUnusable()) {
        throw new DiagnosticsException(first.diagnostics());
      }
      store = store(dir, options, loader, first);
      // Not before the store is ours: another process on this folder has a sandbox of its own.
      if (wanted && options.runs()) {
        sandboxed = Sandboxed.start(state);
      }
      var wiring = new Wiring(dir, options, loader, first, sandboxed, store, around);
      wired = true;
      wiring.beginOrClose();
      return wiring;
    } finally {
      if (!wired) {
        if (store != null) {
          store.close();
        }
        sandboxed.close();
      }
    }
  }

  private static Store store(Path dir, Bylaw.Options options, Loader loader, Loaded first) {
    StoreOptions how =
        StoreOptions.in(dir.resolve(STATE).resolve("store"))
            .withKeyFile(dir.resolve(STATE).resolve("log.key"))
            .withMasking(LogMask.of(loader::inspector, first.settings().masked()))
            .withClock(options.clock());
    return options.looks() ? Store.look(how) : Store.open(how);
  }

  static List<Diagnostic> check(Path folder) {
    Path dir = folder.toAbsolutePath().normalize();
    requireIdentity(dir, folder);
    var loader = new Loader(dir);
    Loaded loaded = loader.load(loader.wantsSandbox() ? Sandbox.examples() : Map.of());
    var found = new Diagnostics();
    found.addAll(loaded.diagnostics());
    loaded
        .policySet()
        .ifPresent(set -> {
          var examples = new PackExamples(set.registry(), set.data(), set.environment());
          set.packs().values().forEach(pack -> examples.run(pack, found));
        });
    return found.inOrder();
  }

  private static void requireIdentity(Path dir, Path asked) {
    if (!Files.isDirectory(dir)) {
      throw BylawException.misuse("there is no folder `" + asked + "`");
    }
    if (!Files.isRegularFile(dir.resolve("bylaw.yaml"))) {
      throw BylawException.misuse(
          "there is no `bylaw.yaml` in "
              + dir
              + "; name the folder with --dir, or make one with `bylaw init DIR`");
    }
  }

  /** A folder that could not be opened is not kept from the next who tries. */
  private void beginOrClose() {
    boolean begun = false;
    try {
      begin();
      begun = true;
    } finally {
      if (!begun) {
        close();
      }
    }
  }

  private void begin() {
    if (options.looks()) {
      return;
    }
    store.transact(transaction -> {
      var _ = transaction.ledger().recover();
      return transaction.ledger().expire(now());
    });
    if (options.runs()) {
      resumed.addAll(runner.recover());
      approvals.tellAgain();
      var _ = clockwork.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
      var _ = clockwork.scheduleWithFixedDelay(this::sign, 10, 10, TimeUnit.MINUTES);
    }
  }

  /** What time does: approvals are reminded, escalated and expire; so do reservations. */
  private void tick() {
    try {
      Instant now = now();
      if (deciding.approvals().nextTick().filter(at -> !at.isAfter(now)).isPresent()) {
        for (String id : deciding.approvals().tick()) {
          var _ = approvals.tell(id);
        }
      }
      if (store
          .transact(transaction -> transaction.ledger().nextExpiry())
          .filter(at -> !at.isAfter(now))
          .isPresent()) {
        store.transact(transaction -> transaction.ledger().expire(now));
      }
    } catch (RuntimeException e) {
      // A store that is gone tells everybody who asks it; the clock goes on for when it is back.
    }
  }

  /** A checkpoint covers all that the logs hold; a cut is found against it. */
  private void sign() {
    try {
      var _ = store.audit().checkpoint();
    } catch (RuntimeException e) {
      // A store that has stopped says so to everybody who asks it; the last checkpoint holds.
    }
  }

  private Machine machine(String digest, String text, Set<String> vars) {
    Vocabulary vocabulary =
        Vocabulary.of(kit.actions().values().stream().map(Action::spec).toList(), vars);
    var diagnostics = new Diagnostics();
    // The text alone is kept: JSON with tabs is no YAML.
    Optional<Playbook> playbook =
        Playbooks.read(Source.of(digest + ".yaml", text), vocabulary, diagnostics)
            .or(() ->
                Playbooks.read(Source.of(digest + ".json", text), vocabulary, new Diagnostics()));
    return new Machine(playbook.orElseThrow(() -> new DiagnosticsException(diagnostics.all())));
  }

  private ApprovalEvent.Edit edited(KeptApproval approval, ObjectValue params) {
    return deciding.edited(approval, params, runs());
  }

  Path dir() {
    return dir;
  }

  Loaded loaded() {
    return loaded;
  }

  String newId() {
    return ids.get();
  }

  Instant now() {
    return Instant.ofEpochMilli(options.clock().millis());
  }

  DecisionDesk desk() {
    return deciding.desk();
  }

  Runner runner() {
    return runner;
  }

  Approvals approvals() {
    return approvals;
  }

  Runs runs() {
    return new Runs(identity(), store);
  }

  CapReport caps() {
    return new CapReport(() -> loaded.policies(), store, options.clock());
  }

  MetricsReport metrics() {
    return new MetricsReport(
        identity(),
        () -> loaded.policies(),
        () -> Set.copyOf(kit.actions().keySet()),
        store,
        options.clock());
  }

  Audit audit() {
    return new Audit(identity(), store);
  }

  Map<String, String> sandboxAddresses() {
    return sandboxed.addresses();
  }

  Sandboxed sandboxed() {
    return sandboxed;
  }

  private String identity() {
    return loaded.policies().registry().identity();
  }

  List<RunStanding> resumed(Duration most) {
    List<RunStanding> standings = new ArrayList<>();
    Instant end = Instant.now().plus(most);
    for (Runner.Resumed run : resumed) {
      long left = Math.max(0, Duration.between(Instant.now(), end).toMillis());
      try {
        standings.add(run.rest().get(left, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        throw new BylawException("run " + run.id() + " is still under way after " + most);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return standings;
      } catch (java.util.concurrent.ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      }
    }
    return standings;
  }

  List<Diagnostic> reload() {
    Loaded next = loader.load(sandboxed.addresses());
    if (!next.isUnusable()) {
      point.use(next.policies());
      loaded = next;
    }
    return next.diagnostics();
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    // The store gives its lock back whatever becomes of the others.
    try (sandboxed;
        kit;
        store;
        calls) {
      runner.close();
      if (!options.looks()) {
        sign();
      }
    }
  }
}
