package dev.bylaw.cedar.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizerTest {
  private static final EntityUid ALICE = EntityUid.of("User", "alice");
  private static final EntityUid BOB = EntityUid.of("User", "bob");
  private static final EntityUid STAFF = EntityUid.of("Group", "staff");
  private static final EntityUid ALL = EntityUid.of("Group", "all");
  private static final EntityUid VIEW = EntityUid.of("Action", "view");
  private static final EntityUid EDIT = EntityUid.of("Action", "edit");
  private static final EntityUid WRITE = EntityUid.of("Action", "write");
  private static final EntityUid PHOTO = EntityUid.of("Photo", "p");
  private static final EntityUid ALBUM = EntityUid.of("Album", "a");

  private static final Entities ENTITIES =
      Entities.of(
          List.of(
              Entity.of(ALICE, RecordValue.of(Map.of("age", new Value.Int(30))), Set.of(STAFF)),
              Entity.of(BOB),
              Entity.of(STAFF, RecordValue.EMPTY, Set.of(ALL)),
              Entity.of(EDIT, RecordValue.EMPTY, Set.of(WRITE)),
              Entity.of(PHOTO, RecordValue.EMPTY, Set.of(ALBUM))));

  private static Answer ask(String policies, EntityUid principal, EntityUid action) {
    return Authorizer.of(PolicySet.parse(policies))
        .authorize(Request.of(principal, action, PHOTO), ENTITIES);
  }

  @Test
  void nothingPermittedIsDenied() {
    Answer answer = ask("permit(principal == User::\"bob\", action, resource);", ALICE, VIEW);

    assertThat(answer.decision()).isEqualTo(Decision.DENY);
    assertThat(answer.reasons()).isEmpty();
  }

  @Test
  void aForbidOverridesEveryPermitAndIsTheOnlyReason() {
    Answer answer =
        ask(
            """
            permit(principal, action, resource);
            forbid(principal in Group::"all", action, resource in Album::"a");
            """,
            ALICE,
            VIEW);

    assertThat(answer.decision()).isEqualTo(Decision.DENY);
    assertThat(answer.reasons()).containsExactly("policy1");
  }

  @Test
  void anAttributeThatManyPoliciesAskForIsTheSameForAllOfThem() {
    var policies = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      policies.append(
          "permit(principal, action, resource) when { principal.age == %d };".formatted(i));
      policies.append(
          "permit(principal, action, resource) when { resource.nope == %d };".formatted(i));
    }
    Answer answer = ask(policies.toString(), ALICE, VIEW);

    assertThat(answer.reasons()).containsExactly("policy60");
    assertThat(answer.failed()).hasSize(40).startsWith("policy1").endsWith("policy79");
  }

  @Test
  void reasonsComeInTheOrderOfTheSetWhereverTheirScopesAre() {
    Answer answer =
        ask(
            """
            permit(principal in Group::"all", action, resource);
            permit(principal, action, resource);
            permit(principal == User::"alice", action, resource in Album::"a");
            permit(principal is User, action, resource);
            """,
            ALICE,
            VIEW);

    assertThat(answer.reasons()).containsExactly("policy0", "policy1", "policy2", "policy3");
  }

  @Test
  void anErringPolicyIsSkippedAndReportedWithItsPlace() {
    Answer answer =
        ask(
            """
            forbid(principal, action, resource) when { principal.agee > 3 };
            permit(principal, action, resource) when { principal.age > 3 };
            """,
            ALICE,
            VIEW);

    assertThat(answer.decision()).isEqualTo(Decision.ALLOW);
    assertThat(answer.reasons()).containsExactly("policy1");
    assertThat(answer.failed()).containsExactly("policy0");
    assertThat(answer.failures())
        .containsExactly(
            new Answer.Failure(
                "policy0",
                "`User::\"alice\"` does not have the attribute `agee`, did you mean `age`?",
                "policies.cedar:1:44"));
  }

  @Test
  void aPolicyWhoseActionsHoldTwiceIsAReasonOnce() {
    Answer answer =
        ask(
            "permit(principal, action in [Action::\"edit\", Action::\"write\"], resource);",
            ALICE,
            EDIT);

    assertThat(answer.reasons()).containsExactly("policy0");
  }

  @Test
  void aTypeBesideAContainerIsAskedToo() {
    String policy = "permit(principal is Robot in Group::\"staff\", action, resource);";

    assertThat(ask(policy, ALICE, VIEW).isAllowed()).isFalse();
    assertThat(ask(policy.replace("Robot", "User"), ALICE, VIEW).isAllowed()).isTrue();
  }

  @Test
  void linksApplyAndTheirTemplateDoesNot() {
    PolicySet policies =
        PolicySet.parse("permit(principal in ?principal, action, resource == ?resource);")
            .withLink(
                "policy0",
                "staff sees p",
                Map.of(Expr.SlotId.PRINCIPAL, STAFF, Expr.SlotId.RESOURCE, PHOTO));
    var authorizer = Authorizer.of(policies);

    assertThat(authorizer.authorize(Request.of(ALICE, VIEW, PHOTO), ENTITIES).reasons())
        .containsExactly("staff sees p");
    assertThat(authorizer.authorize(Request.of(BOB, VIEW, PHOTO), ENTITIES).reasons()).isEmpty();
  }

  @Test
  void entitiesCanBeLookedUpOnDemand() {
    var asked = new ArrayList<EntityUid>();
    EntitySource onDemand =
        uid -> {
          asked.add(uid);
          return ENTITIES.entity(uid);
        };
    var authorizer =
        Authorizer.of(PolicySet.parse("permit(principal in Group::\"all\", action, resource);"));

    assertThat(authorizer.authorize(Request.of(ALICE, VIEW, PHOTO), onDemand).isAllowed()).isTrue();
    assertThat(asked).doesNotContain(PHOTO);
  }

  @Test
  void aConditionThatPoliciesShareHasItsOwnTruthInEachRequest() {
    String shared =
        "permit(principal == User::\"%s\", action, resource) when { principal.age > 3 };";
    var authorizer =
        Authorizer.of(PolicySet.parse(shared.formatted("alice") + shared.formatted("bob")));

    assertThat(authorizer.authorize(Request.of(ALICE, VIEW, PHOTO), ENTITIES).reasons())
        .containsExactly("policy0");
    assertThat(authorizer.authorize(Request.of(BOB, VIEW, PHOTO), ENTITIES).failed())
        .containsExactly("policy1");
  }

  @Test
  void decidingAloneGivesTheSameDecision() {
    var authorizer =
        Authorizer.of(
            PolicySet.parse(
                """
                permit(principal, action == Action::"view", resource);
                forbid(principal == User::"bob", action, resource);
                """));
    for (EntityUid principal : List.of(ALICE, BOB)) {
      for (EntityUid action : List.of(VIEW, EDIT)) {
        var request = Request.of(principal, action, PHOTO);
        assertThat(authorizer.decide(request, ENTITIES))
            .isEqualTo(authorizer.authorize(request, ENTITIES).decision());
      }
    }
  }

  @Test
  void aRequestMayTakeNoLongerThanItsDeadline() {
    var many = Authorizer.of(PolicySet.parse("permit(principal, action, resource);\n".repeat(64)));
    Request request = Request.of(ALICE, VIEW, PHOTO);
    long now = System.nanoTime();

    assertThat(many.authorize(request, ENTITIES, now + Duration.ofDays(1).toNanos()).reasons())
        .hasSize(64);
    assertThatThrownBy(() -> many.authorize(request, ENTITIES, now))
        .isInstanceOf(OutOfTimeException.class);
  }
}
