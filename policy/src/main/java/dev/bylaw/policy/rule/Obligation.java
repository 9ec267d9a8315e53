package dev.bylaw.policy.rule;

import dev.bylaw.policy.RuleId;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is done to an action for it to stand. The decision's params already have it done.
 *
 * @param kind what
 * @param rule whose
 * @param fields the params that it changed, in dotted form
 * @param detail what was done, for people
 */
public record Obligation(Kind kind, RuleId rule, List<String> fields, String detail) {

  /** What is done, in the order it is done in. */
  public enum Kind {
    REDACT,
    REPLACE,
    FORMAT,
    SIGNATURE,
    DISCLAIMER;

    /** The name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Obligation {
    fields = List.copyOf(fields);
  }

  /** The obligation as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.builder(5)
        .put("obligation", kind.word())
        .put("rule", rule.toString())
        .put("pack", rule.pack())
        .put("version", rule.version())
        .put("id", rule.rule())
        .put("fields", Value.of(fields))
        .put("detail", detail)
        .build();
  }

  /** Reads what {@link #toValue} wrote. */
  public static Obligation fromValue(ObjectValue value) {
    return new Obligation(
        Kind.valueOf(value.text("obligation").toUpperCase(Locale.ROOT)),
        new RuleId(value.text("pack"), value.text("version"), value.text("id")),
        texts(value),
        value.text("detail"));
  }

  private static List<String> texts(ObjectValue value) {
    List<String> fields = new ArrayList<>();
    if (value.get("fields") instanceof ArrayValue array) {
      for (Value each : array) {
        if (each instanceof StringValue text) {
          fields.add(text.text());
        }
      }
    }
    return fields;
  }
}
