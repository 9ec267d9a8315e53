package dev.bylaw.actions.call;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.action.ActionSpec.Field;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call, checked against the action's row: what is required is there, each is of
 * its kind, and nothing else is there. A null counts as left out.
 *
 * <p>Readers give what was checked; one that is asked for another kind than the row says is a bug.
 */
public final class Params {
  /** The code of a failure whose parameters are wrong. */
  public static final String BAD_PARAMS = "bad_params";

  private final ActionSpec spec;
  private final ObjectValue values;
  private final List<String> problems = new ArrayList<>();

  private Params(ActionSpec spec, ObjectValue values) {
    this.spec = spec;
    this.values = values;
    for (Field field : spec.inputs()) {
      check(field, given(field.name()));
    }
    List<String> names = spec.inputs().stream().map(Field::name).toList();
    values.forEach((key, _) -> {
      if (!(key instanceof StringValue name) || !names.contains(name.text())) {
        unknown(key, names);
      }
    });
  }

  /** Checks parameters against a row. */
  public static Params of(ActionSpec spec, ObjectValue values) {
    return new Params(spec, values);
  }

  /** A failure that says everything that is wrong, if anything is. */
  public Optional<ActionOutcome> problem() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Failed.before(BAD_PARAMS, spec.name() + ": " + String.join("; ", problems)));
  }

  /** Adds a problem that the row cannot express. */
  public void wrong(String problem) {
    problems.add(problem);
  }

  /** Whether a parameter was given and is not null. */
  public boolean has(String name) {
    return given(name) != null;
  }

  /** Any value, or null if it was left out. */
  public @Nullable Value any(String name) {
    return given(name);
  }

  /** A text; a number or a boolean as its text; empty if it was left out. */
  public String text(String name) {
    Value value = given(name);
    return value == null ? "" : plainText(value).orElse("");
  }

  /** A number; a text that is one as the number; null if it was left out. */
  public @Nullable NumberValue number(String name) {
    Value value = given(name);
    return value == null ? null : number(value).orElse(null);
  }

  /** A whole number within bounds, or the given one if it was left out; others are a problem. */
  public int whole(String name, int least, int most, int otherwise) {
    NumberValue number = number(name);
    if (number == null) {
      return otherwise;
    }
    if (!number.isLong() || number.longValue() < least || number.longValue() > most) {
      wrong("`%s` is a whole number from %d to %d".formatted(name, least, most));
      return otherwise;
    }
    return (int) number.longValue();
  }

  /** Whether a boolean was given and is true. */
  public boolean isTrue(String name) {
    return BooleanValue.TRUE.equals(given(name));
  }

  /** An object; empty if it was left out. */
  public ObjectValue object(String name) {
    return given(name) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }

  /** A list; empty if it was left out. */
  public ArrayValue list(String name) {
    return given(name) instanceof ArrayValue list ? list : ArrayValue.EMPTY;
  }

  /** A list of texts, where one text stands for a list of one; others are a problem. */
  public List<String> texts(String name) {
    Value value = given(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof StringValue text) {
      return List.of(text.text());
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof ArrayValue list) {
      for (Value element : list) {
        if (element instanceof StringValue text) {
          texts.add(text.text());
        } else {
          wrong("`%s`: expected texts, found %s".formatted(name, element.kind().word()));
        }
      }
    } else {
      wrong(
          "`%s`: expected a text or a list of texts, found %s"
              .formatted(name, value.kind().word()));
    }
    return texts;
  }

  /** The number that a value is or says. */
  public static Optional<NumberValue> number(Value value) {
    try {
      return switch (value) {
        case NumberValue number -> Optional.of(number);
        case StringValue text when text.text().length() <= 100 ->
            Optional.of(NumberValue.parse(text.text()));
        default -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> plainText(Value value) {
    return switch (value) {
      case StringValue text -> Optional.of(text.text());
      case NumberValue _, BooleanValue _ -> Optional.of(value.toString());
      case NullValue _, ArrayValue _, ObjectValue _, dev.bylaw.value.SetValue _ -> Optional.empty();
    };
  }

  private @Nullable Value given(String name) {
    Value value = values.get(name);
    return value instanceof NullValue ? null : value;
  }

  private void check(Field field, @Nullable Value value) {
    if (value == null) {
      if (field.required()) {
        wrong("`%s` is missing: %s".formatted(field.name(), field.summary()));
      }
      return;
    }
    if (!fits(field.kind(), value)) {
      wrong(
          "`%s`: expected a %s, found %s"
              .formatted(field.name(), word(field.kind()), value.kind().word()));
    } else if (field.required() && value instanceof StringValue text && text.text().isBlank()) {
      wrong("`%s` is empty: %s".formatted(field.name(), field.summary()));
    } else if (field.kind() == Kind.HEADER && text(field.name()).chars().anyMatch(c -> c < ' ')) {
      wrong("`%s` has a line break or another control character".formatted(field.name()));
    }
  }

  private static boolean fits(Kind kind, Value value) {
    return switch (kind) {
      case ANY -> true;
      case TEXT, HEADER -> plainText(value).isPresent();
      case SQL, URL -> value instanceof StringValue;
      case NUMBER -> number(value).isPresent();
      case BOOLEAN -> value instanceof BooleanValue;
      case OBJECT -> value instanceof ObjectValue;
      case LIST -> value instanceof ArrayValue;
    };
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case ANY -> "value";
      case TEXT, HEADER -> "text";
      case SQL -> "text of SQL";
      case URL -> "text of a URL";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case OBJECT -> "mapping";
      case LIST -> "list";
    };
  }

  private void unknown(Value key, List<String> names) {
    String typed = key instanceof StringValue name ? name.text() : "";
    String hint =
        DidYouMean.closest(typed, names)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("known are `" + String.join("`, `", names) + "`");
    boolean plain = typed.matches("[A-Za-z0-9_.-]{1,60}");
    wrong((plain ? "unknown parameter `" + typed + "`" : "an unknown parameter") + ", " + hint);
  }
}
