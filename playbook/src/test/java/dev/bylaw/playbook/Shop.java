package dev.bylaw.playbook;

import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.action.ActionSpec.Field;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Playbooks;
import dev.bylaw.playbook.definition.Vocabulary;
import dev.bylaw.playbook.driver.ScriptedAction;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The actions of a small shop, what playbooks of the tests may name, and how they are read. */
public final class Shop {
  public static final Set<String> VARS = Set.of("payment_gateway", "support_address");

  public static final List<ActionSpec> SPECS =
      List.of(
          new ActionSpec(
              "validate_schema",
              "validate_schema",
              "",
              "checks",
              List.of(field("schema", Kind.TEXT, true), field("value", Kind.ANY, false)),
              List.of(field("valid", Kind.BOOLEAN, true)),
              true),
          new ActionSpec(
              "query_database",
              "readData",
              "",
              "reads",
              List.of(
                  field("query", Kind.SQL, true),
                  field("binds", Kind.LIST, false),
                  field("connection", Kind.TEXT, false)),
              List.of(field("rows", Kind.LIST, true), field("count", Kind.NUMBER, true)),
              true),
          new ActionSpec(
              "call_payment_api",
              "call_payment_api",
              "transaction",
              "pays",
              List.of(
                  field("endpoint", Kind.URL, true),
                  field("amount", Kind.NUMBER, true),
                  field("headers", Kind.OBJECT, false)),
              List.of(field("status", Kind.NUMBER, true), field("body", Kind.ANY, true)),
              true),
          new ActionSpec(
              "send_email",
              "send_email",
              "",
              "writes",
              List.of(
                  field("template", Kind.TEXT, false),
                  field("to", Kind.HEADER, false),
                  field("subject", Kind.HEADER, false),
                  field("text", Kind.TEXT, false)),
              List.of(field("message_id", Kind.TEXT, true)),
              false),
          new ActionSpec(
              "log",
              "log",
              "",
              "says",
              List.of(field("message", Kind.TEXT, false), field("fields", Kind.OBJECT, false)),
              List.of(),
              true));

  private Shop() {}

  private static Field field(String name, Kind kind, boolean required) {
    return new Field(name, kind, required, "the " + name);
  }

  public static Vocabulary vocabulary() {
    return Vocabulary.of(SPECS, VARS);
  }

  /** Actions that succeed, each with an output of the fields it promises. */
  public static Map<String, ScriptedAction> actions() {
    return actions(call ->
        switch (call.action()) {
          case "validate_schema" -> json("{'valid': true}");
          case "query_database" -> json("{'rows': [{'id': 7, 'total': 120.5}], 'count': 1}");
          case "call_payment_api" -> json("{'status': 200, 'body': {'refund': 'r-1'}}");
          case "send_email" -> json("{'message_id': 'm-1'}");
          default -> ObjectValue.EMPTY;
        });
  }

  public static Map<String, ScriptedAction> actions(Function<ActionCall, ObjectValue> output) {
    Map<String, ScriptedAction> actions = new LinkedHashMap<>();
    for (ActionSpec spec : SPECS) {
      actions.put(
          spec.name(),
          new ScriptedAction(spec, call -> new ActionOutcome.Done(output.apply(call))));
    }
    return actions;
  }

  /** The actions with one that does something else. */
  public static Map<String, ScriptedAction> actionsWith(
      String name, Function<ActionCall, ActionOutcome> script) {
    Map<String, ScriptedAction> actions = actions();
    actions.computeIfPresent(name, (_, action) -> new ScriptedAction(action.spec(), script));
    return actions;
  }

  /** The calls that an action got. */
  public static List<ActionCall> calls(Map<String, ScriptedAction> actions, String name) {
    ScriptedAction action = actions.get(name);
    return action == null ? List.of() : action.calls();
  }

  /** JSON with single quotes. */
  public static ObjectValue json(String text) {
    try {
      return (ObjectValue) Json.parse(text.replace('\'', '"'));
    } catch (JsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The playbook of a text that has nothing wrong with it. */
  public static Playbook playbook(String yaml) {
    var found = new Diagnostics();
    var playbook = Playbooks.read(Source.of("p.yaml", yaml), vocabulary(), found);
    found.throwIfErrors();
    return playbook.orElseThrow();
  }

  /** A playbook of some steps. */
  public static Playbook ofSteps(String steps) {
    return playbook("playbook:\n  name: p\n  version: \"1\"\n  steps:\n" + steps.indent(4));
  }

  /** All that is wrong with a text, as people see it. */
  public static String wrongWith(String yaml) {
    return wrongWith(yaml, vocabulary());
  }

  public static String wrongWith(String yaml, Vocabulary vocabulary) {
    var found = new Diagnostics();
    var _ = Playbooks.read(Source.of("p.yaml", yaml), vocabulary, found);
    return found.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
  }

  /** All that is wrong with some steps. */
  public static String wrongWithSteps(String steps) {
    return wrongWith("playbook:\n  name: p\n  version: \"1\"\n  steps:\n" + steps.indent(4));
  }

  public static String resource(String name) {
    try (InputStream in = Shop.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
