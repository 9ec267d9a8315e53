package dev.bylaw.cedar.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.partial.PartialAnswer;
import dev.bylaw.cedar.partial.PartialAuthorizer;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of a request with gaps stays true when the gaps are filled. */
class PartialEvaluationTest {
  @Test
  void residualsDecideAsThePoliciesDo() {
    long seed = 20260101;
    System.out.println("seed " + seed);
    int decided = 0;
    int open = 0;
    for (long at = seed; at < seed + 400; at++) {
      var made = new CaseGenerator(at).next();
      Schema schema = Schema.parse(made.schema());
      PolicySet policies = PolicySet.parse(String.join("\n", made.policies()));
      Entities entities = EntityJson.read(Source.of("e.json", made.entities()), schema);
      var random = new Random(at);
      for (CaseGenerator.Request asked : made.requests()) {
        EntityUid action = uid(asked.action());
        RecordValue context =
            RequestJson.context(Source.of("c.json", asked.context()), schema, action);
        var request = new Request(uid(asked.principal()), action, uid(asked.resource()), context);
        PartialAnswer partial =
            PartialAuthorizer.authorize(policies, withGaps(request, random), entities);
        Answer whole = Authorizer.of(policies).authorize(request, entities);

        partial.decision().ifPresent(d -> assertThat(d).isEqualTo(whole.decision()));
        assertSame(partial, policies, request, entities);
        decided += partial.decision().isPresent() ? 1 : 0;
        open += partial.open().isEmpty() ? 0 : 1;
      }
    }
    assertThat(List.of(decided, open)).allMatch(count -> count > 100);
  }

  @Test
  void residualsOfAFewEntitiesDecideAsAllOfThemDo() {
    int decided = 0;
    int open = 0;
    for (long at = 7_000; at < 7_300; at++) {
      var made = new CaseGenerator(at).next();
      Schema schema = Schema.parse(made.schema());
      PolicySet policies = PolicySet.parse(String.join("\n", made.policies()));
      Entities entities = EntityJson.read(Source.of("e.json", made.entities()), schema);
      var random = new Random(at);
      // A missing entity takes all that is below it along: of what is known, all ancestors are.
      Set<EntityUid> missing = new HashSet<>();
      entities.all().stream()
          .filter(e -> !e.uid().isAction() && random.nextInt(3) == 0)
          .forEach(e -> missing.add(e.uid()));
      Entities some =
          Entities.of(
              entities.all().stream()
                  .filter(e -> !missing.contains(e.uid()))
                  .filter(e ->
                      List.of(entities.ancestors(e.uid())).stream().noneMatch(missing::contains))
                  .toList());
      for (CaseGenerator.Request asked : made.requests()) {
        EntityUid action = uid(asked.action());
        RecordValue context =
            RequestJson.context(Source.of("c.json", asked.context()), schema, action);
        var request = new Request(uid(asked.principal()), action, uid(asked.resource()), context);
        PartialAnswer partial =
            PartialAuthorizer.authorizeBySome(policies, withGaps(request, random), some);
        Answer whole = Authorizer.of(policies).authorize(request, entities);

        partial.decision().ifPresent(d -> assertThat(d).isEqualTo(whole.decision()));
        assertSame(partial, policies, request, entities);
        decided += partial.decision().isPresent() ? 1 : 0;
        open += partial.open().isEmpty() ? 0 : 1;
      }
    }
    assertThat(List.of(decided, open)).allMatch(count -> count > 100);
  }

  private static void assertSame(
      PartialAnswer partial, PolicySet policies, Request request, Entities entities) {
    Answer residuals =
        Authorizer.of(PolicySet.of(partial.residuals(), List.of())).authorize(request, entities);
    for (PartialAnswer.Outcome outcome : partial.outcomes()) {
      Answer alone =
          Authorizer.of(
                  PolicySet.of(
                      List.of(policies.policy(outcome.policy()).orElseThrow().template()),
                      List.of()))
              .authorize(request, entities);
      boolean satisfied = !alone.reasons().isEmpty();
      boolean failed = !alone.failed().isEmpty();
      switch (outcome) {
        case PartialAnswer.Outcome.Satisfied _ -> assertThat(satisfied).isTrue();
        case PartialAnswer.Outcome.Unsatisfied _ -> assertThat(satisfied || failed).isFalse();
        case PartialAnswer.Outcome.Failed _ -> assertThat(failed).isTrue();
        case PartialAnswer.Outcome.Open left -> {
          assertThat(residuals.failed().contains(left.policy())).as("%s", left).isEqualTo(failed);
          var only =
              partial.residuals().stream().filter(t -> t.id().equals(left.policy())).toList();
          Answer asked = Authorizer.of(PolicySet.of(only, List.of())).authorize(request, entities);
          assertThat(!asked.reasons().isEmpty()).as("%s", left).isEqualTo(satisfied);
        }
      }
    }
  }

  private static PartialRequest withGaps(Request request, Random random) {
    RecordValue context = request.context();
    Set<String> unknown = new HashSet<>(Set.of("mfa", "from", "at", "tag", "why", "n"));
    if (random.nextInt(3) == 0) {
      context = null;
    } else {
      unknown.removeIf(_ -> random.nextBoolean());
      var known = new LinkedHashMap<>(context.attributes());
      known.keySet().removeAll(unknown);
      context = RecordValue.of(known);
    }
    return new PartialRequest(
        gap(request.principal(), random),
        request.action(),
        gap(request.resource(), random),
        context,
        unknown);
  }

  private static PartialEntity gap(EntityUid uid, Random random) {
    return random.nextBoolean() ? new PartialEntity.Known(uid) : new PartialEntity.Some(uid.type());
  }

  private static EntityUid uid(String text) {
    return PolicyParser.parseEntity(Source.of("uid", text), new Diagnostics());
  }
}
