package dev.bylaw.actions.call;

import static dev.bylaw.playbook.action.ActionSpec.Kind.ANY;
import static dev.bylaw.playbook.action.ActionSpec.Kind.BOOLEAN;
import static dev.bylaw.playbook.action.ActionSpec.Kind.HEADER;
import static dev.bylaw.playbook.action.ActionSpec.Kind.LIST;
import static dev.bylaw.playbook.action.ActionSpec.Kind.NUMBER;
import static dev.bylaw.playbook.action.ActionSpec.Kind.OBJECT;
import static dev.bylaw.playbook.action.ActionSpec.Kind.SQL;
import static dev.bylaw.playbook.action.ActionSpec.Kind.TEXT;
import static dev.bylaw.playbook.action.ActionSpec.Kind.URL;

import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.action.ActionSpec.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of the standard actions; a duplicate name fails at class load. */
public final class ActionTable {
  private static final boolean ONCE = false;
  private static final boolean AGAIN = true;

  /** Checks data against a JSON Schema of the folder {@code schemas/}. */
  public static final ActionSpec VALIDATE_SCHEMA =
      row("validate_schema", "validate_schema", "", AGAIN)
          .says("checks data against a JSON Schema; every error with its place")
          .needs("schema", TEXT, "the schema's name: `refund_request_v1`")
          .takes("data", ANY, "what is checked; the run's inputs where it is left out")
          .gives("valid", BOOLEAN, "whether the data follow the schema")
          .gives("errors", LIST, "each with `pointer` and `message`")
          .end();

  /** Reads from a database. */
  public static final ActionSpec QUERY_DATABASE =
      row("query_database", "readData", "table", AGAIN)
          .says("reads rows with one SELECT over a read-only connection")
          .needs("query", SQL, "one SELECT")
          .takes("binds", ANY, "a list for `?`, an object for `:name`")
          .takes("connection", TEXT, "the connection's name; the default one where it is left out")
          .takes("max_rows", NUMBER, "how many rows at most; 1000 where it is left out")
          .gives("rows", LIST, "an object for each row")
          .gives("count", NUMBER, "how many rows `rows` holds")
          .gives("truncated", BOOLEAN, "whether there were more than are given")
          .gives("tables", LIST, "the tables that were read")
          .end();

  /** Changes a database. */
  public static final ActionSpec MODIFY_DATABASE =
      row("modify_database", "writeData", "table", ONCE)
          .says("changes rows with one INSERT, UPDATE or DELETE")
          .needs("query", SQL, "one INSERT, UPDATE or DELETE")
          .takes("binds", ANY, "a list for `?`, an object for `:name`")
          .takes("connection", TEXT, "the connection's name; the default one where it is left out")
          .takes("all_rows", BOOLEAN, "whether an UPDATE or DELETE without WHERE is meant")
          .takes("max_rows", NUMBER, "more changed rows than this undo the change")
          .gives("affected", NUMBER, "how many rows were changed")
          .gives("tables", LIST, "the tables that were touched, the changed one first")
          .end();

  /** Calls a web API. */
  public static final ActionSpec HTTP =
      row("http", "api_call", "host", ONCE)
          .says("calls a web API on a listed host")
          .needs("endpoint", URL, "the URL; `https` where it names no scheme")
          .takes("method", TEXT, "GET, or POST where there is a payload, if it is left out")
          .takes("payload", ANY, "the body: a text as it is, anything else as JSON")
          .takes("headers", OBJECT, "more request headers, texts by name")
          .gives("status", NUMBER, "the HTTP status")
          .gives("headers", OBJECT, "the response headers, texts by lower-case name")
          .gives("body", ANY, "JSON as a value, anything else as text")
          .end();

  /** Moves money. */
  public static final ActionSpec CALL_PAYMENT_API =
      row("call_payment_api", "call_payment_api", "transaction", ONCE)
          .says("asks a payment gateway to charge or refund an amount, under an idempotency key")
          .needs("endpoint", URL, "the URL, or a path below the configured gateway")
          .needs("amount", NUMBER, "the amount, greater than zero, exact")
          .takes("currency", TEXT, "ISO 4217; the identity's where it is left out")
          .takes("customer_id", TEXT, "whose payment it is")
          .takes("order_id", TEXT, "what it is for")
          .takes("payment_id", TEXT, "the earlier payment it belongs to")
          .takes("reason", TEXT, "why")
          .takes("payload", OBJECT, "more fields for the gateway; never one of the above")
          .takes("headers", OBJECT, "more request headers, texts by name")
          .gives("id", TEXT, "the gateway's name for the transaction, where it gives one")
          .gives("status", NUMBER, "the HTTP status")
          .gives("amount", NUMBER, "the amount that was asked for")
          .gives("currency", TEXT, "its currency")
          .gives("body", ANY, "the gateway's answer")
          .end();

  /** Sends mail. */
  public static final ActionSpec SEND_EMAIL =
      row("send_email", "send_email", "recipient", ONCE)
          .says("sends one mail, from a template or as given")
          .takes("template", TEXT, "a name in `templates/`; fills what is left out below")
          .takes("data", OBJECT, "what the template may use; the run's inputs if left out")
          .takes("to", ANY, "an address, or a list of them")
          .takes("cc", ANY, "an address, or a list of them")
          .takes("bcc", ANY, "an address, or a list of them")
          .takes("subject", HEADER, "the subject")
          .takes("body", TEXT, "the text")
          .takes("html", TEXT, "the same in HTML")
          .takes("attachments", LIST, "each with `name`, `content` or `base64`, and `type`")
          .gives("message_id", TEXT, "the Message-ID, the same for the same idempotency key")
          .gives("recipients", NUMBER, "how many addresses it went to")
          .end();

