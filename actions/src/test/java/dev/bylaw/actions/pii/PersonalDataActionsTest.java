package dev.bylaw.actions.pii;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.Budget;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Recognizer;
import dev.bylaw.content.Redaction;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PersonalDataActionsTest {
  private final IdentifyPii identify = new IdentifyPii(Inspector::standard);
  private final Redact redact = new Redact(Inspector::standard, new Redaction.Label());

  @Test
  void personalDataAreFoundWithoutRepeatingThem() throws InterruptedException {
    ObjectValue output =
        done(
            identify,
            Map.of("content", Map.of("ssn", "123-45-6789", "text", "mail ada@example.com")));
    assertThat(output.get("found")).isEqualTo(json("true"));
    assertThat(output.get("types")).isEqualTo(json("[\"email\",\"ssn\"]"));
    assertThat(output.toString()).doesNotContain("123-45-6789").doesNotContain("ada@example.com");
    assertThat(output.at("findings", "0", "path")).isPresent();
  }

  @Test
  void whatNeedsAModelIsNamedAsNotLookedForAndRefusedWhereItIsAskedFor()
      throws InterruptedException {
    assertThat(done(identify, Map.of("content", "Jane")).at("not_looked_for").orElseThrow())
        .isEqualTo(json("[\"address\",\"person\"]"));
    assertThat(done(redact, Map.of("content", "Jane")).at("not_looked_for").orElseThrow())
        .isEqualTo(json("[\"address\",\"person\"]"));
    Map<String, Object> named = Map.of("content", "Jane", "types", List.of("person"));
    assertThat(failed(identify, named).code()).isEqualTo("not_inspected");
    assertThat(failed(redact, named).code()).isEqualTo("not_inspected");
  }

  @Test
  void aCallUsesTheInspectorOfItsTime() throws InterruptedException {
    AtomicReference<Inspector> now = new AtomicReference<>(Inspector.standard());
    IdentifyPii later = new IdentifyPii(now::get);
    Map<String, Object> content = Map.of("content", "badge EMP-123456");
    assertThat(done(later, content).get("found")).isEqualTo(json("false"));
    now.set(
        Inspector.standard()
            .with(
                Recognizer.of(
                    EntityType.custom("employee_id"), List.of("EMP-[0-9]{6}"), .6, .9, List.of())));
    assertThat(done(later, content).get("types")).isEqualTo(json("[\"employee_id\"]"));
  }

  @Test
  void cleanContentIsClean() throws InterruptedException {
    assertThat(done(identify, Map.of("content", Map.of("product_id", "ABC123"))).get("found"))
        .isEqualTo(json("false"));
  }

  @Test
  void personalDataAreRedactedInEveryText() throws InterruptedException {
    ObjectValue output =
        done(
            redact,
            Map.of(
                "content",
                Map.of("ssn", "123-45-6789", "list", List.of("write to ada@example.com", 7))));
    assertThat(output.toString()).doesNotContain("6789").doesNotContain("ada@").contains("7");
    assertThat(output.get("redacted")).isEqualTo(json("2"));
    assertThat(done(identify, Map.of("content", output.get("content") + "")).get("found"))
        .isEqualTo(json("false"));
  }

  @Test
  void onlyTheNamedTypesAreRedacted() throws InterruptedException {
    ObjectValue output =
        done(
            redact,
            Map.of("content", "ssn 123-45-6789, mail ada@example.com", "types", List.of("email")));
    assertThat(output.text("content")).contains("123-45-6789").doesNotContain("ada@");
  }

  @Test
  void anUnknownTypeIsTold() throws InterruptedException {
    assertThat(failed(identify, Map.of("content", "x", "types", List.of("emial"))).message())
        .contains("did you mean `email`?");
    assertThat(failed(identify, Map.of("content", "x", "types", List.of())).message())
        .contains("names no type");
  }

  @Test
  void whatCouldNotBeLookedAtIsAFailureAndNeverClean() throws InterruptedException {
    Inspector small = Inspector.standard().with(new Budget(10, 8, 10, Duration.ofSeconds(5)));
    Map<String, Object> params = Map.of("content", "a text of more than ten characters");
    assertThat(failed(new IdentifyPii(() -> small), params).code()).isEqualTo("not_inspected");
    assertThat(failed(new Redact(() -> small, new Redaction.Label()), params).code())
        .isEqualTo("not_inspected");
  }
}
