package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;

/** {@code p contains member if body}. */
final class PartialSet extends Virtual {
  ClauseIndex clauses = ClauseIndex.of(List.of());

  PartialSet(int number, List<String> path) {
    super(number, path);
  }

  @Override
  Value compute(Evaluation e) {
    var into = new Collector.OfSet();
    clauses.visit(
        e,
        CompleteRule.NO_ARGUMENTS,
        clause -> {
          clause.collect(e, into);
          return true;
        });
    return into.value();
  }

  /** The last step of a clause: adds the member. */
  static final class Add extends Step {
    private final Node member;

    Add(Node member) {
      this.member = member;
    }

    @Override
    boolean run(Frame f) {
      Value v = member.eval(f);
      if (v != null && f.solutions instanceof Collector.OfSet into) {
        into.members.add(v);
      }
      return false;
    }
  }
}