  /** Finds personal data. */
  public static final ActionSpec IDENTIFY_PII =
      row("identify_pii", "identify_pii", "", AGAIN)
          .says("finds personal data in a text or in any value")
          .needs("content", ANY, "what is inspected")
          .takes("types", LIST, "only these: `email`, `ssn`, …; all personal data if left out")
          .gives("found", BOOLEAN, "whether there is any")
          .gives("types", LIST, "the types found")
          .gives("findings", LIST, "each with `type`, `path`, `start`, `end`, `score`, `why`")
          .gives("not_looked_for", LIST, "types that need a model which is not installed")
          .end();

  /** Removes personal data. */
  public static final ActionSpec REDACT =
      row("redact", "redact", "", AGAIN)
          .says("replaces personal data in a text or in any value")
          .needs("content", ANY, "what is redacted")
          .takes("types", LIST, "only these: `email`, `ssn`, …; all personal data if left out")
          .gives("content", ANY, "the same without them")
          .gives("redacted", NUMBER, "how many pieces were replaced")
          .gives("types", LIST, "their types")
          .gives("not_looked_for", LIST, "types that need a model which is not installed")
          .end();

  /** Looks a host up among the approved vendors. */
  public static final ActionSpec CHECK_VENDOR =
      row("check_vendor", "check_vendor", "host", AGAIN)
          .says("tells whether an endpoint belongs to an approved vendor")
          .needs("endpoint", URL, "a URL or a host")
          .gives("approved", BOOLEAN, "whether it does")
          .gives("vendor", TEXT, "the vendor's name; empty if it does not")
          .gives("host", TEXT, "the host that was looked up")
          .gives("reason", TEXT, "why not; empty if it does")
          .end();

  /** Reads usage against caps. */
  public static final ActionSpec QUERY_CAP =
      row("query_cap", "query_cap", "", AGAIN)
          .says("tells how much of a cap is used: a customer's daily total, say")
          .takes("cap", TEXT, "a rule's id, alone or as `pack/rule`; all that apply if left out")
          .takes("key", OBJECT, "what the cap counts by: `customer_id: c-17`")
          .gives("used", NUMBER, "used and reserved in the window, where one cap was asked for")
          .gives("limit", NUMBER, "its limit")
          .gives("remaining", NUMBER, "what is left of it, never below zero")
          .gives("caps", LIST, "the same for each cap, with its name, key and window's end")
          .end();

  /** Writes a record. */
  public static final ActionSpec LOG =
      row("log", "log", "", AGAIN)
          .says("writes a record to the playbook log")
          .needs("message", TEXT, "what happened")
          .takes("level", TEXT, "`info`, `warning` or `error`; `info` where it is left out")
          .takes("data", OBJECT, "more fields")
          .gives("logged", BOOLEAN, "always true")
          .end();

  /** Every row, in the order of the documentation. */
  public static final List<ActionSpec> ROWS =
      List.of(
          VALIDATE_SCHEMA,
          QUERY_DATABASE,
          MODIFY_DATABASE,
          HTTP,
          CALL_PAYMENT_API,
          SEND_EMAIL,
          IDENTIFY_PII,
          REDACT,
          CHECK_VENDOR,
          QUERY_CAP,
          LOG);

  /** The rows by name. */
  public static final Map<String, ActionSpec> BY_NAME =
      ROWS.stream().collect(Collectors.toUnmodifiableMap(ActionSpec::name, Function.identity()));

  private ActionTable() {}

  private static Row row(String name, String capability, String resourceType, boolean idempotent) {
    return new Row(
        new ActionSpec(name, capability, resourceType, "", List.of(), List.of(), idempotent));
  }

  /** A row that is being written. */
  private record Row(ActionSpec spec) {
    Row says(String summary) {
      return with(summary, spec.inputs(), spec.outputs());
    }

    Row needs(String name, ActionSpec.Kind kind, String summary) {
      return with(
          spec.summary(),
          more(spec.inputs(), new Field(name, kind, true, summary)),
          spec.outputs());
    }

    Row takes(String name, ActionSpec.Kind kind, String summary) {
      return with(
          spec.summary(),
          more(spec.inputs(), new Field(name, kind, false, summary)),
          spec.outputs());
    }

    Row gives(String name, ActionSpec.Kind kind, String summary) {
      return with(
          spec.summary(),
          spec.inputs(),
          more(spec.outputs(), new Field(name, kind, true, summary)));
    }

    ActionSpec end() {
      return spec;
    }

    private Row with(String summary, List<Field> inputs, List<Field> outputs) {
      return new Row(
          new ActionSpec(
              spec.name(),
              spec.capability(),
              spec.resourceType(),
              summary,
              inputs,
              outputs,
              spec.idempotent()));
    }

    private static List<Field> more(List<Field> fields, Field field) {
      if (fields.stream().anyMatch(known -> known.name().equals(field.name()))) {
        throw new IllegalStateException("two fields are called " + field.name());
      }
      return java.util.stream.Stream.concat(fields.stream(), java.util.stream.Stream.of(field))
          .toList();
    }
  }
}
