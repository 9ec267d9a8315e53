package dev.bylaw.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The library as its page shows it. */
class LibraryTest {
  private static final PolicySet POLICIES =
      PolicySet.parse("permit(principal, action, resource) when { resource.owner == principal };");
  private static final Schema SCHEMA =
      Schema.parse(
          """
          entity User;
          entity Photo { owner: User, taken: datetime };
          action view appliesTo { principal: User, resource: Photo, context: { from?: ipaddr } };
          """);
  private static final Entities ENTITIES =
      EntityJson.read(
          Source.of(
              "entities.json",
              """
              [{"uid": {"type": "User", "id": "alice"}, "attrs": {}, "parents": []},
               {"uid": {"type": "Photo", "id": "p"}, "parents": [],
                "attrs": {"owner": {"type": "User", "id": "alice"}, "taken": "2024-01-01"}}]
              """),
          SCHEMA);
  private static final Authorizer AUTHORIZER = Authorizer.of(POLICIES);

  private static Request may(String who) {
    return Request.of(
        EntityUid.of("User", who), EntityUid.of("Action", "view"), EntityUid.of("Photo", "p"));
  }

  @Test
  void anAnswerHasADecisionAndItsReasons() {
    Answer answer = AUTHORIZER.authorize(may("alice"), ENTITIES);

    assertThat(answer.decision()).isEqualTo(Decision.ALLOW);
    assertThat(answer.reasons()).containsExactly("policy0");
    assertThat(answer.failed()).isEmpty();
  }

  @Test
  void manyRequestsAreAnsweredInTheirOrder() {
    List<Answer> answers =
        AUTHORIZER.authorizeAll(List.of(may("bob"), may("alice"), may("bob")), ENTITIES);

    assertThat(answers).extracting(Answer::isAllowed).containsExactly(false, true, false);
  }

  @Test
  void theDecisionAloneIsTheSame() {
    assertThat(AUTHORIZER.decide(may("alice"), ENTITIES)).isEqualTo(Decision.ALLOW);
    assertThat(AUTHORIZER.decide(may("bob"), ENTITIES)).isEqualTo(Decision.DENY);
  }

  @Test
  void entitiesAreLookedUpOnlyAsTheyAreAskedFor() {
    var asked = new ArrayList<EntityUid>();
    EntitySource source =
        uid -> {
          asked.add(uid);
          return ENTITIES.entity(uid);
        };

    assertThat(AUTHORIZER.authorize(may("alice"), source).isAllowed()).isTrue();
    assertThat(asked).contains(EntityUid.of("Photo", "p")).hasSizeLessThan(4);
  }

  @Test
  void theSchemaReadsValuesThatHaveNoEscapesInJson() {
    Request request =
        RequestJson.read(
            Source.of(
                "request.json",
                """
                {"principal": "User::\\"alice\\"", "action": "Action::\\"view\\"",
                 "resource": {"type": "Photo", "id": "p"}, "context": {"from": "10.0.0.1"}}
                """),
            SCHEMA);
    var lan =
        Authorizer.of(
            PolicySet.parse(
                """
                permit(principal, action, resource) when {
                  context.from.isInRange(ip("10.0.0.0/8")) && resource.taken < datetime("2025-01-01")
                };
                """));

    assertThat(lan.authorize(request, ENTITIES).isAllowed()).isTrue();
  }

  @Test
  void manyThreadsAskOneAuthorizerAtOnce() throws Exception {
    Callable<Integer> worker =
        () -> {
          int allowed = 0;
          for (int i = 0; i < 5_000; i++) {
            Request request = may(i % 2 == 0 ? "alice" : "bob");
            allowed += AUTHORIZER.authorize(request, ENTITIES).isAllowed() ? 1 : 0;
          }
          return allowed;
        };
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (var counted : pool.invokeAll(java.util.Collections.nCopies(8, worker))) {
        assertThat(counted.get()).isEqualTo(2_500);
      }
    }
  }
}
