package dev.bylaw.policy.rule;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request would add to a cap's counter. The ledger says whether it fits. */
final class CapCheck {
  private static final int LONGEST_KEY = 512;

  private CapCheck() {}

  static Outcome check(Rule rule, CapSpec spec, Evaluation evaluation) {
    if (evaluation.isOfResult()) {
      return Outcome.NOT_APPLICABLE;
    }
    PolicyInput input = evaluation.input();
    BigDecimal amount = BigDecimal.ONE;
    String currency = "";
    if (spec.kind() == CapSpec.Kind.SUM) {
      FieldPath field = spec.field().orElseThrow();
      Value value = field.in(input);
      if (!(value instanceof NumberValue number)) {
        return new Outcome.Failed(
            value == null
                ? "`" + field + "` is missing"
                : "`" + field + "` is a " + value.kind().word() + ", not a number");
      }
      amount = number.decimal();
      if (amount.signum() < 0) {
        return new Outcome.Failed("`" + field + "` is negative: " + amount.toPlainString());
      }
      currency = currency(spec, evaluation);
      String other = otherCurrency(currency, input);
      if (other != null) {
        return new Outcome.Failed(other);
      }
    }
    List<String> parts = new ArrayList<>(spec.per().size());
    for (CapSpec.CapKey key : spec.per()) {
      String text = keyText(key, evaluation);
      if (text == null) {
        return new Outcome.Failed("`" + key.name() + "`, whose usage is counted, is missing");
      }
      if (text.length() > LONGEST_KEY) {
        return new Outcome.Failed(
            "`" + key.name() + "` has more than " + LONGEST_KEY + " characters");
      }
      parts.add(text);
    }
    String key = parts.size() == 1 ? parts.getFirst() : parts.isEmpty() ? "" : joined(parts);
    return new Outcome.Charged(
        new CapCharge(
            new CapCounter(
                evaluation.tenant().name(), rule.id().pack(), rule.id().rule(), key, currency),
            amount,
            spec.limit(),
            spec.inclusive(),
            spec.window(evaluation.tenant().zone()),
            rule.enforcement() == Enforcement.BLOCK));
  }

  private static String currency(CapSpec spec, Evaluation evaluation) {
    return spec.currency().equals(CapSpec.IDENTITYS)
        ? evaluation.tenant().currency()
        : spec.currency();
  }

  /** Why the request's amount cannot be compared; null if it can. */
  private static @Nullable String otherCurrency(String currency, PolicyInput input) {
    Value stated = input.params().get("currency");
    if (stated == null || stated instanceof NullValue) {
      return null;
    }
    if (!(stated instanceof StringValue text)) {
      return "`params.currency` is a " + stated.kind().word() + ", not a text";
    }
    if (currency.isEmpty()) {
      return "the amount is in "
          + RuleCheck.shorten(text.text())
          + ", but neither the rule nor the identity states a currency";
    }
    return text.text().strip().toUpperCase(Locale.ROOT).equals(currency)
        ? null
        : "the amount is in " + RuleCheck.shorten(text.text()) + ", the limit in " + currency;
  }

  /** A customer is the same whether its number comes as a number or as a text. */
  private static @Nullable String keyText(CapSpec.CapKey key, Evaluation evaluation) {
    if (key.field() == null) {
      return evaluation.input().agent().text("id");
    }
    Value value = key.field().in(evaluation.input());
    if (value == null) {
      return null;
    }
    return switch (value) {
      case StringValue text -> text.text().isBlank() ? null : text.text().strip();
      case NumberValue number -> number.toString();
      case BooleanValue truth -> truth.toString();
      case NullValue _, ArrayValue _, ObjectValue _, SetValue _ -> null;
    };
  }

  private static String joined(List<String> parts) {
    return ArrayValue.of(parts.stream().map(StringValue::of).toList()).toString();
  }
}
