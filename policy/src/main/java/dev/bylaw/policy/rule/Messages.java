package dev.bylaw.policy.rule;

import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The texts of a message: where they usually are in the parameters of an action. */
final class Messages {
  /** The text itself; the first that is there is the one that is signed. */
  static final List<FieldPath> BODIES = paths("body", "text", "message", "content", "html");

  /** Everything that people read. */
  static final List<FieldPath> TEXTS =
      paths("subject", "title", "body", "text", "message", "content", "html", "description");

  private static final Set<String> ADDRESSES =
      java.util.stream.Stream.concat(
              Destinations.HOST_FIELDS.stream(), Destinations.RECIPIENT_FIELDS.stream())
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  private Messages() {}

  private static List<FieldPath> paths(String... names) {
    return java.util.Arrays.stream(names).map(FieldPath::param).toList();
  }

  /**
   * A text of a request.
   *
   * @param field where it is
   */
  record Text(FieldPath field, String text) {}

  /** The texts at the given fields, or the usual ones. */
  static List<Text> at(PolicyInput input, List<FieldPath> fields, List<FieldPath> usual) {
    List<Text> texts = new ArrayList<>();
    for (FieldPath field : fields.isEmpty() ? usual : fields) {
      if (field.in(input) instanceof StringValue text) {
        texts.add(new Text(field, text.text()));
      }
    }
    return texts;
  }

  /** Every text of a value, addresses that a message goes to left out. */
  static List<String> all(Value value) {
    List<String> texts = new ArrayList<>();
    collect(value, 0, texts);
    return texts;
  }

  private static void collect(Value value, int depth, List<String> texts) {
    switch (value) {
      case StringValue text -> texts.add(text.text());
      case ArrayValue array -> array.forEach(each -> collect(each, depth + 1, texts));
      case SetValue set -> set.forEach(each -> collect(each, depth + 1, texts));
      case ObjectValue object ->
          object.forEach((key, each) -> {
            boolean address =
                depth == 0 && key instanceof StringValue name && ADDRESSES.contains(name.text());
            if (!address) {
              collect(each, depth + 1, texts);
            }
          });
      case dev.bylaw.value.NullValue _,
          dev.bylaw.value.BooleanValue _,
          dev.bylaw.value.NumberValue _ -> {}
    }
  }
}
