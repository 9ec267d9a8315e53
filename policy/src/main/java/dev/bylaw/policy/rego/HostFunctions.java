package dev.bylaw.policy.rego;

import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.language.LanguageHost;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.rego.builtin.BuiltinFailure;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The functions that policies may use beside Rego's own: {@code contains_pii} and those under
 * {@code bylaw}. Within one decision each gives the same for the same operands.
 *
 * <p>Where there is no decision, as in a test of a policy, they work all the same: with the
 * standard detectors, without named data, without a ledger, in UTC.
 */
public final class HostFunctions {
  /** All of them, a line each. */
  public static final List<Builtin> ALL =
      List.of(
          looking("contains_pii", "any -> boolean", HostFunctions::containsPii),
          looking("bylaw.contains_pii", "any -> boolean", HostFunctions::containsPii),
          looking("bylaw.pii", "any -> array[object]", (host, x) -> host.personal(x)),
          looking("bylaw.pii_types", "any -> array[string]", HostFunctions::personalTypes),
          looking("bylaw.secrets", "any -> array[object]", (host, x) -> host.secrets(x)),
          f1("bylaw.host", "string -> string", (host, url) -> StringValue.of(host.host(url))),
          f2("bylaw.host_allowed", "string, any -> boolean", HostFunctions::allowed),
          f2("bylaw.host_denied", "string, any -> boolean", HostFunctions::denied),
          f1("bylaw.cap", "string -> object", HostFunctions::cap),
          new Builtin("bylaw.clock", " -> object", 0, false, (Builtin.F0) HostFunctions::clock));

  private HostFunctions() {}

  private interface Work1 {
    Value of(LanguageHost host, Value a);
  }

  private interface Work2 {
    Value of(LanguageHost host, Value a, Value b);
  }

  private static Builtin f1(String name, String signature, Work1 work) {
    Builtin.F1 body = (context, a) -> told(() -> work.of(host(context), a));
    return new Builtin(name, signature, 1, false, body);
  }

  /** One that inspects, within a budget of its own: its time is not the policy's. */
  private static Builtin looking(String name, String signature, Work1 work) {
    Builtin.F1 body =
        (context, a) -> {
          long started = System.nanoTime();
          try {
            return told(() -> work.of(host(context), a));
          } finally {
            context.excuse(System.nanoTime() - started);
          }
        };
    return new Builtin(name, signature, 1, false, body);
  }

  private static Builtin f2(String name, String signature, Work2 work) {
    Builtin.F2 body = (context, a, b) -> told(() -> work.of(host(context), a, b));
    return new Builtin(name, signature, 2, false, body);
  }

  private static Value told(Supplier<Value> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error(String.valueOf(e.getMessage()));
    }
  }

  private static LanguageHost host(BuiltinContext context) {
    return context.host() instanceof LanguageHost host ? host : alone();
  }

  /** A host where there is no decision. */
  private static LanguageHost alone() {
    Facts facts =
        new Facts(
            "",
            ObjectValue.EMPTY,
            ObjectValue.EMPTY,
            "",
            "",
            ObjectValue.EMPTY,
            List.of(),
            Instant.EPOCH,
            ObjectValue.EMPTY,
            false,
            Optional.empty(),
            Optional.empty());
    ActionRequest request = ActionRequest.of("", "", ObjectValue.EMPTY);
    return new Evaluation(
        RuleEnvironment.standard(),
        new PolicyInput(request, facts, ObjectValue.EMPTY, false),
        NamedData.NONE,
        new Evaluation.Tenant("", ZoneOffset.UTC, ""));
  }

  private static Value containsPii(LanguageHost host, Value x) {
    return BooleanValue.of(host.containsPii(x));
  }

  private static Value personalTypes(LanguageHost host, Value x) {
    Set<String> types = new TreeSet<>();
    for (Value finding : host.personal(x)) {
      types.add(((ObjectValue) finding).text("type"));
    }
    return Value.of(List.copyOf(types));
  }

  private static Value allowed(LanguageHost host, Value url, Value list) {
    return BooleanValue.of(host.isListed(url, list, false));
  }

  private static Value denied(LanguageHost host, Value url, Value list) {
    return BooleanValue.of(host.isListed(url, list, true));
  }

  private static Value cap(LanguageHost host, Value rule) {
    if (rule instanceof StringValue name) {
      return host.cap(name.text());
    }
    throw new IllegalArgumentException("expected `pack/rule`, found " + rule.kind().described());
  }

  private static Value clock(BuiltinContext context) {
    long nanos = context.now();
    Instant now =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    ZonedDateTime here = now.atZone(host(context).zone());
    return ObjectValue.builder(8)
        .put("time", here.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
        .put("date", here.toLocalDate().toString())
        .put("year", NumberValue.of(here.getYear()))
        .put("month", NumberValue.of(here.getMonthValue()))
        .put("day", NumberValue.of(here.getDayOfMonth()))
        .put("hour", NumberValue.of(here.getHour()))
        .put("minute", NumberValue.of(here.getMinute()))
        .put("weekday", here.getDayOfWeek().name().toLowerCase(Locale.ROOT))
        .build();
  }
}
