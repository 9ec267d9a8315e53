package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.policy.Effect;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.approve.ApproverKeys;
import dev.bylaw.runtime.decide.DecisionDesk.Decided;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The specification's scenarios, played through real policies and playbooks.
 *
 * <p>Nothing here decides: each scene asks, shows what came of it, and compares that with what the
 * folder's packs are known to say. Where somebody has changed them, the scenes show what holds now.
 */
final class Demo {
  private static final String AGENT = "support-agent";
  private static final String DISGUISED =
      "WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone";
  private static final String APPROVER = "dana";

  /**
   * What came of the demo.
   *
   * @param scenes what each came to, in order
   */
  record Summary(List<Scene> scenes) {
    boolean asExpected() {
      return scenes.stream().allMatch(scene -> scene.expected.equals(scene.came));
    }

    ObjectValue toValue() {
      return ObjectValue.of(
          "as_expected",
          Value.of(asExpected()),
          "scenes",
          ArrayValue.of(scenes.stream().map(Scene::toValue).toList()));
    }
  }

  /**
   * One scene.
   *
   * @param name of it
   * @param expected what the example's packs say
   * @param came what it came to
   */
  record Scene(String name, String expected, String came) {
    Value toValue() {
      return ObjectValue.builder(3)
          .put("scene", name)
          .put("expected", expected)
          .put("came", came)
          .build();
    }
  }

  private final Screen screen;
  private final Path folder;
  private final List<Scene> scenes = new ArrayList<>();

  Demo(@Nullable Screen screen, Path folder) {
    this.screen = screen == null ? silent() : screen;
    this.folder = folder;
  }

  private static Screen silent() {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Screen(nowhere, nowhere, false);
  }

  Summary play() throws IOException {
    Approvals.Person approver = approver();
    try (Bylaw bylaw = Bylaw.open(folder)) {
      screen.line(
          screen.styled(Style.BOLD, "Bylaw"),
          " over " + folder + ", agent " + AGENT + ", approver " + APPROVER);
      screen.line(
          screen.styled(
              Style.DIM,
              "sandbox: payments "
                  + bylaw.sandbox().addresses().get("payments")
                  + ", mail 127.0.0.1:"
                  + bylaw.sandbox().addresses().get("mail_port")
                  + ", an API "
                  + bylaw.sandbox().addresses().get("api")
                  + ", an orders database"));
      dataProtection(bylaw);
      accessControl(bylaw, approver);
      financialTransactions(bylaw);
      refund(bylaw, approver);
      closing(bylaw);
    }
    return new Summary(scenes);
  }

  private void dataProtection(Bylaw bylaw) {
    screen.title("1  Data protection");
    say("Policy: no personal data may be sent to external APIs outside the approved vendor list.");
    say("Written in packs/data_protection.rego, which is the specification's Rego, unedited.");
    decide(
        bylaw,
        "an SSN for an untrusted API",
        Effect.BLOCK,
        ObjectValue.builder(3)
            .put("action", "api_call")
            .put("endpoint", "https://untrusted-api.com")
            .put("payload", ObjectValue.of("ssn", StringValue.of("123-45-6789")))
            .build());
    decide(
        bylaw,
        "a product id for the same API",
        Effect.ALLOW,
        ObjectValue.builder(3)
            .put("action", "api_call")
            .put("endpoint", "https://untrusted-api.com")
            .put("payload", ObjectValue.of("product_id", StringValue.of("ABC123")))
            .build());
    say("Playbook forward_support_ticket: read the ticket, find personal data, redact, check the");
    say("vendor, send what is left, log it.");
    run(
        bylaw,
        "a ticket for an approved vendor",
        "completed",
        "forward_support_ticket",
        ObjectValue.of(
            "ticket_id",
            StringValue.of("t-501"),
            "endpoint",
            StringValue.of(bylaw.sandbox().addresses().get("api") + "/tickets")));
    bylaw
        .sandbox()
        .received()
        .forEach(
            body -> screen.line("  ", screen.styled(Style.DIM, "the vendor received: "), body));
  }

