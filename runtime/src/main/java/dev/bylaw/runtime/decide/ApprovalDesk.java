package dev.bylaw.runtime.decide;

import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event.Answer;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.policy.approval.Approval;
import dev.bylaw.policy.approval.ApprovalChange;
import dev.bylaw.policy.approval.ApprovalEvent;
import dev.bylaw.policy.approval.ApprovalJson;
import dev.bylaw.policy.approval.ApprovalStatus;
import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.approval.People;
import dev.bylaw.policy.approval.Question;
import dev.bylaw.policy.decision.Ask;
import dev.bylaw.policy.decision.DecidedAction;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.run.RunFacts;
import dev.bylaw.store.Store;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.approval.ApprovalQueries.Waiter;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Asks people, keeps what they answer, and tells who waits for it.
 *
 * <p>What an answer means is the approval's own logic; here it is read, changed and written in one
 * transaction with its records in the policy log. Who waits is told after that, and told again at
 * the next start if the process ended in between: an answer that a run does not wait for changes
 * nothing.
 *
 * <p>Longer than most files: a short method for each way in which a question is asked, answered or
 * ends, all in that one order.
 */
public final class ApprovalDesk {
  /** For how long after people have agreed that can be used. */
  private static final Duration USABLE_FOR = Duration.ofHours(24);

  private static final String OUTCOME = "outcome";

  /** Somebody who waits for an answer. */
  public interface Teller {
    /** Tells a run; completes when it will not forget the answer. */
    CompletableFuture<Void> tell(String run, String key, Answered answered);
  }

  /**
   * What people said.
   *
   * @param answer what
   * @param by who
   * @param approval the approval's id
   * @param edited the action as they would have it, or the output of one that was done
   * @param at when
   */
  public record Answered(
      Answer answer, String by, String approval, Optional<ObjectValue> edited, Instant at) {}

  /**
   * An answer to a question.
   *
   * @param person who
   * @param version of the action that they have seen: {@link Approval#version()}
   * @param agree whether they agree
   * @param comment why; may be empty
   * @param edit the parameters as they would have them
   * @param outcome of an action that was cut off; empty for other questions
   */
  public record Reply(
      String person,
      int version,
      boolean agree,
      String comment,
      Optional<ApprovalEvent.Edit> edit,
      Optional<Answer> outcome) {}

  private final String identity;
  private final Store store;
  private final Supplier<People> people;
  private final ApprovalBook book;
  private final Supplier<String> ids;

  ApprovalDesk(
      String identity,
      Store store,
      Supplier<People> people,
      InstantSource clock,
      Supplier<String> ids) {
    this.identity = identity;
    this.store = store;
    this.people = people;
    this.book = new ApprovalBook(identity, store, clock);
    this.ids = ids;
  }

  private Instant now() {
    return book.now();
  }

  /** An approval as it is kept. */
  public Optional<KeptApproval> find(String id) {
    return book.find(id);
  }

  /** The newest approvals, newest first. */
  public List<KeptApproval> latest(int most) {
    return book.latest(most);
  }

  /** Those that people have not decided, oldest first. */
  public List<KeptApproval> pending() {
    return book.pending();
  }

  /** Why nobody can answer a pending question as things are; empty if people can. */
  public Optional<String> shortage(KeptApproval kept) {
    return ApprovalBook.readable(kept)
        .filter(approval -> approval.status() == ApprovalStatus.PENDING)
        .flatMap(approval ->
            people
                .get()
                .shortage(
                    approval.question().terms().level(approval.level()),
                    approval.question().requesters()));
  }

  /** What an approval grants; empty if it grants nothing (any more). */
  Optional<Grant> grant(String id) {
    return find(id)
        .flatMap(ApprovalBook::readable)
        .flatMap(approval ->
            approval.status() == ApprovalStatus.USED
                ? Optional.of(used(approval))
                : approval.grant());
  }

