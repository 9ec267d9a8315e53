package dev.bylaw.policy.request;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Objects;
import java.util.Set;

/**
 * What an agent is about to do, in the caller's words.
 *
 * @param agent who acts; the runtime has made sure of it
 * @param action the action's own name, or a capability
 * @param checkpoint the {@code policy_check} it is decided under; empty for none
 * @param resource what it touches: {@code type}, {@code id}, the names of declared entries ({@code
 *     connection}, {@code vendor}, {@code table}) and attributes; may be empty
 * @param params its parameters
 * @param context whatever else the caller says
 * @param key the idempotency key; the same action has the same one on a retry; empty for none
 */
public record ActionRequest(
    String agent,
    String action,
    String checkpoint,
    ObjectValue resource,
    ObjectValue params,
    ObjectValue context,
    String key) {
  private static final Set<String> FIELDS =
      Set.of("agent", "action", "checkpoint", "resource", "params", "context", "key");

  public ActionRequest {
    Objects.requireNonNull(agent);
    Objects.requireNonNull(action);
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(resource);
    Objects.requireNonNull(params);
    Objects.requireNonNull(context);
    Objects.requireNonNull(key);
  }

  /** A request without checkpoint, resource, context and key. */
  public static ActionRequest of(String agent, String action, ObjectValue params) {
    return new ActionRequest(agent, action, "", ObjectValue.EMPTY, params, ObjectValue.EMPTY, "");
  }

  /**
   * Reads a request: an object with the fields of this record. Every other field is a parameter, so
   * that the flat form {@code {"action": "api_call", "endpoint": "…"}} is read too. A {@code
   * resource} that is a text is its {@code id}.
   *
   * @param agent who acts where the object names nobody
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static ActionRequest fromValue(Value value, String agent) {
    if (!(value instanceof ObjectValue object)) {
      throw new IllegalArgumentException("expected an object, found " + value.kind().described());
    }
    String action = text(object, "action");
    if (action.isEmpty()) {
      throw new IllegalArgumentException("the request names no `action`");
    }
    String named = text(object, "agent");
    return new ActionRequest(
        named.isEmpty() ? agent : named,
        action,
        text(object, "checkpoint"),
        resource(object),
        params(object),
        object(object, "context"),
        text(object, "key"));
  }

  private static ObjectValue params(ObjectValue request) {
    ObjectValue params = object(request, "params");
    ObjectValue.Builder all = ObjectValue.builder(params.size() + request.size());
    params.forEach(all::put);
    request.forEach((name, value) -> {
      if (name instanceof StringValue text && FIELDS.contains(text.text())) {
        return;
      }
      if (params.get(name) != null) {
        throw new IllegalArgumentException(
            "the parameter " + name + " stands both in `params` and beside it");
      }
      all.put(name, value);
    });
    return all.build();
  }

  private static ObjectValue resource(ObjectValue request) {
    Value found = request.get("resource");
    return found instanceof StringValue id ? ObjectValue.of("id", id) : object(request, "resource");
  }

  private static String text(ObjectValue request, String field) {
    Value found = request.get(field);
    if (found == null || found.kind() == Value.Kind.NULL) {
      return "";
    }
    if (found instanceof StringValue text) {
      return text.text();
    }
    throw new IllegalArgumentException(
        "`" + field + "`: expected a string, found " + found.kind().described());
  }

  private static ObjectValue object(ObjectValue request, String field) {
    Value found = request.get(field);
    if (found == null || found.kind() == Value.Kind.NULL) {
      return ObjectValue.EMPTY;
    }
    if (found instanceof ObjectValue object) {
      return object;
    }
    throw new IllegalArgumentException(
        "`" + field + "`: expected an object, found " + found.kind().described());
  }

  /** The request as an object with the fields of this record; empty ones are left out. */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder();
    out.put("agent", agent).put("action", action);
    if (!checkpoint.isEmpty()) {
      out.put("checkpoint", checkpoint);
    }
    if (resource.size() > 0) {
      out.put("resource", resource);
    }
    out.put("params", params);
    if (context.size() > 0) {
      out.put("context", context);
    }
    if (!key.isEmpty()) {
      out.put("key", key);
    }
    return out.build();
  }

  /** The same with other parameters. */
  public ActionRequest withParams(ObjectValue others) {
    return new ActionRequest(agent, action, checkpoint, resource, others, context, key);
  }
}
