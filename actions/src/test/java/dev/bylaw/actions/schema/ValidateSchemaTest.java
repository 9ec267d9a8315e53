package dev.bylaw.actions.schema;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static dev.bylaw.actions.Calls.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidateSchemaTest {
  private static final Source REFUND =
      Source.of(
          "schemas/refund_request_v1.yaml",
          """
          type: object
          required: [order_id, refund_amount]
          additionalProperties: false
          properties:
            order_id: { type: string, pattern: "^o-[0-9]+$" }
            refund_amount: { type: number, exclusiveMinimum: 0 }
            items: { type: array, items: { type: integer } }
          """);

  private final ValidateSchema validate = new ValidateSchema(() -> read(REFUND));

  private static Schemas read(Source... sources) {
    var diagnostics = new Diagnostics();
    Schemas schemas = Schemas.read(List.of(sources), Schemas.NONE, diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return schemas;
  }

  @Test
  void theRunsInputsAreCheckedWhereNoDataAreGiven() {
    ObjectValue inputs = object(Map.of("order_id", "o-1"));
    assertThat(validate.prepare(object(Map.of("schema", "x")), inputs).params().get("data"))
        .isEqualTo(inputs);
  }

  @Test
  void dataThatFollowTheSchemaPass() throws InterruptedException {
    assertThat(
            done(
                validate,
                Map.of(
                    "schema",
                    "refund_request_v1",
                    "data",
                    Map.of("order_id", "o-1", "refund_amount", 9.99))))
        .isEqualTo(json("{\"valid\":true,\"errors\":[]}"));
  }

  @Test
  void everyErrorIsToldWithItsPointer() throws InterruptedException {
    Failed failed =
        failed(
            validate,
            Map.of(
                "schema",
                "refund_request_v1",
                "data",
                Map.of(
                    "order_id",
                    "1001",
                    "refund_amount",
                    -1,
                    "items",
                    List.of(1, "x"),
                    "extra",
                    1)));
    assertThat(failed.code()).isEqualTo("schema_violation");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.output().get("valid")).isEqualTo(json("false"));
    String errors = failed.output().get("errors") + "";
    assertThat(errors).contains("/order_id", "/refund_amount", "/items/1", "extra");
  }

  @Test
  void aNullIsCheckedAndNotReplaced() throws InterruptedException {
    ObjectValue params =
        object(Map.of("schema", "refund_request_v1")).with("data", dev.bylaw.value.NullValue.NULL);
    assertThat(
            validate
                .prepare(params, object(Map.of("order_id", "o-1", "refund_amount", 1)))
                .params())
        .isEqualTo(params);
  }

  @Test
  void aMistypedSchemaIsTold() throws InterruptedException {
    assertThat(failed(validate, Map.of("schema", "refund_request_v2")).message())
        .contains("did you mean `refund_request_v1`?");
  }

  @Test
  void wrongSchemasAreToldAndTheOthersStay() {
    var diagnostics = new Diagnostics();
    Schemas schemas =
        Schemas.read(
            List.of(
                REFUND,
                Source.of("schemas/bad.json", "{\"type\": \"strin\"}"),
                Source.of("schemas/broken.json", "{"),
                Source.of("schemas/remote.json", "{\"$ref\": \"https://evil.example/schema\"}"),
                Source.of("schemas/refund_request_v1.json", "{}"),
                Source.of("schemas/readme.md", "x")),
            Schemas.NONE,
            diagnostics);
    assertThat(schemas.byName()).containsOnlyKeys("refund_request_v1");
    assertThat(diagnostics.all().stream().map(one -> one.code()))
        .contains("E0520", "E0521", "E0522");
    assertThat(diagnostics.errors()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aSchemaThatIsBrokenNowStaysAsItWas() {
    Schemas before = read(REFUND);
    Source broken = Source.of(REFUND.name(), "{ broken");
    Schemas now = Schemas.read(List.of(broken), before, new Diagnostics());
    assertThat(now.byName()).isEqualTo(before.byName());
    assertThat(Schemas.read(List.of(), now, new Diagnostics()).byName()).isEmpty();
  }
}