  private static Grant used(Approval approval) {
    return new Grant(
        approval.question().id(),
        approval.actionDigest(),
        approval.question().key(),
        approval.question().rules(),
        approval.goodUntil().orElse(Instant.MAX));
  }

  /**
   * Uses an approval up. One that was used already is good for another attempt of a run at the very
   * same action until the outcome of an attempt was reported: the process may have ended in
   * between. Outside runs nobody but the caller knows whether it acted, so that once is once.
   *
   * @param run the run; empty for a request outside runs
   */
  ApprovalChange use(Transaction transaction, String id, DecidedAction action, String run) {
    KeptApproval kept = transaction.approvals().find(id).orElseThrow();
    Approval approval = ApprovalBook.readable(kept).orElse(null);
    if (approval == null) {
      return new ApprovalChange.Refused("the approval was erased");
    }
    if (approval.status() == ApprovalStatus.USED) {
      boolean same =
          !run.isEmpty()
              && approval.question().key().equals(action.key())
              && approval.actionDigest().equals(action.digest());
      boolean reported =
          transaction.decisions().ofKey(identity, action.key()).stream()
              .anyMatch(decision -> !decision.outcome().isEmpty());
      return same && !reported
          ? new ApprovalChange.Changed(approval, List.of())
          : new ApprovalChange.Refused("the approval was used already");
    }
    ApprovalChange change =
        approval.on(new ApprovalEvent.Use(now(), action.digest(), action.key()), people.get());
    switch (change) {
      case ApprovalChange.Changed changed -> {
        book.put(transaction, kept, changed.approval());
        book.log(transaction, LogEvent.APPROVAL_USED, changed.approval(), run, "", "");
      }
      case ApprovalChange.Refused refused ->
          book.log(transaction, LogEvent.APPROVAL_REFUSED, approval, run, "", refused.reason());
    }
    return change;
  }

  /** Asks for a step of a run; an equal pending question is shared. */
  void ask(Transaction transaction, RunFacts run, Command.Ask ask, ObjectValue known) {
    ObjectValue action =
        known.get("action") instanceof ObjectValue object
            ? object
            : ObjectValue.builder(3)
                .put("agent", run.agent())
                .put("action", ask.action())
                .put("params", Secrets.shown(ask.params()))
                .build();
    if (ask.output().size() > 0) {
      action = action.with("output", Secrets.shown(ask.output()));
    }
    Ask terms =
        known.get("ask") instanceof ObjectValue asked
            ? Ask.fromValue(asked)
            : new Ask(Set.of(), ApprovalTerms.DEFAULT);
    Question question =
        new Question(
            ids.get(),
            identity,
            run.agent(),
            Set.of(run.agent()),
            ask.idempotencyKey(),
            known.text("digest"),
            action,
            because(ask, known),
            ask.decision(),
            terms.rules(),
            asked(terms.terms(), ask),
            now(),
            Optional.of(USABLE_FOR));
    askOrJoin(transaction, question, ask.kind(), ask.checkpoint(), run.id(), ask.key());
  }

  private static String because(Command.Ask ask, ObjectValue known) {
    return switch (ask.kind()) {
      case ACTION, RELEASE -> known.text("because");
      case UNKNOWN_OUTCOME ->
          "`"
              + ask.action()
              + "` was cut off, and nobody knows whether it was done. Find out, then answer with"
              + " --outcome done, not_done or retry.";
    };
  }

  /**
   * Whom a step asks. Where nobody answered those it names in time, the next level of the rule's
   * chain is asked; without a chain, everybody whom the rule lets answer.
   */
  private ApprovalTerms asked(ApprovalTerms rule, Command.Ask ask) {
    if (ask.level() == 0 || rule.chain().isEmpty()) {
      return rule.and(demanded(ask, now()));
    }
    ApprovalTerms.Level next = rule.level(1);
    var chained =
        new ApprovalTerms(
            next.approvers(),
            next.quorum(),
            next.timeout(),
            rule.reminders(),
            rule.onTimeout(),
            rule.chain().subList(1, rule.chain().size()),
            rule.channel());
    return chained.and(demanded(ask, now()));
  }

