package dev.bylaw.runtime;

import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.approve.ApproverKeys;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.store.log.Payload;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The example identity, copied to a folder of a test's own, and what tests say about it. */
final class Acme {
  static final String AGENT = "support-agent";
  static final Path EXAMPLES = Path.of("..", "examples");
  static final Approvals.Person DANA = new Approvals.Person("dana", Optional.of("dana's own key"));
  static final Approvals.Person LEE = new Approvals.Person("lee", Optional.of("lee's own key"));

  private Acme() {}

  /** A time that stands until it is moved: noon in New York, where the identity's day is. */
  static final class Clock implements InstantSource {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-03-02T17:00:00Z"));

    @Override
    public Instant instant() {
      return now.get();
    }

    void pass(Duration time) {
      now.updateAndGet(before -> before.plus(time));
    }
  }

  /** Copies the example and gives its approvers keys. */
  static Path in(Path folder) throws IOException {
    Path from = EXAMPLES.resolve("acme");
    Path to = folder.resolve("acme");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    keys(to, DANA);
    keys(to, LEE);
    return to;
  }

  private static void keys(Path dir, Approvals.Person who) throws IOException {
    String line = "  " + who.person() + ": { groups: [managers]";
    String key = ApproverKeys.hash(who.key().orElseThrow());
    replace(dir.resolve("bylaw.yaml"), line, line + ", key: \"" + key + "\"");
  }

  /** Replaces a text in a file that has to hold it. */
  static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(old)) {
      throw new IllegalStateException(file + " does not hold: " + old);
    }
    Files.writeString(file, text.replace(old, now));
  }

  static Bylaw open(Path dir, InstantSource clock) {
    return Bylaw.open(dir, Bylaw.Options.standard().withClock(clock));
  }

  static ObjectValue refundOf(String amount) {
    return ObjectValue.builder(4)
        .put("order_id", "o-1001")
        .put("refund_amount", NumberValue.of(new BigDecimal(amount)))
        .put("customer_id", "c-17")
        .put("customer_email", "ada@example.com")
        .build();
  }

  static ObjectValue payment(String amount) {
    return ObjectValue.builder(3)
        .put("customer_id", "c-18")
        .put("amount", NumberValue.of(new BigDecimal(amount)))
        .put("customer_email", "grace@example.com")
        .build();
  }

  /** Runs a playbook as the support agent; the word of where it stands. */
  static String run(Bylaw bylaw, String playbook, ObjectValue inputs) {
    return bylaw.run(playbook, AGENT, inputs).status().word();
  }

  /** The one question that a run asks. */
  static KeptApproval asked(Bylaw bylaw, RunStanding waiting) {
    List<KeptApproval> asked =
        bylaw.approvals().pending().stream()
            .filter(each -> each.run().equals(waiting.id()))
            .toList();
    if (asked.size() != 1) {
      throw new AssertionError(waiting + " asks " + asked.size() + " questions");
    }
    return asked.getFirst();
  }

  /** Agrees to a question as it was asked. */
  static Approvals.Answered approve(Bylaw bylaw, KeptApproval asked, Approvals.Person who) {
    return bylaw.approvals().approve(asked.id(), who, "seen", Optional.empty(), Optional.empty());
  }

  /** The events of a run in one log, in order. */
  static List<String> events(Bylaw bylaw, String run, LogName log) {
    return bylaw.audit().ofRun(run).stream()
        .filter(each -> each.chain().log() == log)
        .map(LogRecord::event)
        .toList();
  }

  /** {@code event step} of a run in the playbook log, in order. */
  static List<String> steps(Bylaw bylaw, String run) {
    return bylaw.audit().ofRun(run).stream()
        .filter(each -> each.chain().log() == LogName.PLAYBOOK)
        .map(each -> (each.event() + " " + data(each).text("step")).strip())
        .toList();
  }

  /** The rules that a run's actions violated, in order. */
  static List<String> violated(Bylaw bylaw, String run) {
    return bylaw.audit().ofRun(run).stream()
        .filter(each -> each.event().equals("policy_violation"))
        .map(each -> rule(data(each)))
        .toList();
  }

  private static String rule(ObjectValue data) {
    return data.get("violation") instanceof ObjectValue violation
        ? violation.text("id")
        : data.text("id").isEmpty() ? data.text("rule") : data.text("id");
  }

  static ObjectValue data(LogRecord logged) {
    Value value = logged.payload().map(Payload::value).orElse(ObjectValue.EMPTY);
    return value instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }
}
