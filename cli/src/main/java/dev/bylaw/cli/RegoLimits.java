package dev.bylaw.cli;

import dev.bylaw.rego.Request;
import dev.bylaw.rego.plan.EvaluationException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What an evaluation may cost in memory. Without a bound a policy that means harm, or a
 * comprehension over more than was thought of, would only end when the heap does.
 */
final class RegoLimits {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)(?:i?b)?");
  private static final long MEGABYTE = 1L << 20;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = {
        "how much may be held at once, policies and data included, such as",
        "500m or 2g; three quarters of the heap where it is not said"
      })
  private @Nullable String memory;

  private boolean exceeded;

  /** The request, cancelled when more is held than may be. */
  Request on(Request request) {
    long most = most();
    return request.cancelledBy(() -> exceeds(most));
  }

  private long most() {
    long heap = Runtime.getRuntime().maxMemory();
    if (memory == null) {
      return heap / 4 * 3;
    }
    Matcher size = SIZE.matcher(memory.toLowerCase(java.util.Locale.ROOT));
    if (!size.matches()) {
      throw new UsageException("expected a size such as `500m` or `2g`, found `" + memory + "`");
    }
    int power = size.group(2).isEmpty() ? 0 : "kmgt".indexOf(size.group(2)) + 1;
    long bytes = Long.parseLong(size.group(1)) << (10 * power);
    if (bytes <= 0 || bytes >> (10 * power) != Long.parseLong(size.group(1))) {
      throw new UsageException("`" + memory + "` is no size that an evaluation can have");
    }
    if (bytes > heap) {
      throw new UsageException(
          "--memory "
              + memory
              + " is more than the heap of "
              + megabytes(heap)
              + "; make that larger: BYLAW_JAVA_OPTS=-Xmx"
              + (bytes / MEGABYTE * 4 / 3 + 1)
              + "m");
    }
    return bytes;
  }

  /** What is held, and what only waits to be collected, is more; then the latter is collected. */
  private boolean exceeds(long most) {
    if (held() <= most) {
      return false;
    }
    System.gc();
    // Where hardly any room is left, collecting would take all the time there is.
    boolean over = held() > most - most / 16;
    exceeded |= over;
    return over;
  }

  private static long held() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String megabytes(long bytes) {
    return bytes < MEGABYTE ? bytes + " bytes" : bytes / MEGABYTE + " MB";
  }

  /** The same failure, with what a user can do about it. */
  EvaluationException told(EvaluationException e, @Nullable Duration time, @Nullable String said) {
    if (!e.code().equals(EvaluationException.CANCEL)) {
      return e;
    }
    String text = e.text();
    boolean over = exceeded;
    exceeded = false;
    if (over || text.equals(EvaluationException.FULL)) {
      text =
          "evaluation holds more than "
              + megabytes(over ? most() : Runtime.getRuntime().maxMemory())
              + " of memory; collect less in comprehensions, sets and objects, or allow more with"
              + " --memory SIZE (and a larger heap: BYLAW_JAVA_OPTS=-Xmx4g)";
    } else if (text.equals(EvaluationException.DEEP)) {
      text += "; functions that call one another, or values within values, go too deep";
    } else if (time != null && said != null) {
      text = "context deadline exceeded: evaluation took longer than " + said + " (--timeout)";
    }
    return new EvaluationException(e.code(), text, e.span());
  }
}
