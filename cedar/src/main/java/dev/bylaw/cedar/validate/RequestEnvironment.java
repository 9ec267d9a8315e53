package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The types that a policy is checked with.
 *
 * @param principal the type of the principal
 * @param action the action
 * @param resource the type of the resource
 * @param principalSlot the type of what fills {@code ?principal}, if the policy has it
 * @param resourceSlot the type of what fills {@code ?resource}, if the policy has it
 */
public record RequestEnvironment(
    String principal,
    ActionType action,
    String resource,
    @Nullable String principalSlot,
    @Nullable String resourceSlot) {

  /** The type of the context. */
  public Type.RecordOf context() {
    return action.context();
  }

  /** For people: {@code User, Action::"view", Photo}. */
  @Override
  public String toString() {
    return principal + ", " + action.uid() + ", " + resource;
  }
}
