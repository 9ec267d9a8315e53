package dev.bylaw.runtime;

import dev.bylaw.actions.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the sandbox of an identity has seen: for trying things out, and for tests. Empty where the
 * identity has no sandbox.
 */
public final class SandboxView {
  private final Sandboxed sandboxed;

  SandboxView(Sandboxed sandboxed) {
    this.sandboxed = sandboxed;
  }

  private Optional<Sandbox> sandbox() {
    return sandboxed.sandbox();
  }

  /** Where its services listen, by name. */
  public Map<String, String> addresses() {
    return sandboxed.addresses();
  }

  /** How many payments its gateway has made. */
  public long payments() {
    return sandbox().map(it -> it.payments().transactions().size()).orElse(0);
  }

  /** How many mails it has taken. */
  public long mails() {
    return sandbox().map(it -> it.mail().mails().size()).orElse(0);
  }

  /** The bodies that its API has received. */
  public List<String> received() {
    return sandbox()
        .map(it -> it.api().requests().stream().map(request -> request.body()).toList())
        .orElse(List.of());
  }
}
