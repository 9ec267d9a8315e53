package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the policies whose scopes hold, by action, then principal, then resource.
 *
 * <p>What it finds does not depend on how many policies there are, but on how many hold.
 */
final class PolicyIndex {
  /** What to do with a policy whose scope holds. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(CompiledPolicy policy, Evaluation on);
  }

  /** The ways a scope can ask for an entity, each with what follows. */
  private static final class Level<T> {
    private @Nullable T any;
    private final Map<EntityUid, T> equal = new HashMap<>();
    private final Map<EntityUid, T> in = new HashMap<>();
    private final Map<String, T> is = new HashMap<>();

    T any(Supplier<T> empty) {
      T known = any;
      if (known == null) {
        known = empty.get();
        any = known;
      }
      return known;
    }

    T scope(Scope scope, Supplier<T> empty) {
      return switch (scope) {
        case Scope.Any _ -> any(empty);
        case Scope.Equal(var to) -> equal.computeIfAbsent(target(to), _ -> empty.get());
        case Scope.In(var to) -> in.computeIfAbsent(target(to), _ -> empty.get());
        case Scope.Is(var type, _) -> is.computeIfAbsent(type, _ -> empty.get());
        case Scope.IsIn(_, _, var to) -> in.computeIfAbsent(target(to), _ -> empty.get());
      };
    }

    private static EntityUid target(Scope.Reference reference) {
      return switch (reference) {
        case Scope.Reference.To(var uid, _) -> uid;
        case Scope.Reference.Gap _ -> throw new IllegalArgumentException("a template has no place");
      };
    }
  }

  /** Policies of one place in the index. */
  private static final class Leaf {
    private final List<CompiledPolicy> building = new ArrayList<>();
    private CompiledPolicy[] policies = {};

    void freeze() {
      policies = building.toArray(CompiledPolicy[]::new);
    }
  }

  private final Level<Level<Level<Leaf>>> actions = new Level<>();
  private final List<Leaf> leaves = new ArrayList<>();

  PolicyIndex(Iterable<CompiledPolicy> policies) {
    for (CompiledPolicy policy : policies) {
      add(policy);
    }
    leaves.forEach(Leaf::freeze);
  }

  private void add(CompiledPolicy policy) {
    switch (policy.policy.action()) {
      case ActionScope.Any _ -> add(policy, actions.any(Level::new));
      case ActionScope.Equal(var action, _) ->
          add(policy, actions.equal.computeIfAbsent(action, _ -> new Level<>()));
      case ActionScope.In(var action, _) ->
          add(policy, actions.in.computeIfAbsent(action, _ -> new Level<>()));
      case ActionScope.InList(var list, _) ->
          list.stream()
              .distinct()
              .forEach(
                  action -> add(policy, actions.in.computeIfAbsent(action, _ -> new Level<>())));
    }
  }

  private void add(CompiledPolicy policy, Level<Level<Leaf>> principals) {
    principals
        .scope(policy.policy.principal(), Level::new)
        .scope(policy.policy.resource(), this::leaf)
        .building
        .add(policy);
  }

  private Leaf leaf() {
    var leaf = new Leaf();
    leaves.add(leaf);
    return leaf;
  }

  /** Visits the policies whose scopes hold, in no order, until the visitor has enough. */
  void visit(Evaluation on, Visitor visitor) {
    EntityUid action = on.request.action();
    if (actions.any != null && !principals(actions.any, null, on, visitor)) {
      return;
    }
    var equal = actions.equal.isEmpty() ? null : actions.equal.get(action);
    if ((equal != null && !principals(equal, null, on, visitor)) || actions.in.isEmpty()) {
      return;
    }
    var in = actions.in.get(action);
    if (in != null && !principals(in, action, on, visitor)) {
      return;
    }
    for (EntityUid group : on.aboveAction()) {
      var above = actions.in.get(group);
      if (above != null && !group.equals(action) && !principals(above, group, on, visitor)) {
        return;
      }
    }
  }

  private static boolean principals(
      Level<Level<Leaf>> level, @Nullable EntityUid by, Evaluation on, Visitor visitor) {
    EntityUid uid = on.request.principal();
    if (level.any != null && !resources(level.any, by, on, visitor)) {
      return false;
    }
    var is = level.is.isEmpty() ? null : level.is.get(uid.type());
    if (is != null && !resources(is, by, on, visitor)) {
      return false;
    }
    var equal = level.equal.isEmpty() ? null : level.equal.get(uid);
    if (equal != null && !resources(equal, by, on, visitor)) {
      return false;
    }
    if (level.in.isEmpty()) {
      return true;
    }
    var in = level.in.get(uid);
    if (in != null && !resources(in, by, on, visitor)) {
      return false;
    }
    EntityUid[] ancestors = on.abovePrincipal();
    if (ancestors.length > 2 * level.in.size()) {
      for (var entry : level.in.entrySet()) {
        if (!entry.getKey().equals(uid)
            && on.entities.isIn(uid, entry.getKey())
            && !resources(entry.getValue(), by, on, visitor)) {
          return false;
        }
      }
      return true;
    }
    for (EntityUid ancestor : ancestors) {
      var above = level.in.get(ancestor);
      if (above != null && !ancestor.equals(uid) && !resources(above, by, on, visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean resources(
      Level<Leaf> level, @Nullable EntityUid by, Evaluation on, Visitor visitor) {
    EntityUid uid = on.request.resource();
    if (level.any != null && !leaf(level.any, by, on, visitor)) {
      return false;
    }
    var is = level.is.isEmpty() ? null : level.is.get(uid.type());
    if (is != null && !leaf(is, by, on, visitor)) {
      return false;
    }
    var equal = level.equal.isEmpty() ? null : level.equal.get(uid);
    if (equal != null && !leaf(equal, by, on, visitor)) {
      return false;
    }
    if (level.in.isEmpty()) {
      return true;
    }
    var in = level.in.get(uid);
    if (in != null && !leaf(in, by, on, visitor)) {
      return false;
    }
    EntityUid[] ancestors = on.aboveResource();
    if (ancestors.length > 2 * level.in.size()) {
      for (var entry : level.in.entrySet()) {
        if (!entry.getKey().equals(uid)
            && on.entities.isIn(uid, entry.getKey())
            && !leaf(entry.getValue(), by, on, visitor)) {
          return false;
        }
      }
      return true;
    }
    for (EntityUid ancestor : ancestors) {
      var above = level.in.get(ancestor);
      if (above != null && !ancestor.equals(uid) && !leaf(above, by, on, visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean leaf(Leaf leaf, @Nullable EntityUid by, Evaluation on, Visitor visitor) {
    for (CompiledPolicy policy : leaf.policies) {
      if ((by == null || isFirst(policy, by, on)) && !visitor.visit(policy, on)) {
        return false;
      }
    }
    return true;
  }

  /** A list of actions can hold by several of them; the policy is looked at by the first only. */
  private static boolean isFirst(CompiledPolicy policy, EntityUid by, Evaluation on) {
    if (!(policy.policy.action() instanceof ActionScope.InList(var list, _)) || list.size() == 1) {
      return true;
    }
    for (EntityUid action : list) {
      if (action.equals(by)) {
        return true;
      }
      if (on.entities.isIn(on.request.action(), action)) {
        return false;
      }
    }
    throw new IllegalStateException("not in the list: " + by);
  }
}
