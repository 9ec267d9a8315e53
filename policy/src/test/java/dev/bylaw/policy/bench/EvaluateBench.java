package dev.bylaw.policy.bench;

import com.sun.management.ThreadMXBean;
import dev.bylaw.policy.Effect;
import dev.bylaw.policy.House;
import dev.bylaw.policy.cedar.CedarLanguage;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.policy.rego.RegoLanguage;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures {@code evaluate}: 5 packs, of whose rules 20 match a request (10 CEL, 6 typed, 2 Rego, 2
 * Cedar), none violated. Run by hand:
 *
 * <pre>java … dev.bylaw.policy.bench.EvaluateBench [seconds]</pre>
 */
public final class EvaluateBench {
  private static final String REQUEST =
      """
      {"action": "call_payment_api", "checkpoint": "financial_transaction",
       "params": {"endpoint": "https://pay.example.com/refund", "amount": 99.5, "currency": "USD",
                  "customer_id": "c-17", "kind": "refund", "region": "eu", "priority": 3,
                  "note": "returned goods", "items": [1, 2, 3]},
       "context": {"purpose": "support"}}
      """;

  private EvaluateBench() {}

  /** A house with so many rules, of which 20 match. */
  static House house(int rules) {
    House house =
        House.of(
                """
                identity: acme
                currency: USD
                agents:
                  bot: {role: agent, environment: production, packs: [p0, p1, p2, p3, p4]}
                data: {payment_hosts: [pay.example.com, "*.pay.example.net"]}
                """)
            .with(
                RuleEnvironment.standard()
                    .with(List.of(new RegoLanguage(RegoAccess.NONE), new CedarLanguage())));
    int perPack = rules / 5;
    for (int pack = 0; pack < 5; pack++) {
      StringBuilder text = new StringBuilder("pack: p" + pack + "\nrules:\n");
      matching(text, pack);
      for (int i = 4; i < perPack; i++) {
        other(text, pack * perPack + i);
      }
      house.pack(text.toString());
    }
    return house;
  }

  /** Four of a pack: two or three conditions, the rest typed. */
  private static void matching(StringBuilder out, int pack) {
    String[] conditions = {
      "params.amount <= 1000",
      "params.kind in ['refund', 'payment'] && params.amount > 0",
      "agent.environment == 'production' && agent.role == 'agent'",
      "params.currency == 'USD'",
      "size(params.items) < 10 || params.priority > 5",
      "has(params.note) && params.note != ''",
      "params.region in ['eu', 'us']",
      "context.purpose == 'support'",
      "params.priority < 10",
      "params.customer_id.startsWith('c-')",
    };
    String[] foreign = {
      """
      rego: |
        deny contains msg if {
          input.action == "call_payment_api"
          input.amount > 1000
          msg := sprintf("%v is too much", [input.amount])
        }
        deny contains "not to there" if {
          input.action == "call_payment_api"
          not startswith(input.endpoint, "https://")
        }
      """,
      """
      rego: |
        allowed_kinds := {"refund", "payment"}
        deny contains msg if {
          input.action == "call_payment_api"
          not allowed_kinds[input.kind]
          msg := "unknown kind"
        }
        warn contains "many items" if {
          input.action == "call_payment_api"
          count(input.items) > 10
        }
      """,
      """
      cedar: |
        permit(principal, action == Action::"call_payment_api", resource)
        when { principal.role == "agent" && principal.environment == "production" };
        forbid(principal, action == Action::"call_payment_api", resource)
        when { context.params.customer_id == "c-0" };
      """,
      """
      cedar: |
        forbid(principal, action == Action::"call_payment_api", resource)
        unless { context.purpose == "support" || context.has_human_approval };
        forbid(principal in Role::"intern", action == Action::"call_payment_api", resource);
      """,
    };
    String[] typed = {
      "allow: {hosts: payment_hosts}",
      "allow: {field: params.currency, values: [USD, EUR]}",
      "deny: {field: params.region, values: [kp, ir]}",
      "cap: {sum: amount, over: call_payment_api, limit: 100000 USD, per: agent, window: day}",
      "cap: {count: call_payment_api, limit: 1000, per: customer_id, window: {rolling: 24h}}",
      "deny: {actions: [drop_table]}",
    };
    for (int i = 0; i < 4; i++) {
      int number = pack * 4 + i;
      out.append("  - id: m").append(number).append('\n');
      int written = number - conditions.length - typed.length;
      if (written >= 0) {
        out.append(foreign[written].indent(4));
      } else if (number < conditions.length) {
        out.append("    on: ").append(number % 2 == 0 ? "call_payment_api" : "'*'").append('\n');
        out.append("    require: \"").append(conditions[number]).append("\"\n");
      } else {
        String body = typed[number - conditions.length];
        if (!body.startsWith("cap")) {
          out.append("    on: call_payment_api\n");
        }
        out.append("    ").append(body).append('\n');
      }
    }
  }

