package dev.bylaw.policy.rego;

import dev.bylaw.value.ObjectValue;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What policies in Rego may reach and use up.
 *
 * @param functions those of {@link #OFF} that are on all the same
 * @param addresses what {@code http.send} and look-ups of names may reach: {@code
 *     https://api.example.com:8443}, for a look-up {@code https://name}
 * @param runtime what {@code opa.runtime} tells
 * @param steps how many steps one policy may take for one request
 */
public record RegoAccess(
    Set<String> functions, Predicate<String> addresses, ObjectValue runtime, long steps) {
  /** The builtins that reach out of the request; off unless the identity allows them. */
  public static final Set<String> OFF = Set.of("http.send", "net.lookup_ip_addr", "opa.runtime");

  /** Steps where nothing else is said: some hundred milliseconds at most. */
  public static final long STEPS = 2_000_000;

  /** Nothing beyond the request. */
  public static final RegoAccess NONE =
      new RegoAccess(Set.of(), _ -> false, ObjectValue.EMPTY, STEPS);

  public RegoAccess {
    functions = Set.copyOf(functions);
    Objects.requireNonNull(addresses);
    Objects.requireNonNull(runtime);
  }

  /** Whether a host may be reached by its name alone. */
  boolean mayConnect(String name) {
    return addresses.test("https://" + name);
  }
}
