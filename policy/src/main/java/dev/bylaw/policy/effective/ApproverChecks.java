package dev.bylaw.policy.effective;

import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.approval.People;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of approvals that nobody could give: approvers that nobody is, and more who have to agree
 * than may, of one rule or of two that hold for the same action of an agent. The people are those
 * of {@code bylaw.yaml} today; what is asked for all the same says why nobody can answer.
 */
final class ApproverChecks {
  private static final String UNKNOWN = "W0202";
  private static final String TOO_FEW = "W0203";
  private static final String WAY_OUT =
      "lower `quorum`, or add people to `approvers` in `bylaw.yaml`";

  /** A rule that says who is asked. */
  private record Asking(Rule rule, ApprovalTerms terms) {}

  private final People people;
  private final Diagnostics diagnostics;
  private final Set<Rule> tooFew = new HashSet<>();

  ApproverChecks(People people, Diagnostics diagnostics) {
    this.people = people;
    this.diagnostics = diagnostics;
  }

  /** What is wrong with a pack by itself. */
  void check(Pack pack) {
    for (Rule rule : pack.rules()) {
      if (rule.body() instanceof RuleBody.Escalation escalation) {
        check(new Asking(rule, escalation.terms()));
      }
    }
  }

  private void check(Asking asking) {
    Rule rule = asking.rule();
    for (int index = 0; index < asking.terms().levels(); index++) {
      ApprovalTerms.Level level = asking.terms().level(index);
      for (String name : level.approvers()) {
        if (!people.has(name) && !people.hasGroup(name)) {
          diagnostics.warning(
              UNKNOWN,
              rule.span(),
              "nobody is called `" + name + "`, and no group is",
              "add the person to `approvers` in `bylaw.yaml`");
          tooFew.add(rule);
        }
      }
      Optional<String> shortage = people.shortage(level, Set.of());
      if (shortage.isPresent() && tooFew.add(rule)) {
        diagnostics.warning(TOO_FEW, rule.span(), shortage.get(), WAY_OUT);
      }
    }
  }

  /** What is wrong with rules that hold for one agent; after their packs were checked. */
  void check(EffectivePolicy policy) {
    List<Asking> asking =
        policy.applying().stream()
            .map(EffectiveRule::rule)
            .filter(rule -> !tooFew.contains(rule))
            .flatMap(rule ->
                rule.body() instanceof RuleBody.Escalation escalation
                    ? java.util.stream.Stream.of(new Asking(rule, escalation.terms()))
                    : java.util.stream.Stream.empty())
            .toList();
    for (int i = 1; i < asking.size(); i++) {
      for (int j = 0; j < i && !tooFew.contains(asking.get(i).rule()); j++) {
        check(asking.get(j), asking.get(i));
      }
    }
  }

  private void check(Asking first, Asking second) {
    if (first.terms().equals(second.terms())
        || !meet(first.rule().pattern(), second.rule().pattern())) {
      return;
    }
    Optional<String> shortage =
        people.shortage(first.terms().and(second.terms()).level(0), Set.of());
    if (shortage.isPresent() && tooFew.add(second.rule())) {
      diagnostics.add(
          Diagnostic.warning(
                  TOO_FEW,
                  second.rule().span(),
                  "where `" + first.rule().id().name() + "` holds as well, " + shortage.get())
              .withHint("name approvers who are among those of both, or part the rules by `when`")
              .withNote("the other rule", first.rule().span()));
    }
  }

  /** Whether one request can match both. */
  private static boolean meet(Pattern a, Pattern b) {
    return a.isOpen()
        || b.isOpen()
        || a.every()
        || b.every()
        || a.actions().stream().anyMatch(b::names)
        || b.actions().stream().anyMatch(a::names)
        || a.prefixes().stream()
            .anyMatch(one ->
                b.prefixes().stream().anyMatch(two -> one.startsWith(two) || two.startsWith(one)))
        || a.checkpoints().stream().anyMatch(b.checkpoints()::contains)
        || (!a.resourceType().isEmpty() && a.resourceType().equals(b.resourceType()));
  }
}
