package dev.bylaw.playbook.definition;

import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.action.ActionSpec.Field;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.regex.Pattern;

/** Holds the parameters of a step against what its action takes. */
record ParamsCheck(ActionSpec action, Diagnostics diagnostics) {
  private static final String UNKNOWN = "E0305";
  private static final String MISSING = "E0306";
  private static final String WRONG_KIND = "E0307";
  private static final String OWN_BINDS = "E0333";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,1000})(\\.\\d{1,1000})?([eE][+-]?\\d{1,5})?");

  void check(Node.Mapping mapping, Template.Members members, Span actionSpan) {
    for (int i = 0; i < mapping.entries().size(); i++) {
      Node.Entry entry = mapping.entries().get(i);
      Template template = members.members().get(i).template();
      Field field = action.input(entry.key()).orElse(null);
      if (field == null) {
        unknown(entry);
      } else {
        kind(field, template, entry.node().span());
      }
      if (template instanceof Template.Statement) {
        mapping
            .entry(Template.Members.BINDS)
            .ifPresent(binds ->
                diagnostics.error(
                    OWN_BINDS,
                    binds.keySpan(),
                    "`binds` beside templates in `" + entry.key() + "`",
                    "the templates are the bind parameters; leave `binds` out"));
      }
    }
    for (Field field : action.inputs()) {
      if (field.required() && mapping.entry(field.name()).isEmpty()) {
        diagnostics.error(
            MISSING,
            actionSpan,
            "`" + action.name() + "` needs the param `" + field.name() + "`",
            field.summary());
      }
    }
  }

  private void unknown(Node.Entry entry) {
    List<String> known = action.inputs().stream().map(Field::name).toList();
    String hint = DidYouMean.hint(entry.key(), known);
    diagnostics.error(
        UNKNOWN,
        entry.keySpan(),
        "`" + action.name() + "` has no param `" + entry.key() + "`",
        !hint.isEmpty()
            ? hint
            : known.isEmpty() ? "it takes none" : "it takes: " + String.join(", ", known));
  }

  /** What is known before anything is rendered; the rest the action looks at itself. */
  private void kind(Field field, Template template, Span span) {
    boolean fits =
        switch (template) {
          case Template.Constant(Value value) -> fits(field.kind(), value);
          case Template.Whole _ -> true;
          case Template.Text _ -> isText(field.kind()) || field.kind() == Kind.NUMBER;
          case Template.Statement _ -> true;
          case Template.Elements _ -> fits(field.kind(), ArrayValue.EMPTY);
          case Template.Members _ -> fits(field.kind(), ObjectValue.EMPTY);
        };
    if (!fits) {
      diagnostics.error(
          WRONG_KIND,
          span,
          "expected " + word(field.kind()) + " for `" + field.name() + "`",
          field.summary());
    }
  }

  private static boolean fits(Kind kind, Value value) {
    return switch (kind) {
      case ANY -> true;
      case TEXT, SQL, URL -> value instanceof StringValue;
      case HEADER ->
          isLine(value)
              || (value instanceof ArrayValue list
                  && list.elements().stream().allMatch(ParamsCheck::isLine));
      case NUMBER ->
          value instanceof NumberValue
              || (value instanceof StringValue text && NUMBER.matcher(text.text()).matches());
      case BOOLEAN -> value instanceof BooleanValue;
      case OBJECT -> value instanceof ObjectValue;
      case LIST -> value instanceof ArrayValue;
    };
  }

  private static boolean isLine(Value value) {
    return value instanceof StringValue text
        && text.text().indexOf('\n') < 0
        && text.text().indexOf('\r') < 0;
  }

  private static boolean isText(Kind kind) {
    return switch (kind) {
      case ANY, TEXT, SQL, URL, HEADER -> true;
      case NUMBER, BOOLEAN, OBJECT, LIST -> false;
    };
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case ANY -> "anything";
      case TEXT -> "a text";
      case HEADER -> "one line of text, or a list of such";
      case NUMBER -> "a number";
      case BOOLEAN -> "`true` or `false`";
      case OBJECT -> "a mapping";
      case LIST -> "a list";
      case SQL -> "an SQL statement";
      case URL -> "a URL";
    };
  }
}
