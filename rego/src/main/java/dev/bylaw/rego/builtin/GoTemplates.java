package dev.bylaw.rego.builtin;

import dev.bylaw.rego.template.Template;
import dev.bylaw.rego.template.TemplateException;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;

/** {@code strings.render_template}. */
final class GoTemplates {
  private GoTemplates() {}

  static Value render(BuiltinContext c, Value template, Value variables) {
    String text = Operands.string(template, 1);
    ObjectValue data = Operands.object(variables, 2);
    try {
      String filled =
          Template.of(text)
              .render(
                  data,
                  c::tick,
                  (format, values) ->
                      Operands.string(
                          Sprintf.format(c, StringValue.of(format), ArrayValue.of(values)), 1));
      return StringValue.of(filled.replace("<no value>", "<undefined>"));
    } catch (TemplateException e) {
      throw BuiltinFailure.error(String.valueOf(e.getMessage()));
    }
  }
}
