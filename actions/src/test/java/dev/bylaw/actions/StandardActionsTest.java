package dev.bylaw.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.http.Endpoint;
import dev.bylaw.actions.http.Outbound;
import dev.bylaw.actions.http.PaymentGateway;
import dev.bylaw.actions.http.Vendors;
import dev.bylaw.actions.http.Vendors.Vendor;
import dev.bylaw.actions.mail.MailServer;
import dev.bylaw.actions.mail.MailServer.Security;
import dev.bylaw.actions.mail.MailTemplates;
import dev.bylaw.actions.record.StepLog.Entry;
import dev.bylaw.actions.sandbox.OrdersSandbox;
import dev.bylaw.actions.sandbox.Sandbox;
import dev.bylaw.actions.schema.Schemas;
import dev.bylaw.actions.sql.Database;
import dev.bylaw.actions.sql.Databases;
import dev.bylaw.content.Inspector;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table and its implementations, and the specification's procedures by hand over the sandbox.
 */
class StandardActionsTest {
  private final List<Entry> log = new ArrayList<>();

  private StandardActions over(Sandbox sandbox) throws Endpoint.MalformedEndpointException {
    var diagnostics = new Diagnostics();
    var parts =
        new StandardActions.Parts(
            () ->
                Schemas.read(
                    List.of(
                        Source.of(
                            "schemas/refund_request_v1.json", "{\"required\": [\"order_id\"]}")),
                    Schemas.NONE,
                    diagnostics),
            Databases.of(Database.of("orders", OrdersSandbox.url(sandbox.orders()))),
            Outbound.of(
                List.of(sandbox.payments().url().toString(), sandbox.api().url().toString())),
            new PaymentGateway(
                Optional.of(Endpoint.parse(sandbox.payments().url().toString())),
                "USD",
                Map.of(),
                true),
            Optional.of(
                new MailServer(
                    sandbox.mail().host(),
                    sandbox.mail().port(),
                    Security.NONE,
                    "",
                    "",
                    "support@acme.example")),
            () ->
                MailTemplates.read(
                    List.of(
                        Source.of(
                            "templates/refund_confirmation.md",
                            "---\nsubject: Refund\nto: \"{{email}}\"\n---\nOrder {{order_id}}.")),
                    MailTemplates.NONE,
                    diagnostics),
            new Vendors(List.of(Vendor.of("desk", List.of(sandbox.api().url().toString())))),
            Inspector::standard,
            (agent, rule, key) -> List.of(),
            (agent, key, entry) -> log.add(entry),
            InstantSource.system());
    assertThat(diagnostics.all()).isEmpty();
    return StandardActions.of(parts);
  }

  @Test
  void everyRowOfTheTableHasItsAction(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = Sandbox.start(folder);
        StandardActions actions = over(sandbox)) {
      assertThat(actions.all().stream().map(action -> action.spec().name()))
          .containsExactlyElementsOf(ActionTable.ROWS.stream().map(row -> row.name()).toList());
    }
  }

  @Test
  void aSupportTicketGoesToAnApprovedVendorWithoutPersonalData(@TempDir Path folder)
      throws Exception {
    try (Sandbox sandbox = Sandbox.start(folder);
        StandardActions actions = over(sandbox)) {
      Map<String, Object> ticket =
          Map.of("ssn", "123-45-6789", "text", "call me: ada@example.com", "order", "o-1001");
      String endpoint = sandbox.api().url() + "/tickets";
      assertThat(
              Calls.done(action(actions, "identify_pii"), Map.of("content", ticket)).get("found"))
          .isEqualTo(Calls.json("true"));
      Value redacted =
          Calls.done(action(actions, "redact"), Map.of("content", ticket)).get("content");
      assertThat(
              Calls.done(action(actions, "check_vendor"), Map.of("endpoint", endpoint))
                  .get("approved"))
          .isEqualTo(Calls.json("true"));
      ObjectValue sent =
          Calls.done(action(actions, "http"), Map.of("endpoint", endpoint, "payload", redacted));
      Calls.done(
          action(actions, "log"),
          Map.of("message", "sent", "data", Map.of("body", sent.get("body"))));
      assertThat(sandbox.api().requests().getFirst().body())
          .contains("o-1001")
          .doesNotContain("6789")
          .doesNotContain("ada@");
      assertThat(log.getFirst().data().at("body", "id")).contains(Calls.json("\"t-1\""));
    }
  }

  @Test
  void theSpecificationsRefundGoesThroughEveryAction(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = Sandbox.start(folder);
        StandardActions actions = over(sandbox)) {
      Map<String, Object> inputs = Map.of("order_id", "o-1001", "email", "ada@example.com");
      Calls.done(
          action(actions, "validate_schema"),
          Map.of("schema", "refund_request_v1", "data", inputs));
      ObjectValue order =
          Calls.done(
              action(actions, "query_database"),
              Map.of("query", "SELECT * FROM orders WHERE id = ?", "binds", List.of("o-1001")));
      Value total = order.at("rows", "0", "total").orElseThrow();
      Calls.done(
          action(actions, "call_payment_api"),
          Map.of("endpoint", sandbox.payments().url() + "/refund", "amount", total));
      Calls.done(
          action(actions, "modify_database"),
          Map.of(
              "query",
              "INSERT INTO transactions (customer_id, order_id, kind, amount, currency)"
                  + " VALUES (:customer, :order, 'refund', :amount, 'USD')",
              "binds",
              Map.of("customer", "c-17", "order", "o-1001", "amount", total)));
      Calls.done(
          action(actions, "send_email"), Map.of("template", "refund_confirmation", "data", inputs));
      assertThat(sandbox.payments().transactions().getFirst().amount()).isEqualTo("99.99");
      assertThat(sandbox.mail().mails().getFirst().text()).contains("Order o-1001.");
      assertThat(
              Calls.done(
                      action(actions, "query_database"),
                      Map.of("query", "SELECT amount FROM transactions WHERE kind = 'refund'"))
                  .get("rows"))
          .isEqualTo(Calls.json("[{\"amount\":99.99}]"));
    }
  }

  private static Action action(StandardActions actions, String name) {
    return Objects.requireNonNull(actions.byName().get(name));
  }
}
