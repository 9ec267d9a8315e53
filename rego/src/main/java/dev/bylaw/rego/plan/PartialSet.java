package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;

/** {@code p contains member if body}. */
final class PartialSet extends Virtual {
  Clause[] clauses = {};

  PartialSet(int number, List<String> path) {
    super(number, path);
  }

  @Override
  Value compute(Evaluation e) {
    var into = new Collector.OfSet();
    for (Clause clause : clauses) {
      clause.collect(e, into);
    }
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
