package dev.bylaw.rego.builtin;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;

/** {@code strings.render_template}: the fields of Go's text templates, {@code {{.name.inner}}}. */
final class GoTemplates {
  private GoTemplates() {}

  static Value render(BuiltinContext c, Value template, Value variables) {
    String text = Operands.string(template, 1);
    ObjectValue fields = Operands.object(variables, 2);
    var out = new StringBuilder();
    int at = 0;
    while (true) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        return StringValue.of(out.append(text.substring(at)).toString());
      }
      int close = text.indexOf("}}", open);
      if (close < 0) {
        throw BuiltinFailure.error("template: :1: unclosed action");
      }
      String before = text.substring(at, open);
      String action = text.substring(open + 2, close);
      at = close + 2;
      if (action.startsWith("- ")) {
        before = before.stripTrailing();
        action = action.substring(2);
      }
      if (action.endsWith(" -")) {
        action = action.substring(0, action.length() - 2);
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
          at++;
        }
      }
      out.append(before).append(action(action.strip(), fields));
    }
  }

  private static String action(String action, ObjectValue fields) {
    if (action.startsWith("/*") && action.endsWith("*/")) {
      return "";
    }
    if (!action.matches("\\.([A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*)?")) {
      throw BuiltinFailure.error("template: :1: unsupported action `" + action + "`");
    }
    Value here = fields;
    for (String name : action.substring(1).split("\\.", -1)) {
      if (name.isEmpty()) {
        continue;
      }
      Value next = here instanceof ObjectValue o ? o.get(name) : null;
      if (next == null) {
        return "<undefined>";
      }
      here = next;
    }
    return Strings.text(here);
  }
}
