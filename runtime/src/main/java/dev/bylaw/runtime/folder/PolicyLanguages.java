package dev.bylaw.runtime.folder;

import dev.bylaw.actions.http.Endpoint;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.actions.http.Outbound;
import dev.bylaw.policy.cedar.CedarLanguage;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.policy.rego.RegoLanguage;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.util.List;

/** The policy languages of packs, with what the identity lets them reach. */
final class PolicyLanguages {
  /** How long a policy's call may still look its host up. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  private PolicyLanguages() {}

  /** An environment with the languages; the rest is as it was. */
  static RuleEnvironment in(RuleEnvironment environment, Settings settings) {
    RuleEnvironment with =
        environment.with(List.of(new RegoLanguage(access(settings)), new CedarLanguage()));
    return settings.rego().time().map(with::withBudget).orElse(with);
  }

  /** What policies call passes the list that actions pass. */
  private static RegoAccess access(Settings settings) {
    if (settings.rego().functions().isEmpty()) {
      return RegoAccess.NONE;
    }
    Outbound outbound = Outbound.of(settings.hosts());
    return new RegoAccess(
        settings.rego().functions(),
        endpoint -> mayReach(outbound, endpoint),
        ObjectValue.EMPTY,
        RegoAccess.STEPS);
  }

  private static boolean mayReach(Outbound outbound, String endpoint) {
    try {
      return outbound.admit(Endpoint.parse(endpoint), LONGEST_CALL).isEmpty();
    } catch (MalformedEndpointException _) {
      return false;
    }
  }
}