  /** What the step demands; its time is over here too, so that nobody agrees after it. */
  private static ApprovalTerms demanded(Command.Ask ask, Instant now) {
    return new ApprovalTerms(
        ask.level() == 0 ? new LinkedHashSet<>(ask.approvers()) : Set.of(),
        Math.max(1, ask.quorum()),
        ask.until()
            .map(until -> Duration.between(now, until))
            .map(time -> time.isPositive() ? time : Duration.ofMillis(1)),
        List.of(),
        ApprovalTerms.OnTimeout.DENY,
        List.of(),
        ask.channel());
  }

  /** Asks for a request outside playbooks; gives the id of the approval, new or shared. */
  String ask(Transaction transaction, Decision decision) {
    Ask ask = decision.ask().orElseThrow();
    Question question =
        new Question(
            ids.get(),
            identity,
            decision.action().agent(),
            Set.of(decision.action().agent()),
            decision.action().key(),
            decision.digest(),
            decision.action().toValue(),
            decision.forAgent(),
            decision.id(),
            ask.rules(),
            ask.terms(),
            now(),
            Optional.of(USABLE_FOR));
    return askOrJoin(
        transaction,
        question,
        Command.Ask.Kind.ACTION,
        decision.action().checkpoint(),
        "",
        decision.action().key());
  }

  private String askOrJoin(
      Transaction transaction,
      Question question,
      Command.Ask.Kind kind,
      String checkpoint,
      String run,
      String key) {
    for (KeptApproval other :
        transaction.approvals().forAction(identity, question.actionDigest())) {
      Approval pending = ApprovalBook.readable(other).orElse(null);
      if (pending != null
          && pending.status() == ApprovalStatus.PENDING
          && pending.question().sameAs(question)) {
        transaction.approvals().await(other.id(), new Waiter(run, key));
        book.log(transaction, LogEvent.APPROVAL_JOINED, pending, run, "", "");
        return other.id();
      }
    }
    Approval asked = Approval.asked(question);
    var kept =
        new KeptApproval(
            question.id(),
            identity,
            run,
            question.actionDigest(),
            asked.status().word(),
            question.at(),
            asked.due(),
            0,
            ApprovalJson.write(asked)
                .with(ApprovalBook.KIND, StringValue.of(word(kind)))
                .with(ApprovalBook.CHECKPOINT, StringValue.of(checkpoint)));
    var _ = transaction.approvals().put(kept);
    transaction.approvals().await(question.id(), new Waiter(run, key));
    book.log(transaction, LogEvent.APPROVAL_REQUESTED, asked, run, "", "");
    return question.id();
  }

