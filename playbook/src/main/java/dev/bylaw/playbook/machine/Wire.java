package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JSON forms that states, events and commands share. */
final class Wire {
  private Wire() {}

  static Value millis(Instant at) {
    return NumberValue.of(at.toEpochMilli());
  }

  static Value millis(Duration length) {
    return NumberValue.of(length.toMillis());
  }

  static Instant instant(ObjectValue value, String key) {
    return Instant.ofEpochMilli(whole(value, key));
  }

  static Optional<Instant> optionalInstant(ObjectValue value, String key) {
    return value.has(key) ? Optional.of(instant(value, key)) : Optional.empty();
  }

  static long whole(ObjectValue value, String key) {
    if (value.get(key) instanceof NumberValue number && number.isLong()) {
      return number.longValue();
    }
    throw new IllegalArgumentException("`" + key + "` is not a whole number");
  }

  static int whole(ObjectValue value, String key, int otherwise) {
    return value.has(key) ? Math.toIntExact(whole(value, key)) : otherwise;
  }

  static boolean truth(ObjectValue value, String key) {
    return value.get(key) instanceof BooleanValue truth && truth.isTrue();
  }

  static ObjectValue object(ObjectValue value, String key) {
    return value.get(key) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }

  static Optional<ObjectValue> optionalObject(ObjectValue value, String key) {
    return value.get(key) instanceof ObjectValue object ? Optional.of(object) : Optional.empty();
  }

  static ArrayValue array(ObjectValue value, String key) {
    return value.get(key) instanceof ArrayValue array ? array : ArrayValue.EMPTY;
  }

  static ArrayValue texts(Collection<String> texts) {
    return ArrayValue.of(texts.stream().map(StringValue::of).toList());
  }

  static List<String> texts(ObjectValue value, String key) {
    List<String> texts = new ArrayList<>();
    for (Value element : array(value, key)) {
      if (element instanceof StringValue text) {
        texts.add(text.text());
      }
    }
    return texts;
  }

  static void putText(ObjectValue.Builder out, String key, String text) {
    if (!text.isEmpty()) {
      out.put(key, text);
    }
  }

  static void putTruth(ObjectValue.Builder out, String key, boolean truth) {
    if (truth) {
      out.put(key, BooleanValue.TRUE);
    }
  }

  static void putObject(ObjectValue.Builder out, String key, ObjectValue object) {
    if (object.size() > 0) {
      out.put(key, object);
    }
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(Class<E> type, ObjectValue value, String key) {
    return Enum.valueOf(type, value.text(key).toUpperCase(Locale.ROOT));
  }

  static ObjectValue outcome(ActionOutcome outcome) {
    return switch (outcome) {
      case ActionOutcome.Done(ObjectValue output) -> ObjectValue.of("done", output);
      case ActionOutcome.Failed failed -> ObjectValue.of("failed", failure(failed));
    };
  }

  /** What people and conditions see of a failure, and what it is read back from. */
  static ObjectValue failure(ActionOutcome.Failed failed) {
    ObjectValue.Builder out =
        ObjectValue.builder(5)
            .put("code", failed.code())
            .put("message", failed.message())
            .put("retryable", BooleanValue.of(failed.retryable()))
            .put("effect", word(failed.effect()));
    putObject(out, "output", failed.output());
    return out.build();
  }

  static ActionOutcome outcome(ObjectValue value) {
    if (value.get("done") instanceof ObjectValue output) {
      return new ActionOutcome.Done(output);
    }
    if (value.get("failed") instanceof ObjectValue failed) {
      return new ActionOutcome.Failed(
          failed.text("code"),
          failed.text("message"),
          truth(failed, "retryable"),
          constant(Effect.class, failed, "effect"),
          object(failed, "output"));
    }
    throw new IllegalArgumentException("neither `done` nor `failed`");
  }
}
