package dev.bylaw.runtime.approve;

import dev.bylaw.playbook.machine.Event;
import dev.bylaw.policy.approval.ApprovalEvent;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.decide.ApprovalDesk;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.runtime.run.Runner;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Questions to people. Thread-safe. */
public final class Approvals {
  private final ApprovalDesk desk;
  private final Runner runner;
  private final Supplier<ApproverKeys> keys;
  private final BiFunction<KeptApproval, ObjectValue, ApprovalEvent.Edit> edits;

  /**
   * Questions.
   *
   * @param edits decides an action again with parameters that an approver changed, and refuses
   *     those that would be blocked all the same
   */
  public Approvals(
      ApprovalDesk desk,
      Runner runner,
      Supplier<ApproverKeys> keys,
      BiFunction<KeptApproval, ObjectValue, ApprovalEvent.Edit> edits) {
    this.desk = desk;
    this.runner = runner;
    this.keys = keys;
    this.edits = edits;
  }

  /**
   * Who answers.
   *
   * @param person who they say they are
   * @param key what proves it
   */
  public record Person(String person, Optional<String> key) {}

  /**
   * What an answer came to.
   *
   * @param approval as it is now
   * @param runs where the runs stand that waited for it
   */
  public record Answered(KeptApproval approval, List<RunStanding> runs) {
    public Answered {
      runs = List.copyOf(runs);
    }
  }

  /** Those that nobody has decided, oldest first. */
  public List<KeptApproval> pending() {
    return desk.pending();
  }

  /** The newest, newest first. */
  public List<KeptApproval> latest(int most) {
    return desk.latest(most);
  }

  /** Why nobody can answer one as things are; empty if people can, or it is decided. */
  public Optional<String> shortage(KeptApproval approval) {
    return desk.shortage(approval);
  }

  /** One of them. */
  public Optional<KeptApproval> find(String id) {
    return desk.find(id);
  }

  /**
   * Agrees to the action as it was asked, and drives on what waits; refused where somebody has
   * edited the action meanwhile.
   *
   * @see #approve(String, int, Person, String, Optional, Optional)
   */
  public Answered approve(
      String id,
      Person who,
      String comment,
      Optional<ObjectValue> edit,
      Optional<Event.Answer> outcome) {
    return approve(id, 1, who, comment, edit, outcome);
  }

  /**
   * Agrees, and drives on what waits.
   *
   * @param version of the action that the person has seen; 1 as it was asked, one more with each
   *     edit, {@code version} in the approval's JSON
   * @param edit the parameters as the person would have them; empty for as they were asked
   * @param outcome what became of an action that was cut off; empty for other questions
   * @throws BylawException if the person has not proved who they are, or may not answer, or the
   *     action is of another version by now
   */
  public Answered approve(
      String id,
      int version,
      Person who,
      String comment,
      Optional<ObjectValue> edit,
      Optional<Event.Answer> outcome) {
    keys.get().prove(who.person(), who.key());
    Optional<ApprovalEvent.Edit> edited =
        edit.map(params ->
            edits.apply(
                find(id).orElseThrow(() -> new BylawException("there is no approval " + id)),
                params));
    return answered(
        desk.answer(
            id, new ApprovalDesk.Reply(who.person(), version, true, comment, edited, outcome)));
  }

  /** Refuses the action as it was asked, and drives on what waits. */
  public Answered reject(String id, Person who, String comment) {
    return reject(id, 1, who, comment);
  }

  /**
   * Refuses, and drives on what waits.
   *
   * @param version of the action that the person has seen
   * @throws BylawException if the person has not proved who they are, or may not answer, or the
   *     action is of another version by now
   */
  public Answered reject(String id, int version, Person who, String comment) {
    keys.get().prove(who.person(), who.key());
    return answered(
        desk.answer(
            id,
            new ApprovalDesk.Reply(
                who.person(), version, false, comment, Optional.empty(), Optional.empty())));
  }

  /**
   * Lets another person answer instead.
   *
   * @throws BylawException if the person has not proved who they are, or may not answer
   */
  public KeptApproval delegate(String id, Person who, String to) {
    keys.get().prove(who.person(), who.key());
    return desk.delegate(id, who.person(), to);
  }

  private Answered answered(KeptApproval approval) {
    return new Answered(approval, rested(tell(approval.id())));
  }

  /** Tells those who were not told of an approval that is decided: the process had ended. */
  public void tellAgain() {
    for (String id : desk.untold()) {
      try {
        var _ = tell(id);
      } catch (RuntimeException e) {
        // One run that cannot be rebuilt keeps no other from its answer; it stays untold.
      }
    }
  }

  /**
   * Tells those who wait for an approval, if it is decided. That they were told is durable; what
   * they do about it is not waited for.
   *
   * @return complete when they rest again
   */
  public List<CompletableFuture<RunStanding>> tell(String id) {
    List<CompletableFuture<RunStanding>> resting = new ArrayList<>();
    desk.tell(
        id,
        (run, key, answered) -> {
          Runner.Handed handed =
              runner.hand(
                  run,
                  new Event.Answered(
                      key,
                      answered.answer(),
                      answered.by(),
                      answered.approval(),
                      answered.edited(),
                      answered.at()));
          resting.add(handed.rest());
          return handed.taken();
        });
    return resting;
  }

  private static List<RunStanding> rested(List<CompletableFuture<RunStanding>> runs) {
    List<RunStanding> standings = new ArrayList<>();
    for (CompletableFuture<RunStanding> each : runs) {
      try {
        standings.add(each.join());
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
    return standings;
  }
}