  private static String word(Command.Ask.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Asks no longer for a step of a run. */
  void withdraw(Transaction transaction, String run, String key) {
    for (KeptApproval kept : transaction.approvals().ofRun(run)) {
      boolean waits = transaction.approvals().waiters(kept.id()).contains(new Waiter(run, key));
      Approval approval = ApprovalBook.readable(kept).orElse(null);
      if (waits && approval != null && !approval.status().isFinal()) {
        var cancel = new ApprovalEvent.Cancel(now(), "the run asks no longer");
        if (approval.on(cancel, people.get()) instanceof ApprovalChange.Changed changed) {
          book.put(transaction, kept, changed.approval());
          book.log(transaction, LogEvent.APPROVAL_CANCELLED, changed.approval(), run, "", "");
        }
      }
    }
  }

  /**
   * Takes a person's answer. The caller has made sure who that is.
   *
   * @return the approval as it is now
   * @throws BylawException if the answer is refused; why is in its message
   */
  public KeptApproval answer(String id, Reply reply) {
    return store.transact(transaction -> answer(transaction, id, reply));
  }

  private KeptApproval answer(Transaction transaction, String id, Reply reply) {
    KeptApproval kept = book.known(transaction, id);
    ObjectValue value = (ObjectValue) kept.value();
    boolean cutOff = value.text(ApprovalBook.KIND).equals(word(Command.Ask.Kind.UNKNOWN_OUTCOME));
    if (cutOff != reply.outcome().isPresent()) {
      throw new BylawException(
          cutOff
              ? "this asks what became of an action: approve with --outcome done, not_done or retry"
              : "--outcome is for actions that were cut off; this one was not");
    }
    Approval approval = ApprovalBook.read(kept);
    requireSeen(approval, reply);
    ApprovalEvent event =
        reply.agree()
            ? new ApprovalEvent.Approve(now(), reply.person(), reply.comment(), reply.edit())
            : new ApprovalEvent.Reject(now(), reply.person(), reply.comment());
    return switch (approval.on(event, people.get())) {
      case ApprovalChange.Refused refused -> throw new BylawException(refused.reason());
      case ApprovalChange.Changed changed -> {
        Approval now = changed.approval();
        ObjectValue more =
            reply
                .outcome()
                .map(outcome -> ObjectValue.of(OUTCOME, StringValue.of(outcome.name())))
                .orElse(ObjectValue.EMPTY);
        KeptApproval put = book.put(transaction, kept, now, more);
        book.log(
            transaction, answered(reply, now), now, kept.run(), reply.person(), reply.comment());
        yield put;
      }
    };
  }

  /** Nobody answers what a colleague has made of the action meanwhile without having seen it. */
  private static void requireSeen(Approval approval, Reply reply) {
    int version = approval.version();
    if (reply.version() == version || approval.status() != ApprovalStatus.PENDING) {
      return;
    }
    String id = approval.question().id();
    String look =
        "; `bylaw approvals show " + id + "` shows it, `--at-version " + version + "` answers it";
    throw new BylawException(
        approval
                .editor()
                .filter(_ -> reply.version() < version)
                .map(editor -> "`" + editor + "` has changed the action: it is version " + version)
                .orElse("there is no version " + reply.version() + ": it is version " + version)
            + look);
  }

  private static LogEvent answered(Reply reply, Approval now) {
    return switch (now.status()) {
      case PENDING -> reply.edit().isPresent() ? LogEvent.APPROVAL_EDITED : LogEvent.APPROVAL_VOTED;
      case APPROVED -> LogEvent.APPROVAL_GRANTED;
      case REJECTED -> LogEvent.APPROVAL_REJECTED;
      case EXPIRED -> LogEvent.APPROVAL_EXPIRED;
      case CANCELLED -> LogEvent.APPROVAL_CANCELLED;
      case USED -> LogEvent.APPROVAL_USED;
    };
  }

  /**
   * Lets another person answer instead.
   *
   * @throws BylawException if that is refused
   */
  public KeptApproval delegate(String id, String person, String to) {
    return store.transact(transaction -> {
      KeptApproval kept = book.known(transaction, id);
      var event = new ApprovalEvent.Delegate(now(), person, to);
      return switch (ApprovalBook.read(kept).on(event, people.get())) {
        case ApprovalChange.Refused refused -> throw new BylawException(refused.reason());
        case ApprovalChange.Changed changed -> {
          KeptApproval put = book.put(transaction, kept, changed.approval());
          book.log(
              transaction, LogEvent.APPROVAL_DELEGATED, changed.approval(), kept.run(), person, to);
          yield put;
        }
      };
    });
  }

  /**
   * Lets time pass: reminders, escalation, expiry.
   *
   * @return the approvals that it changed
   */
  public List<String> tick() {
    return store.transact(transaction -> {
      List<KeptApproval> due = transaction.approvals().due(now(), 100);
      due.forEach(kept -> tick(transaction, kept));
      return due.stream().map(KeptApproval::id).toList();
    });
  }

  private void tick(Transaction transaction, KeptApproval kept) {
    Approval before = ApprovalBook.read(kept);
    if (!(before.on(new ApprovalEvent.Tick(now()), people.get())
        instanceof ApprovalChange.Changed changed)) {
      return;
    }
    Approval after = changed.approval();
    book.put(transaction, kept, after);
    for (ApprovalChange.Notice notice : changed.notices()) {
      LogEvent event =
          switch (notice.kind()) {
            case REMINDER -> LogEvent.APPROVAL_REMINDED;
            case ESCALATED -> LogEvent.APPROVAL_ESCALATED;
            case DELEGATED -> LogEvent.APPROVAL_DELEGATED;
            case APPROVED -> LogEvent.APPROVAL_GRANTED;
            case REJECTED -> LogEvent.APPROVAL_REJECTED;
            case EXPIRED -> LogEvent.APPROVAL_EXPIRED;
            case CANCELLED -> LogEvent.APPROVAL_CANCELLED;
          };
      book.log(transaction, event, after, kept.run(), "", String.join(", ", notice.to()));
    }
  }

  /** When time has something to do next. */
  public Optional<Instant> nextTick() {
    return store.read(snapshot -> snapshot.approvals().nextDue());
  }

  /** The approvals that are decided and that somebody may not have been told of. */
  public List<String> untold() {
    return book.untold();
  }

  /**
   * Tells everybody who waits for an approval that is decided; forgets them once that is durable,
   * so that whoever has not heard is told again after a crash.
   */
  public void tell(String id, Teller teller) {
    KeptApproval kept = find(id).orElseThrow();
    Optional<Answered> answered = answered(kept);
    if (answered.isEmpty()) {
      return;
    }
    List<Waiter> waiters = store.read(snapshot -> snapshot.approvals().waiters(id));
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (Waiter waiter : waiters) {
      if (!waiter.run().isEmpty()) {
        taken.add(teller.tell(waiter.run(), waiter.key(), answered.get()));
      }
    }
    taken.forEach(CompletableFuture::join);
    var _ =
        store.transact(transaction -> {
          transaction.approvals().forgetWaiters(id);
          return true;
        });
  }

  /** What an approval came to, for those who wait; empty while people are asked. */
  private Optional<Answered> answered(KeptApproval kept) {
    Approval approval = ApprovalBook.readable(kept).orElse(null);
    if (approval == null) {
      return Optional.empty();
    }
    ObjectValue value = (ObjectValue) kept.value();
    String by = lastPerson(approval);
    Optional<Answer> answer =
        switch (approval.status()) {
          case PENDING, CANCELLED -> Optional.empty();
          case APPROVED, USED -> Optional.of(said(value).orElse(Answer.APPROVED));
          case REJECTED ->
              Optional.of(
                  value.text(ApprovalBook.KIND).equals(word(Command.Ask.Kind.UNKNOWN_OUTCOME))
                      ? Answer.NOT_DONE
                      : Answer.REJECTED);
          // What became of an action stays said, however late a run hears of it.
          case EXPIRED -> Optional.of(said(value).orElse(Answer.EXPIRED));
        };
    return answer.map(it ->
        new Answered(
            it,
            by,
            approval.question().id(),
            approval.edit().map(ApprovalEvent.Edit::params),
            now()));
  }

  /** What people said of an action that was cut off; empty for other questions. */
  private static Optional<Answer> said(ObjectValue kept) {
    String outcome = kept.text(OUTCOME);
    return outcome.isEmpty() ? Optional.empty() : Optional.of(Answer.valueOf(outcome));
  }

  private static String lastPerson(Approval approval) {
    return approval.history().reversed().stream()
        .map(Approval.Entry::person)
        .filter(person -> !person.isEmpty())
        .findFirst()
        .orElse("");
  }
}
