package dev.bylaw.bench.jmh;

import dev.bylaw.rego.bench.CaseBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Policies in Rego: the written cases of {@code bench/rego/cases}, each in a process of its own,
 * and all of them in turn, so that calls between steps are as megamorphic as in a server. An
 * operation is one round over the inputs of a case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegoBenchmark {
  private static final String[] NAMES = {
    "api-access",
    "azure-keyvault",
    "azure-nsg",
    "azure-storage",
    "azure-vm",
    "data-processing",
    "data-sensitivity",
    "rbac",
    "specification",
    "time-based"
  };

  /** The case. */
  @Param({
    "api-access",
    "azure-keyvault",
    "azure-nsg",
    "azure-storage",
    "azure-vm",
    "data-processing",
    "data-sensitivity",
    "rbac",
    "specification",
    "time-based",
    "all"
  })
  public String name = "all";

  private CaseBench[] cases = {};

  /** Prepares the cases, and checks that each has inputs that it decides differently. */
  @Setup
  public void prepare() throws IOException {
    String[] names = name.equals("all") ? NAMES : new String[] {name};
    cases = new CaseBench[names.length];
    for (int i = 0; i < names.length; i++) {
      cases[i] = new CaseBench(folder().resolve(names[i]));
      if (!cases[i].tellsInputsApart()) {
        throw new IllegalStateException(names[i] + " answers all inputs alike");
      }
    }
  }

  private static Path folder() {
    Path here = Path.of("bench/rego/cases");
    return Files.isDirectory(here) ? here : Path.of("rego/cases");
  }

  /** One round over the inputs. */
  @Benchmark
  public void round(Blackhole hole) {
    for (CaseBench each : cases) {
      for (int i = 0; i < each.inputs(); i++) {
        hole.consume(each.answer(i));
      }
    }
  }
}
