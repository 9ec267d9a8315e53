package dev.bylaw.policy.request;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of one request: the facts written over the caller's words.
 *
 * <p>Its objects are made when they are first asked for. Belongs to one evaluation; not
 * thread-safe.
 */
public final class PolicyInput {
  /** The field of the context that says whether people have agreed. A caller may not send it. */
  public static final String HUMAN_APPROVAL = "has_human_approval";

  /** The fields of the context that are ours. */
  public static final Set<String> CONTEXT_FACTS =
      Set.of("identity", "credential", "time", "run", "approval", HUMAN_APPROVAL);

  /** The fields of the input that are ours; params stand beside them and never shadow them. */
  public static final Set<String> INPUT_FACTS =
      Set.of("action", "tool", "agent", "resource", "context", "checkpoint", "params");

  private final ActionRequest request;
  private final Facts facts;
  private final ObjectValue params;
  private final boolean humanApproval;

  private @Nullable StringValue action;
  private @Nullable StringValue tool;
  private @Nullable StringValue checkpoint;
  private @Nullable StringValue time;
  private @Nullable ObjectValue resource;
  private @Nullable ObjectValue context;
  private @Nullable ObjectValue approval;
  private @Nullable ObjectValue document;
  private @Nullable Object form;

  /**
   * An input.
   *
   * @param params the request's, or what obligations have made of them
   * @param humanApproval whether people have agreed, or are taken to
   */
  public PolicyInput(
      ActionRequest request, Facts facts, ObjectValue params, boolean humanApproval) {
    this.request = request;
    this.facts = facts;
    this.params = params;
    this.humanApproval = humanApproval;
  }

  /** The same over other parameters. */
  public PolicyInput withParams(ObjectValue others) {
    return new PolicyInput(request, facts, others, humanApproval);
  }

  /** The same over other facts. */
  public PolicyInput withFacts(Facts others) {
    return new PolicyInput(request, others, params, humanApproval);
  }

  /** The facts. */
  public Facts facts() {
    return facts;
  }

  /** The capability: {@code input.action}. */
  public StringValue action() {
    StringValue known = action;
    if (known == null) {
      known = StringValue.of(facts.capability());
      action = known;
    }
    return known;
  }

  /** The action's own name: {@code input.tool}. */
  public StringValue tool() {
    StringValue known = tool;
    if (known == null) {
      known = StringValue.of(facts.tool());
      tool = known;
    }
    return known;
  }

  /** The checkpoint; empty if none. */
  public StringValue checkpoint() {
    StringValue known = checkpoint;
    if (known == null) {
      known = StringValue.of(request.checkpoint());
      checkpoint = known;
    }
    return known;
  }

  /** The agent with its attributes. */
  public ObjectValue agent() {
    return facts.agent();
  }

  /** What the action is done with. */
  public ObjectValue credential() {
    return facts.credential();
  }

  /** The run and step it belongs to. */
  public ObjectValue run() {
    return facts.run();
  }

  /** The parameters. */
  public ObjectValue params() {
    return params;
  }

  /** When, as RFC 3339. */
  public StringValue time() {
    StringValue known = time;
    if (known == null) {
      known = StringValue.of(facts.time().toString());
      time = known;
    }
    return known;
  }

  /** The resource: what is declared of it over what the caller says. */
  public ObjectValue resource() {
    ObjectValue known = resource;
    if (known == null) {
      known =
          request.resource().size() == 0
              ? facts.resource()
              : request.resource().with(facts.resource());
      resource = known;
    }
    return known;
  }

  /** The approval: its {@code id}, or nothing. */
  public ObjectValue approval() {
    ObjectValue known = approval;
    if (known == null) {
      known =
          facts
              .grant()
              .map(grant -> ObjectValue.of("id", StringValue.of(grant.approval())))
              .orElse(ObjectValue.EMPTY);
      approval = known;
    }
    return known;
  }

  /** The context: ours over the caller's. */
  public ObjectValue context() {
    ObjectValue known = context;
    if (known == null) {
      known = makeContext();
      context = known;
    }
    return known;
  }

  private ObjectValue makeContext() {
    ObjectValue.Builder out = ObjectValue.builder(request.context().size() + 6);
    request.context().forEach(out::put);
    return out.put("identity", facts.identity())
        .put("credential", facts.credential())
        .put("time", time())
        .put("run", facts.run())
        .put("approval", approval())
        .put(HUMAN_APPROVAL, BooleanValue.of(humanApproval))
        .build();
  }

  /**
   * The input document: the params at the top level under the fields that are ours; where a result
   * is decided on, that too.
   */
  public ObjectValue document() {
    ObjectValue known = document;
    if (known == null) {
      known = makeDocument();
      document = known;
    }
    return known;
  }

  private ObjectValue makeDocument() {
    ObjectValue.Builder out = ObjectValue.builder(params.size() + INPUT_FACTS.size() + 1);
    params.forEach(out::put);
    facts.result().ifPresent(result -> out.put("result", result));
    return out.put("action", action())
        .put("tool", tool())
        .put("agent", agent())
        .put("resource", resource())
        .put("context", context())
        .put("checkpoint", checkpoint())
        .put("params", params)
        .build();
  }

  /**
   * What a policy language makes of the input, made once however many of its policies are asked.
   *
   * @param type of which there is one for each input
   */
  public <T> T form(Class<T> type, Function<PolicyInput, T> make) {
    Object known = form;
    if (!type.isInstance(known)) {
      known = make.apply(this);
      form = known;
    }
    return type.cast(known);
  }

  /** The instant of the request. */
  public Instant instant() {
    return facts.time();
  }

  /** Whether people have agreed, or are taken to. */
  public boolean humanApproval() {
    return humanApproval;
  }

  /** The first field that a caller may not send and has sent; empty if there is none. */
  public static String forged(ActionRequest request) {
    for (ObjectValue part :
        new ObjectValue[] {request.context(), request.params(), request.resource()}) {
      if (part.has(HUMAN_APPROVAL)) {
        return HUMAN_APPROVAL;
      }
    }
    return "";
  }

  /** The value that a path of names leads to, or null. */
  public static @Nullable Value at(Value from, Iterable<String> path) {
    Value here = from;
    for (String step : path) {
      Value next = here instanceof ObjectValue object ? object.get(step) : null;
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }
}
