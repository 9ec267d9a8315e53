package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Calls of builtins, family by family, with operands right and wrong: OPA's answers are kept. */
class KnownCallsTest {
  private static final Pattern NAME = Pattern.compile("\\b[a-z]+[0-9a-z]*\\b(?=[,)\\]}])");

  @Test
  void aCallIsAnsweredAsOpaAnswersIt() throws IOException {
    Map<String, String> terms = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (String line : text().lines().toList()) {
      int tab = line.indexOf('\t');
      if (line.startsWith("@let ")) {
        int equals = line.indexOf(" = ");
        terms.put(line.substring(5, equals), line.substring(equals + 3));
      } else if (tab > 0) {
        calls++;
        String call = line.substring(0, tab);
        String found = answer(named(call, terms));
        if (!found.equals(line.substring(tab + 1))) {
          wrong.add(call + "\n  OPA   " + line.substring(tab + 1) + "\n  Bylaw " + found);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(2000);
  }

  private static String text() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(KnownCallsTest.class.getResourceAsStream("calls.txt"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String named(String call, Map<String, String> terms) {
    return NAME.matcher(call)
        .replaceAll(m -> Matcher.quoteReplacement(terms.getOrDefault(m.group(), m.group())));
  }

  private static String answer(String call) {
    Answer answer = Engine.ask(Question.of("x = " + call, null));
    if (answer.errors().isEmpty()) {
      return answer.rows().isEmpty()
          ? "undefined"
          : JsonText.compact(((ObjectValue) answer.rows().getFirst()).get("x"));
    }
    String message = answer.errors().getFirst().message();
    return "! "
        + answer.code()
        + ": "
        + message.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
