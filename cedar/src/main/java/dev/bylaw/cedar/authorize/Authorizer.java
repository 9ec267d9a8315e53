package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.policy.PolicySet;
import java.util.List;

/** Decides requests by a set of policies; immutable, and asked from many threads without locks. */
public final class Authorizer {
  private final PolicyIndex forbids;
  private final PolicyIndex permits;
  private final PolicyIndex all;
  private final Evaluation.Shared shared;

  private Authorizer(List<CompiledPolicy> policies, Evaluation.Shared shared) {
    this.all = new PolicyIndex(policies);
    this.forbids = new PolicyIndex(only(Effect.FORBID, policies));
    this.permits = new PolicyIndex(only(Effect.PERMIT, policies));
    this.shared = shared;
  }

  private static List<CompiledPolicy> only(Effect effect, List<CompiledPolicy> policies) {
    return policies.stream().filter(p -> p.effect == effect).toList();
  }

  /** For the static policies and links of a set. */
  public static Authorizer of(PolicySet policies) {
    var compiler = new PolicyCompiler();
    List<CompiledPolicy> compiled = compiler.compile(policies.policies().values());
    return new Authorizer(compiled, compiler.shared());
  }

  /** The decision with all policies that made it and all that failed. */
  public Answer authorize(Request request, EntitySource entities) {
    var on = new Evaluation(request, entities, shared);
    all.visit(on, Authorizer::collect);
    return new Answer(on);
  }

  /**
   * {@link #authorize(Request, EntitySource)} in bounded time: for policies or entities that come
   * from elsewhere. A policy that has begun is not cut off; the time is looked at between them.
   *
   * @param deadline by {@link System#nanoTime}
   * @throws OutOfTimeException if it is over before all policies that the request is about were
   *     looked at; nothing is known then
   */
  public Answer authorize(Request request, EntitySource entities, long deadline) {
    var on = new Evaluation(request, entities, shared, deadline);
    all.visit(on, Authorizer::collectInTime);
    return new Answer(on);
  }

  /** The decisions on many requests, in their order. */
  public List<Answer> authorizeAll(List<Request> requests, EntitySource entities) {
    return requests.stream().map(request -> authorize(request, entities)).toList();
  }

  /** The decision alone, without looking at more policies than it takes. */
  public Decision decide(Request request, EntitySource entities) {
    var on = new Evaluation(request, entities, shared);
    forbids.visit(on, Authorizer::first);
    if (on.forbids > 0) {
      return Decision.DENY;
    }
    permits.visit(on, Authorizer::first);
    return on.permits > 0 ? Decision.ALLOW : Decision.DENY;
  }

  private static boolean collect(CompiledPolicy policy, Evaluation on) {
    int truth = policy.test(on);
    if (truth == Code.TRUE) {
      on.satisfied(policy);
    } else if (truth == Code.FAILED) {
      on.failed(policy);
    }
    return true;
  }

  private static boolean collectInTime(CompiledPolicy policy, Evaluation on) {
    on.visited();
    return collect(policy, on);
  }

  private static boolean first(CompiledPolicy policy, Evaluation on) {
    if (policy.test(on) == Code.TRUE) {
      on.satisfied(policy);
      return false;
    }
    return true;
  }
}
