package dev.bylaw.policy.approval;

import dev.bylaw.policy.request.Grant;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Approvals as JSON, for the store and for people. */
public final class ApprovalJson {
  private ApprovalJson() {}

  /** The approval as JSON. */
  public static ObjectValue write(Approval approval) {
    Question question = approval.question();
    ObjectValue.Builder out = ObjectValue.builder(24);
    out.put("id", question.id())
        .put("status", approval.status().word())
        .put("version", NumberValue.of(approval.version()))
        .put("identity", question.identity())
        .put("agent", question.agent())
        .put("requesters", sorted(question.requesters()))
        .put("key", question.key())
        .put("action_digest", question.actionDigest())
        .put("action", question.action())
        .put("because", question.because())
        .put("decision", question.decision())
        .put("rules", Grant.rulesToValue(question.rules()))
        .put("terms", question.terms().toValue())
        .put("at", question.at().toString());
    question.usableFor().ifPresent(time -> out.put("usable_for", time.toString()));
    out.put("level", NumberValue.of(approval.level()))
        .put("level_since", approval.levelSince().toString())
        .put("agreed", Value.of(List.copyOf(approval.agreed())))
        .put("delegates", Value.of(approval.delegates()));
    approval
        .edit()
        .ifPresent(edit ->
            out.put(
                "edit",
                ObjectValue.of(
                    "params",
                    edit.params(),
                    "action_digest",
                    StringValue.of(edit.actionDigest()))));
    return out.put("reminded", NumberValue.of(approval.reminded()))
        .put(
            "history", ArrayValue.of(approval.history().stream().map(ApprovalJson::write).toList()))
        .build();
  }

  private static Value sorted(java.util.Set<String> names) {
    return Value.of(names.stream().sorted().toList());
  }

  private static ObjectValue write(Approval.Entry entry) {
    return ObjectValue.builder(4)
        .put("at", entry.at().toString())
        .put("event", entry.event())
        .put("person", entry.person())
        .put("detail", entry.detail())
        .build();
  }

  /** Reads what {@link #write(Approval)} wrote. */
  public static Approval read(ObjectValue value) {
    return new Approval(
        question(value),
        ApprovalStatus.valueOf(value.text("status").toUpperCase(Locale.ROOT)),
        integer(value, "level"),
        Instant.parse(value.text("level_since")),
        new LinkedHashSet<>(ApprovalTerms.texts(value, "agreed")),
        delegates(value),
        value.get("edit") instanceof ObjectValue edit
            ? Optional.of(
                new ApprovalEvent.Edit(object(edit, "params"), edit.text("action_digest")))
            : Optional.empty(),
        integer(value, "reminded"),
        ApprovalTerms.objects(value, "history").stream()
            .map(entry ->
                new Approval.Entry(
                    Instant.parse(entry.text("at")),
                    entry.text("event"),
                    entry.text("person"),
                    entry.text("detail")))
            .toList());
  }

  private static Question question(ObjectValue value) {
    String usableFor = value.text("usable_for");
    return new Question(
        value.text("id"),
        value.text("identity"),
        value.text("agent"),
        new LinkedHashSet<>(ApprovalTerms.texts(value, "requesters")),
        value.text("key"),
        value.text("action_digest"),
        object(value, "action"),
        value.text("because"),
        value.text("decision"),
        Grant.rulesFromValue(
            value.get("rules") instanceof ArrayValue rules ? rules : ArrayValue.EMPTY),
        ApprovalTerms.fromValue(object(value, "terms")),
        Instant.parse(value.text("at")),
        usableFor.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(usableFor)));
  }

  private static Map<String, String> delegates(ObjectValue value) {
    Map<String, String> delegates = new LinkedHashMap<>();
    object(value, "delegates")
        .forEach(
            (to, from) -> delegates.put(((StringValue) to).text(), ((StringValue) from).text()));
    return delegates;
  }

  private static ObjectValue object(ObjectValue value, String key) {
    return value.get(key) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }

  private static int integer(ObjectValue value, String key) {
    return value.get(key) instanceof NumberValue number ? (int) number.longValue() : 0;
  }
}