  /** A rule about another action, or about this one for another customer. */
  private static void other(StringBuilder out, int number) {
    out.append("  - id: o").append(number).append('\n');
    if (number % 2 == 0) {
      out.append("    on: action_").append(number % 97).append('\n');
      out.append("    require: params.amount <= ").append(number).append('\n');
    } else {
      out.append("    on: call_payment_api\n");
      out.append("    when: params.customer_id == 'x-").append(number).append("'\n");
      out.append("    require: params.amount <= ").append(number).append('\n');
    }
  }

  public static void main(String[] arguments) {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    warmUp(seconds);
    System.out.println("rules  matched  compile ms   p50 µs   p90 µs   p99 µs  p99.9 µs  bytes/op");
    for (int rules : new int[] {50, 500, 5_000}) {
      measure(rules, seconds);
    }
  }

  /** What is measured first must not be slower for it. */
  private static void warmUp(int seconds) {
    House house = house(500);
    ActionRequest request = ActionRequest.fromValue(House.json(REQUEST), "bot");
    Facts facts = house.policies().registry().facts(request, List.of(), House.NOW);
    run(house.point(), request, facts, 3_000_000_000L * seconds, new long[1 << 22]);
  }

  private static void measure(int rules, int seconds) {
    long compileStart = System.nanoTime();
    House house = house(rules);
    if (!house.problemText().isEmpty()) {
      throw new IllegalStateException(house.problemText());
    }
    double compile = (System.nanoTime() - compileStart) / 1e6;
    DecisionPoint point = house.point();
    ActionRequest request = ActionRequest.fromValue(House.json(REQUEST), "bot");
    Facts facts = house.policies().registry().facts(request, List.of(), House.NOW);
    Decision first = point.prepare(request, facts).settle((_, _, _) -> BigDecimal.ZERO).decision();
    if (first.effect() != Effect.ALLOW || first.consulted().size() != 20) {
      throw new IllegalStateException(first.forAuditor());
    }
    run(point, request, facts, seconds * 1_000_000_000L, new long[1 << 20]);
    long[] times = new long[1 << 21];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int count = run(point, request, facts, seconds * 1_000_000_000L, times);
    long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / count;
    Arrays.sort(times, 0, count);
    System.out.printf(
        Locale.ROOT,
        "%5d  %7d  %10.0f  %7.2f  %7.2f  %7.2f  %8.2f  %8d%n",
        rules,
        first.consulted().size(),
        compile,
        times[count / 2] / 1e3,
        times[count * 9 / 10] / 1e3,
        times[(int) (count * 99L / 100)] / 1e3,
        times[(int) (count * 999L / 1000)] / 1e3,
        bytes);
  }

  private static int run(
      DecisionPoint point, ActionRequest request, Facts facts, long nanos, long[] times) {
    long end = System.nanoTime() + nanos;
    int count = 0;
    long now = System.nanoTime();
    while (count < times.length && now < end) {
      Decision decision =
          point.prepare(request, facts).settle((_, _, _) -> BigDecimal.ZERO).decision();
      if (decision.denied()) {
        throw new IllegalStateException(decision.forAuditor());
      }
      long then = System.nanoTime();
      times[count++] = then - now;
      now = then;
    }
    return count;
  }
}
