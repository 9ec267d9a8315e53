package dev.bylaw.expression;

import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.util.Random;

/** Makes arithmetic on decimals of data at random, and works out what it must come to. */
final class Decimals {
  private final Random random;
  private final ObjectValue.Builder input = ObjectValue.builder();
  private int keys;

  Decimals(Random random) {
    this.random = random;
  }

  /** Arithmetic as written and what it is worth. */
  record Term(String text, BigDecimal value) {}

  Term term(int depth) {
    if (depth == 0) {
      BigDecimal value = BigDecimal.valueOf(random.nextInt(200_000) - 50_000L, random.nextInt(4));
      if (random.nextInt(4) == 0) {
        // A literal with a point: without one it would calculate as an int.
        BigDecimal pointed = value.setScale(Math.max(1, value.scale()));
        return new Term("dyn(" + pointed.toPlainString() + ")", pointed);
      }
      String key = "k" + keys++;
      input.put(key, NumberValue.of(value));
      return new Term("p." + key, value);
    }
    Term left = term(depth - 1);
    Term right = term(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> new Term("(" + left.text + " + " + right.text + ")", left.value.add(right.value));
      case 1 ->
          new Term("(" + left.text + " - " + right.text + ")", left.value.subtract(right.value));
      case 2 ->
          new Term("(" + left.text + " * " + right.text + ")", left.value.multiply(right.value));
      default -> {
        boolean more = left.value.compareTo(right.value) > 0;
        yield new Term(
            "(%1$s > %2$s ? %1$s : -%2$s)".formatted(left.text, right.text),
            more ? left.value : right.value.negate());
      }
    };
  }

  ObjectValue input() {
    return input.build();
  }
}
