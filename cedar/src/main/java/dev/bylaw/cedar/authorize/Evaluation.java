package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What compiled code works on for one request, and what it has found so far; of one thread. */
final class Evaluation {
  private static final CompiledPolicy[] NONE = {};

  final Request request;
  final EntitySource entities;

  private @Nullable Entity principal;
  private @Nullable Entity resource;
  private EntityUid @Nullable [] abovePrincipal;
  private EntityUid @Nullable [] aboveResource;
  private EntityUid @Nullable [] aboveAction;
  private byte @Nullable [] shared;
  private @Nullable Value @Nullable [] held;
  private final Shared sizes;
  private final long deadline;
  private int visits;

  int forbids;
  int permits;
  int failures;
  private CompiledPolicy[] satisfied = NONE;
  private CompiledPolicy[] failed = NONE;

  /**
   * How many things several policies ask for, which are looked at once.
   *
   * @param conditions whole conditions
   * @param attributes attributes of the variables
   */
  record Shared(int conditions, int attributes) {}

  /** What an attribute that is not there is held as; only its identity matters. */
  private static final Value ABSENT = new Value.Text("absent");

  Evaluation(Request request, EntitySource entities, Shared sizes) {
    this(request, entities, sizes, 0);
  }

  /**
   * An evaluation that ends in time.
   *
   * @param deadline by {@link System#nanoTime}; minded only by {@link #visited}
   */
  Evaluation(Request request, EntitySource entities, Shared sizes, long deadline) {
    this.request = request;
    this.entities = entities;
    this.sizes = sizes;
    this.deadline = deadline;
  }

  /**
   * A policy is looked at. The clock is not asked each time: it takes as long as a small policy.
   *
   * @throws OutOfTimeException if the time is over
   */
  void visited() {
    if ((++visits & 31) == 0 && System.nanoTime() - deadline >= 0) {
      throw new OutOfTimeException();
    }
  }

  @SuppressWarnings("ReferenceEquality") // only to save a look-up
  @Nullable Entity entity(EntityUid uid) {
    if (uid == request.principal()) {
      Entity known = principal;
      if (known == null) {
        known = entities.entity(uid);
        principal = known;
      }
      return known;
    }
    if (uid == request.resource()) {
      Entity known = resource;
      if (known == null) {
        known = entities.entity(uid);
        resource = known;
      }
      return known;
    }
    return entities.entity(uid);
  }

  EntityUid[] abovePrincipal() {
    EntityUid[] known = abovePrincipal;
    if (known == null) {
      known = entities.ancestors(request.principal());
      abovePrincipal = known;
    }
    return known;
  }

  EntityUid[] aboveResource() {
    EntityUid[] known = aboveResource;
    if (known == null) {
      known = entities.ancestors(request.resource());
      aboveResource = known;
    }
    return known;
  }

  EntityUid[] aboveAction() {
    EntityUid[] known = aboveAction;
    if (known == null) {
      known = entities.ancestors(request.action());
      aboveAction = known;
    }
    return known;
  }

  /** The truth of a condition that several policies have, asked once. */
  int shared(int number, Code condition) {
    byte[] known = shared;
    if (known == null) {
      known = new byte[sizes.conditions()];
      shared = known;
    }
    int before = known[number];
    if (before != 0) {
      return before - 2;
    }
    int truth = condition.test(this);
    known[number] = (byte) (truth + 2);
    return truth;
  }

  /**
   * The value of an attribute that many policies ask for, looked up once; null if there is none.
   */
  @SuppressWarnings("ReferenceEquality") // one instance stands for none
  @Nullable Value held(int number, Code attribute) {
    @Nullable Value[] known = held;
    if (known == null) {
      known = new Value[sizes.attributes()];
      held = known;
    }
    Value value = known[number];
    if (value == null) {
      value = attribute.value(this);
      known[number] = value == null ? ABSENT : value;
      return value;
    }
    return value == ABSENT ? null : value;
  }

  void satisfied(CompiledPolicy policy) {
    int count = permits + forbids;
    if (count == satisfied.length) {
      satisfied = count == 0 ? new CompiledPolicy[2] : Arrays.copyOf(satisfied, count * 2);
    }
    satisfied[count] = policy;
    if (policy.effect == Effect.FORBID) {
      forbids++;
    } else {
      permits++;
    }
  }

  void failed(CompiledPolicy policy) {
    if (failures == failed.length) {
      failed = failures == 0 ? new CompiledPolicy[2] : Arrays.copyOf(failed, failures * 2);
    }
    failed[failures++] = policy;
  }

  CompiledPolicy[] satisfied() {
    return satisfied;
  }

  CompiledPolicy[] failed() {
    return failed;
  }
}
