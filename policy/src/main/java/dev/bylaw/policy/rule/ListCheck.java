package dev.bylaw.policy.rule;

import dev.bylaw.policy.data.HostList;
import dev.bylaw.policy.data.HostName;
import dev.bylaw.policy.data.Recipients;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;

/** Allow and deny lists. */
final class ListCheck {
  private ListCheck() {}

  static Outcome check(Rule rule, RuleBody.Listed listed, Evaluation evaluation) throws Unreadable {
    return switch (listed.subject()) {
      case ACTION -> action(listed, evaluation);
      case HOST -> hosts(rule, listed, evaluation);
      case RECIPIENT -> recipients(rule, listed, evaluation);
      case FIELD -> fields(rule, listed, evaluation);
    };
  }

  private static Outcome action(RuleBody.Listed listed, Evaluation evaluation) throws Unreadable {
    PolicyInput input = evaluation.input();
    Set<Value> values = evaluation.named().values(listed.list());
    boolean found = values.contains(input.tool()) || values.contains(input.action());
    return found == listed.allow()
        ? Outcome.SATISFIED
        : violated(listed, "the action", input.tool().text());
  }

  private static Outcome hosts(Rule rule, RuleBody.Listed listed, Evaluation evaluation)
      throws Unreadable {
    List<HostName> hosts = Destinations.hosts(evaluation.input(), listed.fields());
    if (hosts.isEmpty()) {
      return nothing(rule, listed, "host");
    }
    HostList list = evaluation.named().hosts(listed.list());
    for (HostName host : hosts) {
      if (list.holds(host, !listed.allow()) != listed.allow()) {
        return violated(listed, "the host", host.toString());
      }
    }
    return Outcome.SATISFIED;
  }

  private static Outcome recipients(Rule rule, RuleBody.Listed listed, Evaluation evaluation)
      throws Unreadable {
    List<String> recipients = Destinations.recipients(evaluation.input(), listed.fields());
    if (recipients.isEmpty()) {
      return nothing(rule, listed, "recipient");
    }
    Set<String> list = evaluation.named().recipients(listed.list());
    for (String recipient : recipients) {
      if (Recipients.holds(list, recipient) != listed.allow()) {
        return violated(listed, "the recipient", recipient);
      }
    }
    return Outcome.SATISFIED;
  }

  private static Outcome fields(Rule rule, RuleBody.Listed listed, Evaluation evaluation)
      throws Unreadable {
    Set<Value> list = evaluation.named().values(listed.list());
    boolean found = false;
    for (FieldPath field : listed.fields()) {
      Value value = field.in(evaluation.input());
      if (value == null || value instanceof NullValue) {
        continue;
      }
      found = true;
      Iterable<? extends Value> each =
          value instanceof ArrayValue array
              ? array
              : value instanceof SetValue set ? set : List.of(value);
      for (Value one : each) {
        if (list.contains(one) != listed.allow()) {
          return violated(listed, "`" + field + "`", RuleCheck.shorten(one.toString()));
        }
      }
    }
    return found ? Outcome.SATISFIED : nothing(rule, listed, listed.fields().getFirst().toString());
  }

  /**
   * A rule that names its actions needs what it looks up: an action could otherwise hide it under
   * another name. One that names none is about those actions that have it.
   */
  private static Outcome nothing(Rule rule, RuleBody.Listed listed, String what) {
    if (rule.pattern().isOpen()) {
      return Outcome.NOT_APPLICABLE;
    }
    return listed.allow() ? new Outcome.Failed("the request names no " + what) : Outcome.SATISFIED;
  }

  private static Outcome violated(RuleBody.Listed listed, String what, String found) {
    String list = listed.list().name().isEmpty() ? "" : " `" + listed.list().name() + "`";
    return new Outcome.Violated(
        what
            + (listed.allow() ? " is not on the list" : " is on the list")
            + list
            + (listed.allow() ? " of what is allowed" : " of what is denied"),
        found);
  }
}
