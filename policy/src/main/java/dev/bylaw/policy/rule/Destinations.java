package dev.bylaw.policy.rule;

import dev.bylaw.policy.data.HostList;
import dev.bylaw.policy.data.HostName;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.data.Recipients;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where an action sends to: the hosts and recipients that its parameters name.
 *
 * @param hosts in canonical form
 * @param recipients addresses
 */
record Destinations(List<HostName> hosts, List<String> recipients) {
  static final List<String> HOST_FIELDS =
      List.of(
          "endpoint",
          "url",
          "uri",
          "host",
          "hostname",
          "base_url",
          "webhook",
          "webhook_url",
          "callback_url");
  static final List<String> RECIPIENT_FIELDS =
      List.of("to", "cc", "bcc", "recipient", "recipients");

  private static final List<FieldPath> HOSTS = HOST_FIELDS.stream().map(FieldPath::param).toList();
  private static final List<FieldPath> RECIPIENTS =
      RECIPIENT_FIELDS.stream().map(FieldPath::param).toList();

  /** The destinations that a request names. */
  static Destinations of(PolicyInput input) throws Unreadable {
    return new Destinations(hosts(input, List.of()), recipients(input, List.of()));
  }

  boolean isEmpty() {
    return hosts.isEmpty() && recipients.isEmpty();
  }

  static List<HostName> hosts(PolicyInput input, List<FieldPath> fields) throws Unreadable {
    List<HostName> hosts = new ArrayList<>();
    for (FieldPath field : or(fields, HOSTS)) {
      Value value = field.in(input);
      if (value != null) {
        addHosts(value, hosts);
      }
    }
    return hosts;
  }

  private static void addHosts(Value value, List<HostName> hosts) throws Unreadable {
    switch (value) {
      case StringValue text -> hosts.add(HostName.of(text.text()));
      case ArrayValue array -> {
        for (Value each : array) {
          addHosts(each, hosts);
        }
      }
      case NullValue _ -> {}
      case dev.bylaw.value.BooleanValue _,
          dev.bylaw.value.NumberValue _,
          dev.bylaw.value.ObjectValue _,
          dev.bylaw.value.SetValue _ ->
          throw new Unreadable("a host that is a " + value.kind().word() + ", not a text");
    }
  }

  static List<String> recipients(PolicyInput input, List<FieldPath> fields) throws Unreadable {
    List<String> recipients = new ArrayList<>();
    for (FieldPath field : or(fields, RECIPIENTS)) {
      Value value = field.in(input);
      if (value != null && !(value instanceof NullValue)) {
        recipients.addAll(Recipients.of(value));
      }
    }
    return recipients;
  }

  private static List<FieldPath> or(List<FieldPath> fields, List<FieldPath> usual) {
    return fields.isEmpty() ? usual : fields;
  }

  /** Whether any destination is on the list, or any is not on it. */
  boolean any(boolean onTheList, ListRef list, NamedData data) throws Unreadable {
    if (!hosts.isEmpty()) {
      HostList known = data.hosts(list);
      for (HostName host : hosts) {
        if (known.holds(host, onTheList) == onTheList) {
          return true;
        }
      }
    }
    if (!recipients.isEmpty()) {
      Set<String> known = data.recipients(list);
      for (String recipient : recipients) {
        if (Recipients.holds(known, recipient) == onTheList) {
          return true;
        }
      }
    }
    return false;
  }
}
