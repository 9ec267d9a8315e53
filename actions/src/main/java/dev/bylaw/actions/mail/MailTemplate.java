package dev.bylaw.actions.mail;

import dev.bylaw.playbook.template.Scope;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.playbook.template.TemplateException;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Map;

/**
 * What a mail takes from a template.
 *
 * @param parts by parameter: {@code subject}, {@code to}, {@code cc}, {@code bcc}, {@code body},
 *     {@code html}
 */
record MailTemplate(Map<String, Template> parts) {
  static final String HTML = "html";

  MailTemplate {
    parts = Map.copyOf(parts);
  }

  /** Whether the parameters have everything that the template would give. */
  boolean isFilledIn(ObjectValue params) {
    return parts.keySet().stream().allMatch(params::has);
  }

  /**
   * The parameters with all that they leave out; what they say themselves stays.
   *
   * @throws TemplateException if the data lack something
   */
  ObjectValue fill(ObjectValue params, ObjectValue data) throws TemplateException {
    var plain = new Scope(data, ObjectValue.EMPTY, ObjectValue.EMPTY);
    var escaped = new Scope(escaped(data), ObjectValue.EMPTY, ObjectValue.EMPTY);
    ObjectValue whole = params;
    for (Map.Entry<String, Template> part : parts.entrySet()) {
      if (!params.has(part.getKey())) {
        Scope scope = part.getKey().equals(HTML) ? escaped : plain;
        whole = whole.with(part.getKey(), part.getValue().render(scope));
      }
    }
    return whole;
  }

  /** The data with every text in it as HTML shows it: a value is never markup. */
  private static ObjectValue escaped(ObjectValue data) {
    var out = ObjectValue.builder(data.size());
    data.forEach((key, value) -> out.put(key, escaped(value)));
    return out.build();
  }

  private static Value escaped(Value value) {
    return switch (value) {
      case StringValue text -> StringValue.of(escaped(text.text()));
      case ObjectValue object -> escaped(object);
      case ArrayValue list ->
          ArrayValue.of(list.elements().stream().map(MailTemplate::escaped).toList());
      default -> value;
    };
  }

  private static String escaped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
