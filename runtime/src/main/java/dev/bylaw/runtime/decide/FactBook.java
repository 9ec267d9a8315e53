package dev.bylaw.runtime.decide;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.registry.ResourceName;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the facts of requests: who acts, with what, on what, when. Nothing here comes from a
 * caller.
 *
 * @param registry the identity, as it is now
 * @param settings what {@code bylaw.yaml} says to the runtime, as it is now
 * @param actions by name
 * @param clock the time
 */
public record FactBook(
    Supplier<Registry> registry,
    Supplier<Settings> settings,
    Map<String, Action> actions,
    InstantSource clock) {
  /** An action's own completion of its parameters, and what it touches. */
  Action.Prepared prepared(String action, ObjectValue params, ObjectValue inputs) {
    Action known = actions.get(action);
    return known == null ? new Action.Prepared(params, List.of()) : known.prepare(params, inputs);
  }

  /** The facts of a request that touches certain resources. */
  Facts facts(ActionRequest request, List<Action.Resource> touched) {
    List<ResourceName> names =
        touched.stream().map(each -> new ResourceName(each.type(), each.name())).toList();
    return registry
        .get()
        .facts(request, names, clock.instant())
        .withCredential(credential(request.agent()));
  }

  /** What an agent proves itself with: {@code id}, {@code kind}, {@code permissions}. */
  private ObjectValue credential(String agent) {
    return credentialName(agent)
        .map(name -> {
          Settings.Credential known = settings.get().credentials().get(name);
          ObjectValue.Builder out = ObjectValue.builder(3).put("id", name);
          if (known != null) {
            out.put("kind", known.kind()).put("permissions", Value.of(known.permissions()));
          }
          return out.build();
        })
        .orElse(ObjectValue.EMPTY);
  }

  /** The name of an agent's credential. */
  public Optional<String> credentialName(String agent) {
    return Optional.ofNullable(settings.get().agentCredentials().get(agent));
  }
}
