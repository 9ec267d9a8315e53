package dev.bylaw.policy.approval;

import dev.bylaw.policy.approval.ApprovalChange.Changed;
import dev.bylaw.policy.approval.ApprovalChange.Notice;
import dev.bylaw.policy.approval.ApprovalChange.Refused;
import dev.bylaw.policy.request.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A question to people and how far it has come.
 *
 * @param question what was asked
 * @param status where it is in its life
 * @param level which level of the chain is asked, from 0
 * @param levelSince when that level was asked
 * @param agreed who has agreed at this level
 * @param delegates who may answer for whom, by delegate
 * @param edit the action as an approver would have it; empty for as it was asked
 * @param reminded how many reminders of this level have gone out
 * @param history everything that happened, oldest first
 */
public record Approval(
    Question question,
    ApprovalStatus status,
    int level,
    Instant levelSince,
    Set<String> agreed,
    Map<String, String> delegates,
    Optional<ApprovalEvent.Edit> edit,
    int reminded,
    List<Entry> history) {
  private static final String APPROVED = "approved";
  private static final String EDIT = "edit";

  /**
   * One thing that happened.
   *
   * @param at when
   * @param event {@code asked}, {@code approve}, {@code reject}, {@code delegate}, {@code
   *     escalated}, …
   * @param person who; empty for nobody
   * @param detail a comment, a name; may be empty
   */
  public record Entry(Instant at, String event, String person, String detail) {}

  public Approval {
    Objects.requireNonNull(question);
    Objects.requireNonNull(status);
    Objects.requireNonNull(levelSince);
    agreed = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(agreed));
    delegates = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(delegates));
    Objects.requireNonNull(edit);
    history = List.copyOf(history);
  }

  /** A question that was just asked. */
  public static Approval asked(Question question) {
    return new Approval(
        question,
        ApprovalStatus.PENDING,
        0,
        question.at(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        0,
        List.of(new Entry(question.at(), "asked", "", question.agent())));
  }

  /** When time is up for the level that is asked, or for using what was agreed to. */
  public Optional<Instant> expires() {
    return question.terms().level(level).timeout().map(levelSince::plus);
  }

  /** When an agreement can no longer be used; counted from when people had agreed. */
  public Optional<Instant> goodUntil() {
    return agreedAt().flatMap(at -> question.usableFor().map(at::plus));
  }

  private Optional<Instant> agreedAt() {
    for (Entry entry : history.reversed()) {
      if (entry.event().equals(APPROVED)) {
        return Optional.of(entry.at());
      }
    }
    return Optional.empty();
  }

  /** The next instant at which {@link ApprovalEvent.Tick} would do something. */
  public Optional<Instant> due() {
    if (status != ApprovalStatus.PENDING) {
      return status == ApprovalStatus.APPROVED ? goodUntil() : Optional.empty();
    }
    Optional<Instant> end = expires();
    List<Duration> reminders = question.terms().reminders();
    if (reminded >= reminders.size()) {
      return end;
    }
    Instant reminder = levelSince.plus(reminders.get(reminded));
    return Optional.of(end.filter(reminder::isAfter).orElse(reminder));
  }

  /** What the action may be done with; present once people have agreed. */
  public Optional<Grant> grant() {
    if (status != ApprovalStatus.APPROVED) {
      return Optional.empty();
    }
    return Optional.of(
        new Grant(
            question.id(),
            actionDigest(),
            question.key(),
            question.rules(),
            goodUntil().orElse(Instant.MAX)));
  }

  /** The digest of the action that people agree to: as asked, or as edited. */
  public String actionDigest() {
    return edit.map(ApprovalEvent.Edit::actionDigest).orElse(question.actionDigest());
  }

  /** Which version of the action people are asked about: 1 as asked, one more with each edit. */
  public int version() {
    return 1 + (int) history.stream().filter(entry -> entry.event().equals(EDIT)).count();
  }

  /** Who edited the action last. */
  public Optional<String> editor() {
    return history.reversed().stream()
        .filter(entry -> entry.event().equals(EDIT))
        .map(Entry::person)
        .findFirst();
  }

  /**
   * What an event makes of this approval.
   *
   * @param people who there is
   */
  public ApprovalChange on(ApprovalEvent event, People people) {
    if (!status.admits(event.happening())) {
      return new Refused("the approval is " + status.word());
    }
    return switch (event) {
      case ApprovalEvent.Approve approve -> approve(approve, people);
      case ApprovalEvent.Reject reject -> reject(reject, people);
      case ApprovalEvent.Delegate delegate -> delegate(delegate, people);
      case ApprovalEvent.Tick tick -> tick(tick.at());
      case ApprovalEvent.Use use -> use(use);
      case ApprovalEvent.Cancel cancel ->
          ended(
              ApprovalStatus.CANCELLED,
              new Entry(cancel.at(), "cancelled", "", cancel.reason()),
              Notice.Kind.CANCELLED);
    };
  }

  private ApprovalChange approve(ApprovalEvent.Approve event, People people) {
    Optional<String> refusal = mayNotAnswer(event.person(), event.at(), people);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    Set<String> now = new LinkedHashSet<>();
    boolean edited = event.edit().isPresent() && !event.edit().equals(edit);
    // Who agreed to other arguments has not agreed to these, and who left has no voice any more.
    if (!edited) {
      Set<String> named = question.terms().level(level).approvers();
      agreed.stream().filter(each -> people.among(each, named)).forEach(now::add);
    }
    String voice = delegates.getOrDefault(event.person(), event.person());
    if (!now.add(voice)) {
      return new Refused("`" + voice + "` has agreed already");
    }
    Approval next =
        with(ApprovalStatus.PENDING, now, edited ? event.edit() : edit)
            .noting(
                new Entry(event.at(), edited ? EDIT : "approve", event.person(), event.comment()));
    if (now.size() < question.terms().level(level).quorum()) {
      return new Changed(next, List.of());
    }
    return new Changed(
        next.with(ApprovalStatus.APPROVED, now, next.edit)
            .noting(new Entry(event.at(), APPROVED, "", "")),
        List.of(new Notice(Notice.Kind.APPROVED, Set.of())));
  }

  private ApprovalChange reject(ApprovalEvent.Reject event, People people) {
    Optional<String> refusal = mayNotAnswer(event.person(), event.at(), people);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    return ended(
        ApprovalStatus.REJECTED,
        new Entry(event.at(), "reject", event.person(), event.comment()),
        Notice.Kind.REJECTED);
  }

  private ApprovalChange delegate(ApprovalEvent.Delegate event, People people) {
    Optional<String> refusal = mayNotAnswer(event.person(), event.at(), people);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    if (delegates.containsKey(event.person())) {
      return new Refused("`" + event.person() + "` answers for another and cannot pass that on");
    }
    if (!people.has(event.to())) {
      return new Refused("nobody is called `" + event.to() + "`");
    }
    if (question.requesters().contains(event.to())) {
      return new Refused("`" + event.to() + "` has made the request");
    }
    if (people.among(event.to(), question.terms().level(level).approvers())) {
      return new Refused("`" + event.to() + "` may answer already");
    }
    String spokenFor = delegates.get(event.to());
    if (spokenFor != null) {
      // Nobody is two of a quorum.
      return new Refused("`" + event.to() + "` answers for `" + spokenFor + "` already");
    }
    Map<String, String> now = new LinkedHashMap<>(delegates);
    now.put(event.to(), event.person());
    Approval next =
        new Approval(question, status, level, levelSince, agreed, now, edit, reminded, history);
    return new Changed(
        next.noting(new Entry(event.at(), "delegate", event.person(), event.to())),
        List.of(new Notice(Notice.Kind.DELEGATED, Set.of(event.to()))));
  }

  private Optional<String> mayNotAnswer(String person, Instant at, People people) {
    if (question.requesters().contains(person)) {
      return Optional.of("`" + person + "` has made the request and cannot answer it");
    }
    if (isOver(at)) {
      return Optional.of("time was up at " + expires().orElseThrow());
    }
    boolean named = people.among(person, question.terms().level(level).approvers());
    String delegator = delegates.get(person);
    boolean delegated =
        delegator != null
            && people.has(person)
            && people.among(delegator, question.terms().level(level).approvers());
    return named || delegated
        ? Optional.empty()
        : Optional.of("`" + person + "` is not among those who may answer");
  }

  private boolean isOver(Instant at) {
    return expires().map(end -> !at.isBefore(end)).orElse(false);
  }

  private ApprovalChange tick(Instant at) {
    if (status == ApprovalStatus.APPROVED) {
      boolean over = goodUntil().map(end -> !at.isBefore(end)).orElse(false);
      return over
          ? ended(
              ApprovalStatus.EXPIRED, new Entry(at, "expired", "", "unused"), Notice.Kind.EXPIRED)
          : new Changed(this, List.of());
    }
    if (isOver(at)) {
      boolean further =
          question.terms().onTimeout() == ApprovalTerms.OnTimeout.ESCALATE
              && level + 1 < question.terms().levels();
      return further
          ? escalated(at)
          : ended(ApprovalStatus.EXPIRED, new Entry(at, "expired", "", ""), Notice.Kind.EXPIRED);
    }
    List<Duration> reminders = question.terms().reminders();
    int due = reminded;
    while (due < reminders.size() && !at.isBefore(levelSince.plus(reminders.get(due)))) {
      due++;
    }
    if (due == reminded) {
      return new Changed(this, List.of());
    }
    Approval next =
        new Approval(question, status, level, levelSince, agreed, delegates, edit, due, history);
    return new Changed(
        next.noting(new Entry(at, "reminder", "", "")),
        List.of(new Notice(Notice.Kind.REMINDER, question.terms().level(level).approvers())));
  }

  private ApprovalChange escalated(Instant at) {
    Approval next =
        new Approval(question, status, level + 1, at, Set.of(), Map.of(), edit, 0, history);
    Set<String> asked = question.terms().level(level + 1).approvers();
    return new Changed(
        next.noting(new Entry(at, "escalated", "", String.join(", ", asked))),
        List.of(new Notice(Notice.Kind.ESCALATED, asked)));
  }

  private ApprovalChange use(ApprovalEvent.Use event) {
    if (goodUntil().map(end -> !event.at().isBefore(end)).orElse(false)) {
      return new Refused("the approval was good until " + goodUntil().orElseThrow());
    }
    if (!event.key().equals(question.key())) {
      return new Refused("the approval is for another request");
    }
    if (!event.actionDigest().equals(actionDigest())) {
      return new Refused("the approval is for other arguments");
    }
    return new Changed(
        with(ApprovalStatus.USED, agreed, edit).noting(new Entry(event.at(), "used", "", "")),
        List.of());
  }

  private Changed ended(ApprovalStatus end, Entry entry, Notice.Kind notice) {
    return new Changed(
        with(end, agreed, edit).noting(entry), List.of(new Notice(notice, Set.of())));
  }

  private Approval with(ApprovalStatus now, Set<String> who, Optional<ApprovalEvent.Edit> what) {
    return new Approval(question, now, level, levelSince, who, delegates, what, reminded, history);
  }

  private Approval noting(Entry entry) {
    List<Entry> longer = new ArrayList<>(history);
    longer.add(entry);
    return new Approval(
        question, status, level, levelSince, agreed, delegates, edit, reminded, longer);
  }
}