  private void accessControl(Bylaw bylaw, Approvals.Person approver) {
    screen.title("2  Authorization and access control");
    say(
        "Policy: in production, service accounts that only read; writing needs a person's approval.");
    say(
        "Written in packs/access_control.cedar, the specification's two policies, unedited, and in");
    say("packs/service-accounts.yaml.");
    say("(A model may write the SQL; here it is an input.)");
    run(
        bylaw,
        "a question to the orders",
        "completed",
        "query_data",
        ObjectValue.of(
            "sql", StringValue.of("SELECT id, status, total FROM orders WHERE total > 500")));
    run(
        bylaw,
        "a question to the customers, who are personal data",
        "blocked",
        "query_data",
        ObjectValue.of("sql", StringValue.of("SELECT email, ssn FROM customers")));
    runAs(
        bylaw,
        "dev-agent",
        "an agent with a person's key",
        "blocked",
        "query_data",
        ObjectValue.of("sql", StringValue.of("SELECT id FROM orders")));
    say(
        "A change in disguise: the policies let this agent read the orders, and cannot know what a");
    say("statement really does. The action reads it before the database does, and refuses;");
    say("the connection could not have written either.");
    run(
        bylaw,
        "a change in disguise",
        "failed",
        "query_data",
        ObjectValue.of("sql", StringValue.of(DISGUISED)));
    ObjectValue change =
        ObjectValue.of(
            "sql", StringValue.of("UPDATE orders SET status = 'returned' WHERE id = 'o-1001'"));
    RunStanding waiting =
        run(
            bylaw,
            "a change, before anybody agreed",
            "waiting_for_approval",
            "modify_data",
            change);
    answer(bylaw, waiting, approver, true, "the change, agreed to by " + APPROVER, "completed");
    RunStanding again = run(bylaw, "another change", "waiting_for_approval", "modify_data", change);
    answer(bylaw, again, approver, false, "refused by " + APPROVER, "rejected");
  }

  private void financialTransactions(Bylaw bylaw) {
    screen.title("3  Financial transactions");
    say("Policy: a transaction below 1,000 USD, a customer's day below 5,000 USD.");
    pay(bylaw, "999.99", "completed");
    pay(bylaw, "1000.00", "blocked");
    for (int i = 0; i < 4; i++) {
      pay(bylaw, "999.99", "completed");
    }
    say("4,999.95 is spent: 0.05 more would make exactly 5,000.00, which is not below it.");
    pay(bylaw, "0.05", "blocked");
    pay(bylaw, "0.04", "completed");
  }

  private void pay(Bylaw bylaw, String amount, String expected) {
    ObjectValue inputs =
        ObjectValue.builder(3)
            .put("customer_id", "c-18")
            .put("amount", NumberValue.of(new BigDecimal(amount)))
            .put("customer_email", "grace@example.com")
            .build();
    RunStanding standing = bylaw.run("process_payment", AGENT, inputs);
    scene("a payment of " + amount + " USD", expected, standing.status().word());
    if (!standing.status().word().equals("completed")) {
      new RunText(screen, "").steps(bylaw.audit().ofRun(standing.id()));
    }
  }

  private void refund(Bylaw bylaw, Approvals.Person approver) {
    screen.title("4  The refund playbook of the specification, unedited");
    long before = bylaw.sandbox().payments();
    RunStanding waiting =
        run(
            bylaw,
            "a refund of 42.50 USD",
            "waiting_for_approval",
            "process_customer_refund",
            refundOf("42.50"));
    answer(bylaw, waiting, approver, true, "the refund, agreed to by " + APPROVER, "completed");
    say(
        "payments that reached the gateway: "
            + (bylaw.sandbox().payments() - before)
            + ", mails sent: "
            + bylaw.sandbox().mails());
    long then = bylaw.sandbox().payments();
    run(bylaw, "a refund of 10000 USD", "blocked", "process_customer_refund", refundOf("10000"));
    say("payments that reached the gateway: " + (bylaw.sandbox().payments() - then));
  }

  private static ObjectValue refundOf(String amount) {
    return ObjectValue.builder(4)
        .put("order_id", "o-1001")
        .put("refund_amount", NumberValue.of(new BigDecimal(amount)))
        .put("customer_id", "c-17")
        .put("customer_email", "ada@example.com")
        .build();
  }

