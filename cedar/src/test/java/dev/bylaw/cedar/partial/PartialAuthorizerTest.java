package dev.bylaw.cedar.partial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import org.junit.jupiter.api.Test;

class PartialAuthorizerTest {
  private static final EntityUid VIEW = EntityUid.of("Action", "view");
  private static final PartialEntity ALICE = new PartialEntity.Known(EntityUid.of("User", "alice"));
  private static final PartialEntity SOME_PHOTO = new PartialEntity.Some("Photo");

  private static PartialAnswer ask(String policies) {
    return PartialAuthorizer.authorize(
        PolicySet.parse(policies),
        PartialRequest.of(ALICE, VIEW, SOME_PHOTO, RecordValue.EMPTY),
        Entities.EMPTY);
  }

  @Test
  void theTypeOfAnUnknownEntityDecidesScopes() {
    assertThat(ask("permit(principal, action, resource is Album);").decision())
        .contains(Decision.DENY);
    assertThat(ask("permit(principal, action, resource is Photo);").decision())
        .contains(Decision.ALLOW);
    assertThat(ask("permit(principal, action, resource == Album::\"a\");").decision())
        .contains(Decision.DENY);
  }

  @Test
  void whatDependsOnTheUnknownIsLeftOver() {
    PartialAnswer answer =
        ask(
            """
            permit(principal == User::"alice", action, resource == Photo::"p")
            when { 1 < 2 && resource.public };
            """);

    assertThat(answer.decision()).isEmpty();
    assertThat(answer.residuals())
        .singleElement()
        .extracting(PolicyPrinter::text)
        .asString()
        .contains("resource == Photo::\"p\" && (resource.public && true)");
  }

  @Test
  void anUnknownThatMayFailIsNotDropped() {
    assertThat(ask("permit(principal, action, resource) when { resource.x && false };").open())
        .hasSize(1);
    assertThat(ask("permit(principal, action, resource) when { false && resource.x };").open())
        .isEmpty();
  }

  @Test
  void aSatisfiedForbidDecidesWhateverIsOpen() {
    assertThat(
            ask("""
            permit(principal, action, resource) when { resource.x };
            forbid(principal == User::"alice", action, resource);
            """)
                .decision())
        .contains(Decision.DENY);
  }

  @Test
  void anOpenForbidKeepsAPermitFromDeciding() {
    assertThat(
            ask("""
            permit(principal, action, resource);
            forbid(principal, action, resource) when { resource.x };
            """)
                .decision())
        .isEmpty();
  }

  @Test
  void aPolicyThatFailsInAnyCaseIsReported() {
    assertThat(ask("permit(principal, action, resource) when { 1 + \"a\" == 2 };").outcomes())
        .singleElement()
        .isInstanceOf(PartialAnswer.Outcome.Failed.class);
  }
}
