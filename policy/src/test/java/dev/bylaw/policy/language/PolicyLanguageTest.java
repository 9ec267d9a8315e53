package dev.bylaw.policy.language;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.House;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.language.CompiledPolicy.Answer;
import dev.bylaw.policy.language.CompiledPolicy.Breach;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The port, seen from a language with one line for each rule: {@code action level message}. */
class PolicyLanguageTest {
  /** {@code pay warn too much}: a violation of that level whenever the action is that one. */
  private static final class Lines implements PolicyLanguage {
    @Override
    public String name() {
      return "lines";
    }

    @Override
    public Set<String> endings() {
      return Set.of(".lines");
    }

    @Override
    public Optional<CompiledPolicy> compile(PolicyText text, Diagnostics diagnostics) {
      Source source = text.sources().getFirst();
      if (source.text().isBlank()) {
        diagnostics.error("X0001", source.span(0, 0), "no lines");
        return Optional.empty();
      }
      return Optional.of(new Compiled(source));
    }
  }

  private record Compiled(Source source) implements CompiledPolicy {
    @Override
    public Reach reach() {
      return Reach.of(Set.of(source.text().split(" ", 2)[0]));
    }

    @Override
    public String explain(PolicyInput input, LanguageHost host, Duration budget) {
      return "no line is about it";
    }

    @Override
    public Answer evaluate(PolicyInput input, LanguageHost host, Duration budget) {
      List<Breach> breaches = new ArrayList<>();
      for (String line : source.text().split("\n", -1)) {
        String[] words = line.split(" ", 3);
        if (words.length < 3 || !input.document().text("action").equals(words[0])) {
          continue;
        }
        boolean failed = words[1].equals("fail");
        breaches.add(
            new Breach(
                "deny_" + words[0],
                failed ? "" : words[2],
                failed ? words[2] : "",
                Optional.of(Severity.CRITICAL),
                Enforcement.named(words[1]),
                failed,
                source.span()));
      }
      return new Answer.Evaluated(breaches);
    }
  }

  private static House house(String attachment, String lines) {
    return House.of(
            """
            identity: acme
            agents: {bot: {packs: [%s]}}
            """
                .formatted(attachment))
        .with(RuleEnvironment.standard().with(List.of(new Lines())))
        .file("packs/lines.lines", lines);
  }

  private static final String PAY = "{\"action\": \"pay\"}";

  @Test
  void aFileInAnotherLanguageIsAPackThatCoversWhatItNames() {
    House house = house("lines", "pay other never");
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide(PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().message()).isEqualTo("never");
    assertThat(decision.violations().getFirst().part()).isEqualTo("deny_pay");
    assertThat(decision.violations().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(decision.violations().getFirst().file()).isEqualTo("packs/lines.lines");
    assertThat(house.decide("{\"action\": \"x\"}").reason()).isEqualTo(Reason.DEFAULT);
    assertThat(house("lines", "pay").effect(PAY)).isEqualTo(ALLOW);
  }

  @Test
  void theLevelThatAPolicyStatesIsItsRulesOwn() {
    assertThat(house("lines", "pay warn careful").effect(PAY)).isEqualTo(WARN);
    assertThat(house("lines", "pay require_approval ask").effect(PAY)).isEqualTo(REQUIRE_APPROVAL);
    assertThat(house("{pack: lines, enforcement: block}", "pay warn careful").effect(PAY))
        .isEqualTo(BLOCK);
    assertThat(house("lines", "pay warn a\npay block b").effect(PAY)).isEqualTo(BLOCK);
  }

  @Test
  void aPolicyThatCannotBeEvaluatedIsViolated() {
    Decision decision = house("lines", "pay fail out of budget").decide(PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().failed()).isTrue();
    assertThat(decision.violations().getFirst().detail()).contains("out of budget");
  }

  @Test
  void aPolicyThatDoesNotCompileBlocksWhoAttachesIt() {
    House house = house("lines", " ");
    assertThat(house.problemText()).contains("X0001");
    assertThat(house.decide(PAY).reason()).isEqualTo(Reason.UNAVAILABLE);
  }
}