  private void closing(Bylaw bylaw) {
    screen.title("The policy log: what was prevented, and why (newest)");
    AuditCommand.Log.text(screen, bylaw.audit().latest(LogName.POLICY, 8));
    screen.title("The playbook log: what was done (newest)");
    AuditCommand.Log.text(screen, bylaw.audit().latest(LogName.PLAYBOOK, 8));
    screen.gap();
    AuditCommand.Verify.text(screen, bylaw.audit().verify(Optional.of(bylaw.audit().checkpoint())));
    screen.title("Metrics");
    MetricsCommand.text(screen, bylaw.metrics().last(30));
    screen.title("Caps");
    CapsCommand.text(screen, bylaw.caps().lines(Optional.of(AGENT)));
    screen.title("Effective policy");
    EffectiveCommand.text(screen, bylaw.effective(AGENT));
  }

  private void decide(Bylaw bylaw, String name, Effect expected, ObjectValue request) {
    Decided decided = bylaw.decide(ActionRequest.fromValue(request, AGENT));
    Decision decision = decided.decision();
    scene(name, expected.word(), decision.effect().word());
    new DecisionText(screen, "  ").print(decision);
    screen.line(
        "    ",
        screen.styled(
            Style.DIM, "asked: " + String.join(", ", files(bylaw, decision.consulted()))));
  }

  /** The files of rules, in order of name. */
  private static Set<String> files(Bylaw bylaw, List<RuleId> rules) {
    Set<String> files = new TreeSet<>();
    for (Pack pack : bylaw.policySet().packs().values()) {
      for (Rule rule : pack.rules()) {
        if (rules.contains(rule.id())) {
          files.add(rule.span().source().name());
        }
      }
    }
    return files;
  }

  private RunStanding run(
      Bylaw bylaw, String name, String expected, String playbook, ObjectValue inputs) {
    return runAs(bylaw, AGENT, name, expected, playbook, inputs);
  }

  private RunStanding runAs(
      Bylaw bylaw,
      String agent,
      String name,
      String expected,
      String playbook,
      ObjectValue inputs) {
    RunStanding standing = bylaw.run(playbook, agent, inputs);
    scene(name, expected, standing.status().word());
    new RunText(screen, "").steps(bylaw.audit().ofRun(standing.id()));
    return standing;
  }

  private void answer(
      Bylaw bylaw,
      RunStanding waiting,
      Approvals.Person approver,
      boolean agree,
      String name,
      String expected) {
    Optional<KeptApproval> asked =
        bylaw.approvals().pending().stream()
            .filter(each -> each.run().equals(waiting.id()))
            .findFirst();
    if (asked.isEmpty()) {
      scene(name, expected, "nobody was asked");
      return;
    }
    Approvals.Answered answered =
        agree
            ? bylaw
                .approvals()
                .approve(asked.get().id(), approver, "seen", Optional.empty(), Optional.empty())
            : bylaw.approvals().reject(asked.get().id(), approver, "not today");
    String came =
        answered.runs().isEmpty() ? "nobody waited" : answered.runs().getFirst().status().word();
    scene(name, expected, came);
    new RunText(screen, "").after(bylaw.audit().ofRun(waiting.id()), "approval_");
  }

  private void scene(String name, String expected, String came) {
    scenes.add(new Scene(name, expected, came));
    screen.gap();
    Style style =
        switch (came) {
          case "completed", "allow", "warn" -> Style.GOOD;
          case "waiting_for_approval", "require_approval" -> Style.ASK;
          default -> Style.BAD;
        };
    screen.line(
        screen.styled(Style.BOLD, "▸ " + name),
        "  ",
        screen.styled(style, came.replace('_', ' ')),
        expected.equals(came)
            ? ""
            : screen.styled(Style.DIM, "  (the example as shipped: " + expected + ")"));
  }

  private void say(String text) {
    screen.line(screen.styled(Style.DIM, text));
  }

  /** The approver's key: made at the first start, and its hash put into the folder's file. */
  private Approvals.Person approver() throws IOException {
    Path file = folder.resolve(".bylaw").resolve("keys").resolve(APPROVER);
    Path config = folder.resolve("bylaw.yaml");
    if (!Files.exists(file)) {
      String hash = ApproverKeys.make(file);
      String text = Files.readString(config);
      String line = "  " + APPROVER + ": { groups: [managers] }";
      Files.writeString(
          config,
          text.replace(line, "  " + APPROVER + ": { groups: [managers], key: \"" + hash + "\" }"));
    }
    return new Approvals.Person(APPROVER, Optional.of(Files.readString(file)));
  }
}
