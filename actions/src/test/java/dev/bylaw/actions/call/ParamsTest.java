package dev.bylaw.actions.call;

import static dev.bylaw.actions.Calls.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.NullValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParamsTest {
  @Test
  void everyMistakeIsToldAtOnceAndNoValueIsRepeated() {
    Params params =
        Params.of(
            ActionTable.QUERY_DATABASE,
            object(
                Map.of(
                    "qery",
                    "hunter2",
                    "connection",
                    List.of("hunter2"),
                    "max_rows",
                    "hunter2",
                    "hunter2 \n",
                    1)));
    Failed failed = (Failed) params.problem().orElseThrow();
    assertThat(failed.code()).isEqualTo(Params.BAD_PARAMS);
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.message())
        .contains(
            "`query` is missing",
            "`connection`: expected a text, found array",
            "`max_rows`: expected a number, found string",
            "unknown parameter `qery`, did you mean `query`?",
            "an unknown parameter")
        .doesNotContain("hunter2");
  }

  @Test
  void aNullIsLeftOutAndABlankIsNotGiven() {
    Params params =
        Params.of(ActionTable.LOG, object(Map.of("message", " ")).with("level", NullValue.NULL));
    assertThat(params.has("level")).isFalse();
    assertThat(((Failed) params.problem().orElseThrow()).message()).contains("`message` is empty");
  }

  @Test
  void numbersAreExactWhetherWrittenAsNumbersOrTexts() {
    Params params =
        Params.of(
            ActionTable.CALL_PAYMENT_API,
            object(Map.of("endpoint", "x", "amount", "12345678901234567890.01")));
    assertThat(params.problem()).isEmpty();
    assertThat(params.number("amount")).hasToString("12345678901234567890.01");
  }

  @Test
  void theTableSaysOfEachActionWhatItNeedsAndGives() {
    assertThat(ActionTable.ROWS).hasSameSizeAs(ActionTable.BY_NAME.keySet());
    for (ActionSpec row : ActionTable.ROWS) {
      assertThat(row.name()).matches("[a-z][a-z_]*");
      assertThat(row.summary()).isNotBlank();
      assertThat(row.outputs()).isNotEmpty();
    }
    assertThat(ActionTable.HTTP.capability()).isEqualTo("api_call");
    assertThat(ActionTable.QUERY_DATABASE.capability()).isEqualTo("readData");
    assertThat(ActionTable.MODIFY_DATABASE.capability()).isEqualTo("writeData");
    assertThat(ActionTable.CALL_PAYMENT_API.resourceType()).isEqualTo("transaction");
  }
}
