package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which fields of the context policies ask for, so that no others are made. */
final class ContextFields {
  private final Set<String> names = new TreeSet<>();
  private boolean whole;

  private ContextFields() {}

  /** The names; null where the context is looked at as a whole. */
  static @Nullable Set<String> of(PolicySet policies) {
    ContextFields fields = new ContextFields();
    for (Template template : policies.written()) {
      template.conditions().forEach(condition -> fields.in(condition.body()));
    }
    return fields.whole ? null : fields.names;
  }

  private void in(Expr expr) {
    switch (expr) {
      case Expr.Attribute(var target, var name, _) when isContext(target) -> names.add(name);
      case Expr.Has(var target, var path, _) when isContext(target) -> names.add(path.getFirst());
      default -> {
        whole |= isContext(expr);
        expr.children().forEach(this::in);
      }
    }
  }

  private static boolean isContext(Expr expr) {
    return expr instanceof Expr.Var(var variable, _) && variable == Expr.Variable.CONTEXT;
  }
}
