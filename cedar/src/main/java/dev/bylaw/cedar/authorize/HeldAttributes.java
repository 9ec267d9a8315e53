package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.Expr;
import java.util.HashMap;
import java.util.Map;

/**
 * The attributes of {@code principal}, {@code resource} and {@code context} that so many policies
 * ask for that their values are held for a request instead of looked up by each.
 */
final class HeldAttributes {
  /** With fewer than these, a request has to make room for more than it saves. */
  private static final int WORTH_HOLDING = 16;

  private record Key(Expr.Variable variable, String name) {}

  private final Map<Key, Integer> uses = new HashMap<>();
  private final Map<Key, Integer> numbers = new HashMap<>();

  /** Counts those of an expression. */
  void count(Expr expr) {
    if (expr instanceof Expr.Attribute(Expr.Var(var variable, _), var name, _)) {
      uses.merge(new Key(variable, name), 1, Integer::sum);
    } else {
      expr.children().forEach(this::count);
    }
  }

  /** The code of an attribute whose target is compiled. */
  Code compile(Expr.Attribute expr, Code target) {
    var attribute = new Codes.Attribute(target, expr.name());
    if (expr.target() instanceof Expr.Var(var variable, _)) {
      var key = new Key(variable, expr.name());
      if (uses.getOrDefault(key, 0) >= WORTH_HOLDING) {
        return new Codes.Held(numbers.computeIfAbsent(key, _ -> numbers.size()), attribute);
      }
    }
    return attribute;
  }

  /** How many are held. */
  int held() {
    return numbers.size();
  }
}
