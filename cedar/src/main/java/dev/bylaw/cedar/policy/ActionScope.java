package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import java.util.List;

/** What the head of a policy says of its action. */
public sealed interface ActionScope {
  /** Nothing. */
  record Any() implements ActionScope {}

  /** {@code == action}. */
  record Equal(EntityUid action, Place place) implements ActionScope {}

  /** {@code in action}. */
  record In(EntityUid action, Place place) implements ActionScope {}

  /** {@code in [action, …]}. */
  record InList(List<EntityUid> actions, List<Place> places) implements ActionScope {
    public InList {
      actions = List.copyOf(actions);
      places = List.copyOf(places);
    }
  }

  /** The actions that are named, in their order. */
  default List<EntityUid> actions() {
    return switch (this) {
      case Any _ -> List.of();
      case Equal(var action, _) -> List.of(action);
      case In(var action, _) -> List.of(action);
      case InList(var actions, _) -> actions;
    };
  }
}
