package dev.bylaw.bench.cedar;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Source;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cedar: a decision of the drives, the same out of JSON, loading 10,000 policies, and strict
 * validation of 1,000 policies by a schema of 1,000 actions.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CedarBenchmark {
  private final Case drive = new Applications(20, 20).drive();
  private final Case actions = new Scaling(1_000).actions();
  private final String many = text(new Scaling(10_000).conditions());
  private final Schema schema = Schema.parse(drive.schema);
  private final Authorizer authorizer = Authorizer.of(PolicySet.parse(text(drive)));
  private final Entities entities =
      EntityJson.read(Source.of("entities", "[" + String.join(",", drive.entities) + "]"), schema);
  private final List<Source> texts =
      drive.requests.stream().map(each -> Source.of("request", each)).toList();
  private final List<Request> requests =
      texts.stream().map(each -> RequestJson.read(each, schema)).toList();
  private final PolicySet policies = PolicySet.parse(text(actions));
  private final Validator validator = new Validator(Schema.parse(actions.schema));
  private int next;

  private static String text(Case of) {
    return String.join("\n", of.policies);
  }

  /** A fast wrong answer is no measurement. */
  @Setup
  public void check() {
    List<Boolean> allowed =
        requests.stream().map(each -> authorizer.authorize(each, entities).isAllowed()).toList();
    if (!allowed.contains(true) || !allowed.contains(false) || !validate().isEmpty()) {
      throw new IllegalStateException("not what the cases are made for");
    }
  }

  private int next() {
    next = next + 1 == requests.size() ? 0 : next + 1;
    return next;
  }

  /** A decision with its reasons and failures. */
  @Benchmark
  public int decide() {
    Answer answer = authorizer.authorize(requests.get(next()), entities);
    return (answer.isAllowed() ? 1 : 0) + answer.reasons().size() + answer.failed().size();
  }

  /** The same, the request out of JSON. */
  @Benchmark
  public boolean decideFromJson() {
    Request request = RequestJson.read(texts.get(next()), schema);
    return authorizer.authorize(request, entities).isAllowed();
  }

  /** Parsing and indexing 10,000 policies. */
  @Benchmark
  public Authorizer load() {
    return Authorizer.of(PolicySet.parse(many));
  }

  /** Strict validation. */
  @Benchmark
  public List<Diagnostic> validate() {
    return validator.validate(policies);
  }
}
