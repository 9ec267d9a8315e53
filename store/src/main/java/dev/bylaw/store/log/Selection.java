package dev.bylaw.store.log;

import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which payloads of an identity's logs are to be erased, and what of them.
 *
 * @param identity whose logs
 * @param where a condition on log_record r, log_payload p and log_chain c
 * @param arguments of the condition
 * @param field whether the JSON of a field is to go
 * @param fields the only fields to go; empty for all that {@code field} says
 */
public record Selection(
    String identity,
    String where,
    List<Object> arguments,
    Predicate<String> field,
    Set<String> fields) {

  public Selection {
    arguments = List.copyOf(arguments);
    fields = Set.copyOf(fields);
  }

  boolean erases(String name, Value value) {
    return (fields.isEmpty() || fields.contains(name))
        && (field.test(Json.write(StringValue.of(name))) || field.test(Json.write(value)));
  }
}
