package dev.bylaw.bench.jmh;

import dev.bylaw.bench.Whole;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.Masking;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request over an open folder: {@code evaluate}, which reads and changes nothing, with a cap;
 * and what its record in the log costs on the caller's thread, masked and not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // made by the set-up
public class DecisionBenchmark {
  private static final Set<EntityType> BY_DEFAULT =
      Set.of(EntityType.SSN, EntityType.CREDIT_CARD, EntityType.IBAN);
  private static final Set<EntityType> ALSO_MAIL =
      Set.of(EntityType.SSN, EntityType.CREDIT_CARD, EntityType.IBAN, EntityType.EMAIL);

  private static final List<String> OWN =
      List.of("id", "decision", "allowed", "reason", "digest", "revision", "at");

  private final ActionRequest request =
      ActionRequest.of(
          "agent",
          "pay",
          ObjectValue.of("amount", NumberValue.of(1), "customer", NumberValue.of(17)));
  private final Redactor redactor =
      Redactor.of(Inspector.standard().withInstalledModels(), new Redaction.Label());
  private Path folder = Path.of("");
  private Bylaw bylaw;
  private ObjectValue payload = ObjectValue.EMPTY;

  /** Opens a folder with a cap and two rules. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("decision");
    bylaw = Bylaw.open(Whole.identity(folder.resolve("identity")));
    payload = bylaw.decide(request).decision().toValue();
  }

  /** Closes and deletes it. */
  @TearDown
  public void close() throws IOException {
    bylaw.close();
    Whole.delete(folder);
  }

  /** A decision that is only tried. */
  @Benchmark
  public Decision evaluate() {
    return bylaw.evaluate(request);
  }

  /** Writing out a decision's record and committing to it. */
  @Benchmark
  public Sealed record() {
    return Sealed.of(draft(), Masking.NONE);
  }

  /** The same with the mask that logs have where nothing is said. */
  @Benchmark
  public Sealed recordMaskedByDefault() {
    return Sealed.of(draft(), (_, each) -> masked(each, BY_DEFAULT));
  }

  /** The same with addresses of mail masked too. */
  @Benchmark
  public Sealed recordMaskedWithMail() {
    return Sealed.of(draft(), (_, each) -> masked(each, ALSO_MAIL));
  }

  private Draft draft() {
    return new Draft(LogEvent.POLICY_DECISION, "d-1", "", payload);
  }

  /** As the runtime masks: what it makes up itself is left alone. */
  private ObjectValue masked(ObjectValue each, Set<EntityType> types) {
    ObjectValue others = each;
    ObjectValue.Builder own = ObjectValue.builder(OWN.size());
    for (String name : OWN) {
      own.put(name, Objects.requireNonNull(each.get(name)));
      others = others.without(name);
    }
    Value masked = redactor.redact(others, types).result();
    return (masked instanceof ObjectValue object ? object : others).with(own.build());
  }
}
