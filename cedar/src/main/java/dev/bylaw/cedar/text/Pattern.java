package dev.bylaw.cedar.text;

import dev.bylaw.cedar.value.CedarText;
import java.util.List;

/**
 * The pattern of {@code like}: texts with any characters between them.
 *
 * @param parts the texts between the wildcards; one more than there are wildcards
 */
public record Pattern(List<String> parts) {
  public Pattern {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a pattern has at least one part");
    }
  }

  /** Whether the whole text fits; time is linear in the text for each part. */
  public boolean matches(String text) {
    String first = parts.getFirst();
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.getLast();
    int end = text.length() - last.length();
    if (first.length() > end || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    int from = first.length();
    for (int i = 1; i < parts.size() - 1; i++) {
      String part = parts.get(i);
      int found = text.indexOf(part, from);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      from = found + part.length();
    }
    return true;
  }

  /** The pattern as it is written, without quotes. */
  public String text() {
    var out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : "*");
      CedarText.appendEscaped(out, parts.get(i), true);
    }
    return out.toString();
  }
}
