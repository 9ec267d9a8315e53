package dev.bylaw.policy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.approval.ApprovalChange.Changed;
import dev.bylaw.policy.approval.ApprovalChange.Notice;
import dev.bylaw.policy.approval.ApprovalChange.Refused;
import dev.bylaw.policy.approval.ApprovalStatus.Happening;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.policy.request.Grant.GrantedRule;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final People PEOPLE =
      new People(
          Map.of(
              "alice", Set.of("finance"),
              "bob", Set.of("finance", "managers"),
              "carol", Set.of("support"),
              "dave", Set.of()));

  private static Instant at(int minutes) {
    return T0.plus(Duration.ofMinutes(minutes));
  }

  private static ApprovalTerms terms(int quorum) {
    return new ApprovalTerms(
        Set.of("group:finance"),
        quorum,
        Optional.of(Duration.ofMinutes(30)),
        List.of(Duration.ofMinutes(10), Duration.ofMinutes(20)),
        ApprovalTerms.OnTimeout.ESCALATE,
        List.of(new ApprovalTerms.Level(Set.of("dave"), 1, Optional.of(Duration.ofMinutes(5)))),
        "slack:#finance");
  }

  private static Approval asked(ApprovalTerms terms, String... requesters) {
    return Approval.asked(
        new Question(
            "a1",
            "acme",
            "bot",
            Set.of(requesters),
            "run/step/0",
            "digest",
            ObjectValue.of("action", Value.of("pay")),
            "too much",
            "d1",
            Set.of(new GrantedRule("p/a", "r1")),
            terms,
            T0,
            Optional.of(Duration.ofHours(1))));
  }

  private static ApprovalEvent approve(int minute, String person) {
    return new ApprovalEvent.Approve(at(minute), person, "fine", Optional.empty());
  }

  private static Approval after(Approval approval, ApprovalEvent event) {
    ApprovalChange change = approval.on(event, PEOPLE);
    assertThat(change).isInstanceOf(Changed.class);
    return ((Changed) change).approval();
  }

  private static String refusal(Approval approval, ApprovalEvent event) {
    ApprovalChange change = approval.on(event, PEOPLE);
    assertThat(change).isInstanceOf(Refused.class);
    return ((Refused) change).reason();
  }

  @Test
  void enoughVoicesApproveAndGrantExactlyWhatWasAsked() {
    Approval one = after(asked(terms(2), "bot"), approve(1, "alice"));
    assertThat(one.status()).isEqualTo(ApprovalStatus.PENDING);
    assertThat(one.grant()).isEmpty();
    assertThat(refusal(one, approve(2, "alice"))).isEqualTo("`alice` has agreed already");
    Approval both = after(one, approve(2, "bob"));
    assertThat(both.grant())
        .contains(
            new Grant(
                "a1",
                "digest",
                "run/step/0",
                Set.of(new GrantedRule("p/a", "r1")),
                at(2).plus(Duration.ofHours(1))));
  }

  @Test
  void oneWhoAnswersForTwoIsNotTwo() {
    Approval delegated =
        after(asked(terms(2)), new ApprovalEvent.Delegate(at(1), "alice", "carol"));
    assertThat(refusal(delegated, new ApprovalEvent.Delegate(at(2), "bob", "carol")))
        .isEqualTo("`carol` answers for `alice` already");
    Approval one = after(delegated, approve(3, "carol"));
    assertThat(refusal(one, new ApprovalEvent.Delegate(at(4), "bob", "carol")))
        .isEqualTo("`carol` answers for `alice` already");
    assertThat(refusal(one, approve(5, "carol"))).isEqualTo("`alice` has agreed already");
  }

  @Test
  void theVoiceOfOneWhoHasLeftDoesNotCount() {
    Approval one = after(asked(terms(2)), approve(1, "alice"));
    People withoutAlice = new People(Map.of("alice", Set.of("support"), "bob", Set.of("finance")));
    ApprovalChange change = one.on(approve(2, "bob"), withoutAlice);
    assertThat(change).isInstanceOf(Changed.class);
    assertThat(((Changed) change).approval().status()).isEqualTo(ApprovalStatus.PENDING);
    assertThat(((Changed) change).approval().agreed()).containsExactly("bob");
  }

  @Test
  void timeThatIsUpBetweenTwoVoicesEndsIt() {
    Approval one = after(asked(terms(2)), approve(29, "alice"));
    assertThat(refusal(one, approve(30, "bob"))).isEqualTo("time was up at " + at(30));
    Approval next = after(one, new ApprovalEvent.Tick(at(30)));
    assertThat(next.agreed()).isEmpty();
    assertThat(after(next, new ApprovalEvent.Tick(at(35))).status())
        .isEqualTo(ApprovalStatus.EXPIRED);
  }

  @Test
  void howLateAnAnswerComesItIsGoodForAsLong() {
    Approval asked = asked(ApprovalTerms.DEFAULT);
    Approval late = after(asked, approve(600, "alice"));
    assertThat(late.due()).contains(at(660));
    assertThat(after(late, new ApprovalEvent.Use(at(659), "digest", "run/step/0")).status())
        .isEqualTo(ApprovalStatus.USED);
    assertThat(refusal(late, new ApprovalEvent.Use(at(660), "digest", "run/step/0")))
        .isEqualTo("the approval was good until " + at(660));
  }

  private static ApprovalTerms askedOf(String... approvers) {
    return new ApprovalTerms(
        Set.of(approvers),
        1,
        Optional.empty(),
        List.of(),
        ApprovalTerms.OnTimeout.DENY,
        List.of(),
        "");
  }

  private static List<String> whoMayAnswer(ApprovalTerms terms) {
    return PEOPLE.groups().keySet().stream()
        .sorted()
        .filter(person -> asked(terms).on(approve(1, person), PEOPLE) instanceof Changed)
        .toList();
  }

  @Test
  void ofTwoRulesThoseAreAskedWhoSatisfyBoth() {
    assertThat(whoMayAnswer(terms(1).and(askedOf("bob", "carol")))).containsExactly("bob");
    assertThat(whoMayAnswer(askedOf("bob", "carol").and(terms(1)))).containsExactly("bob");
    assertThat(whoMayAnswer(terms(1).and(askedOf("group:managers")))).containsExactly("bob");
    assertThat(whoMayAnswer(terms(1).and(askedOf("finance")))).containsExactly("alice", "bob");
    assertThat(whoMayAnswer(terms(1).and(askedOf("group:managers")).and(askedOf("bob", "dave"))))
        .containsExactly("bob");
    assertThat(whoMayAnswer(terms(1).and(askedOf("carol")))).isEmpty();
  }

  @Test
  void whoJoinsAGroupAfterTheQuestionMayAnswerForBothRules() {
    Approval question = asked(terms(1).and(askedOf("carol")));
    var later = new People(Map.of("carol", Set.of("finance")));
    assertThat(question.on(approve(1, "carol"), PEOPLE)).isInstanceOf(Refused.class);
    assertThat(question.on(approve(1, "carol"), later)).isInstanceOf(Changed.class);
  }

  @Test
  void theRequesterNeverApproves() {
    assertThat(refusal(asked(terms(1), "bot", "alice"), approve(1, "alice")))
        .isEqualTo("`alice` has made the request and cannot answer it");
    assertThat(
            refusal(
                asked(terms(1), "bot", "dave"), new ApprovalEvent.Delegate(at(1), "alice", "dave")))
        .isEqualTo("`dave` has made the request");
  }

  @Test
  void onlyThoseNamedMayAnswer() {
    assertThat(refusal(asked(terms(1)), approve(1, "carol")))
        .isEqualTo("`carol` is not among those who may answer");
    assertThat(refusal(asked(terms(1)), approve(1, "mallory"))).contains("`mallory`");
    assertThat(refusal(asked(terms(1)), approve(1, "finance"))).contains("`finance`");
    assertThat(refusal(asked(terms(1)), new ApprovalEvent.Reject(at(1), "carol", "no")))
        .contains("`carol`");
    assertThat(after(asked(ApprovalTerms.DEFAULT), approve(1, "carol")).status())
        .isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void oneRejectionEndsIt() {
    Approval rejected =
        after(asked(terms(2)), new ApprovalEvent.Reject(at(1), "alice", "not today"));
    assertThat(rejected.status()).isEqualTo(ApprovalStatus.REJECTED);
    assertThat(rejected.history().getLast().detail()).isEqualTo("not today");
    assertThat(refusal(rejected, approve(2, "bob"))).isEqualTo("the approval is rejected");
  }

  @Test
  void aDelegateAnswersForAnotherWithOneVoice() {
    Approval delegated =
        after(asked(terms(2)), new ApprovalEvent.Delegate(at(1), "alice", "carol"));
    Approval one = after(delegated, approve(2, "carol"));
    assertThat(one.agreed()).containsExactly("alice");
    assertThat(refusal(one, approve(3, "alice"))).isEqualTo("`alice` has agreed already");
    assertThat(refusal(one, new ApprovalEvent.Delegate(at(3), "carol", "dave")))
        .isEqualTo("`carol` answers for another and cannot pass that on");
    assertThat(after(one, approve(3, "bob")).status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(refusal(asked(terms(2)), new ApprovalEvent.Delegate(at(1), "alice", "ghost")))
        .isEqualTo("nobody is called `ghost`");
    assertThat(refusal(asked(terms(2)), new ApprovalEvent.Delegate(at(1), "alice", "bob")))
        .isEqualTo("`bob` may answer already");
  }

  @Test
  void anEditMakesItAnotherActionThatOthersHaveNotAgreedTo() {
    Approval one = after(asked(terms(2)), approve(1, "alice"));
    ApprovalEvent.Edit edit =
        new ApprovalEvent.Edit(ObjectValue.of("amount", Value.of(50)), "other digest");
    Approval edited =
        after(one, new ApprovalEvent.Approve(at(2), "bob", "less", Optional.of(edit)));
    assertThat(edited.agreed()).containsExactly("bob");
    Approval both = after(edited, approve(3, "alice"));
    assertThat(both.grant().orElseThrow().actionDigest()).isEqualTo("other digest");
  }

  @Test
  void remindersGoOutOnceEachAndTimeEscalatesThenExpires() {
    Approval approval = asked(terms(1));
    assertThat(approval.due()).contains(at(10));
    assertThat(after(approval, new ApprovalEvent.Tick(at(9)))).isEqualTo(approval);
    Changed reminded = (Changed) approval.on(new ApprovalEvent.Tick(at(10)), PEOPLE);
    assertThat(reminded.notices())
        .containsExactly(new Notice(Notice.Kind.REMINDER, Set.of("group:finance")));
    assertThat(after(reminded.approval(), new ApprovalEvent.Tick(at(11))).reminded()).isEqualTo(1);
    assertThat(refusal(approval, approve(30, "alice"))).isEqualTo("time was up at " + at(30));
    Changed escalated = (Changed) approval.on(new ApprovalEvent.Tick(at(30)), PEOPLE);
    assertThat(escalated.notices())
        .containsExactly(new Notice(Notice.Kind.ESCALATED, Set.of("dave")));
    assertThat(refusal(escalated.approval(), approve(31, "alice"))).contains("`alice`");
    assertThat(after(escalated.approval(), approve(31, "dave")).status())
        .isEqualTo(ApprovalStatus.APPROVED);
    assertThat(after(escalated.approval(), new ApprovalEvent.Tick(at(35))).status())
        .isEqualTo(ApprovalStatus.EXPIRED);
  }

  @Test
  void withoutAChainTimeDenies() {
    ApprovalTerms terms =
        new ApprovalTerms(
            Set.of(),
            1,
            Optional.of(Duration.ofMinutes(5)),
            List.of(),
            ApprovalTerms.OnTimeout.DENY,
            List.of(),
            "");
    Approval expired = after(asked(terms), new ApprovalEvent.Tick(at(5)));
    assertThat(expired.status()).isEqualTo(ApprovalStatus.EXPIRED);
    assertThat(expired.grant()).isEmpty();
  }

  @Test
  void anApprovalIsUsedOnceForItsArgumentsAndStepInTime() {
    Approval approved = after(asked(terms(1)), approve(1, "alice"));
    assertThat(refusal(approved, new ApprovalEvent.Use(at(2), "other", "run/step/0")))
        .isEqualTo("the approval is for other arguments");
    assertThat(refusal(approved, new ApprovalEvent.Use(at(2), "digest", "run/step/1")))
        .isEqualTo("the approval is for another request");
    assertThat(refusal(approved, new ApprovalEvent.Use(at(61), "digest", "run/step/0")))
        .startsWith("the approval was good until");
    Approval used = after(approved, new ApprovalEvent.Use(at(2), "digest", "run/step/0"));
    assertThat(used.grant()).isEmpty();
    assertThat(refusal(used, new ApprovalEvent.Use(at(3), "digest", "run/step/0")))
        .isEqualTo("the approval is used");
    assertThat(after(approved, new ApprovalEvent.Tick(at(61))).status())
        .isEqualTo(ApprovalStatus.EXPIRED);
  }

  @Test
  void anApprovalSurvivesJson() {
    Approval approval =
        after(
            after(asked(terms(2), "bot", "eve"), new ApprovalEvent.Delegate(at(1), "bob", "carol")),
            new ApprovalEvent.Approve(
                at(2),
                "carol",
                "ok",
                Optional.of(new ApprovalEvent.Edit(ObjectValue.of("a", Value.of(1)), "x"))));
    assertThat(ApprovalJson.read(ApprovalJson.write(approval))).isEqualTo(approval);
    assertThat(ApprovalJson.read(ApprovalJson.write(asked(ApprovalTerms.DEFAULT))))
        .isEqualTo(asked(ApprovalTerms.DEFAULT));
  }

  @Test
  void equalQuestionsAreThoseForTheSameStepActionAndRules() {
    Question question = asked(terms(1)).question();
    assertThat(question.sameAs(asked(terms(2)).question())).isTrue();
    Question elsewhere =
        new Question(
            "a2",
            "acme",
            "bot",
            Set.of(),
            "run/step/1",
            "digest",
            ObjectValue.EMPTY,
            "",
            "d2",
            question.rules(),
            terms(1),
            T0,
            Optional.empty());
    assertThat(question.sameAs(elsewhere)).isFalse();
  }

  @Test
  void ofTwoTermsTheStricterHold() {
    ApprovalTerms other =
        new ApprovalTerms(
            Set.of("group:finance", "dave"),
            1,
            Optional.of(Duration.ofMinutes(10)),
            List.of(Duration.ofMinutes(5)),
            ApprovalTerms.OnTimeout.DENY,
            List.of(),
            "");
    ApprovalTerms both = terms(2).and(other);
    assertThat(both.approvers()).containsExactly("group:finance");
    assertThat(both.quorum()).isEqualTo(2);
    assertThat(both.timeout()).contains(Duration.ofMinutes(10));
    assertThat(both.onTimeout()).isEqualTo(ApprovalTerms.OnTimeout.DENY);
    assertThat(terms(1).and(ApprovalTerms.DEFAULT)).isEqualTo(terms(1));
    ApprovalTerms nobody =
        terms(1)
            .and(
                new ApprovalTerms(
                    Set.of("dave"),
                    1,
                    Optional.empty(),
                    List.of(),
                    ApprovalTerms.OnTimeout.DENY,
                    List.of(),
                    ""));
    assertThat(refusal(asked(nobody), approve(1, "dave"))).contains("`dave`");
  }

  /** Every row of the table is visited: what a status admits changes something or is refused. */
  @Test
  void everyRowOfTheTableIsVisited() {
    Map<ApprovalStatus, Approval> each = new LinkedHashMap<>();
    Approval pending = asked(terms(1));
    Approval approved = after(pending, approve(1, "alice"));
    each.put(ApprovalStatus.PENDING, pending);
    each.put(ApprovalStatus.APPROVED, approved);
    each.put(ApprovalStatus.REJECTED, after(pending, new ApprovalEvent.Reject(at(1), "alice", "")));
    each.put(
        ApprovalStatus.EXPIRED,
        after(after(pending, new ApprovalEvent.Tick(at(30))), new ApprovalEvent.Tick(at(36))));
    each.put(ApprovalStatus.CANCELLED, after(pending, new ApprovalEvent.Cancel(at(1), "gone")));
    each.put(
        ApprovalStatus.USED, after(approved, new ApprovalEvent.Use(at(2), "digest", "run/step/0")));
    assertThat(each.keySet()).containsAll(EnumSet.allOf(ApprovalStatus.class));
    List<ApprovalEvent> events =
        List.of(
            approve(3, "alice"),
            new ApprovalEvent.Reject(at(3), "alice", ""),
            new ApprovalEvent.Delegate(at(3), "alice", "carol"),
            new ApprovalEvent.Tick(at(3)),
            new ApprovalEvent.Use(at(3), "digest", "run/step/0"),
            new ApprovalEvent.Cancel(at(3), ""));
    List<Happening> visited = new ArrayList<>();
    each.forEach((status, approval) -> {
      assertThat(approval.status()).isEqualTo(status);
      for (ApprovalEvent event : events) {
        boolean changed = approval.on(event, PEOPLE) instanceof Changed;
        assertThat(changed).as(status + " " + event).isEqualTo(status.admits(event.happening()));
        visited.add(event.happening());
      }
      assertThat(status.isFinal())
          .isEqualTo(EnumSet.allOf(Happening.class).stream().noneMatch(status::admits));
    });
    assertThat(visited).containsAll(EnumSet.allOf(Happening.class));
  }
}
