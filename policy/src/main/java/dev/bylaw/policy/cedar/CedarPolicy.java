package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.EvaluationException;
import dev.bylaw.cedar.authorize.Interpreter;
import dev.bylaw.cedar.authorize.OutOfTimeException;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.LanguageHost;
import dev.bylaw.policy.language.Reach;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.syntax.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Policies in Cedar. */
final class CedarPolicy implements CompiledPolicy {
  /** The part of a policy that is violated where nothing permits an action. */
  static final String NOT_PERMITTED = "not_permitted";

  /** The part that is violated where there was no time to look at all policies. */
  static final String OUT_OF_TIME = "out_of_time";

  private final Authorizer authorizer;
  private final @Nullable Schema schema;
  private final @Nullable Set<String> contextFields;
  private final CedarForm.Agents agents;
  private final Map<String, Annotated> byId = new LinkedHashMap<>();

  /** The permits that name each action, and those that name all. */
  private final Map<String, List<Annotated>> permitsOf = new HashMap<>();

  private final List<Annotated> permitsOfAll = new ArrayList<>();
  private final Reach reach;

  CedarPolicy(
      PolicySet policies,
      List<Annotated> annotated,
      @Nullable Schema schema,
      CedarForm.Agents agents) {
    this.authorizer = Authorizer.of(policies);
    this.schema = schema;
    this.contextFields = ContextFields.of(policies);
    this.agents = agents;
    Set<String> named = new HashSet<>();
    boolean open = false;
    for (Annotated each : annotated) {
      byId.put(each.id(), each);
      boolean permit = each.policy().effect() == Effect.PERMIT;
      if (each.policy().action() instanceof ActionScope.Any) {
        open = true;
        if (permit) {
          permitsOfAll.add(each);
        }
        continue;
      }
      for (String action : actions(each.policy().action(), schema)) {
        named.add(action);
        if (permit) {
          permitsOf.computeIfAbsent(action, _ -> new ArrayList<>()).add(each);
        }
      }
    }
    this.reach = new Reach(open ? Set.of() : named, named, !permitsOfAll.isEmpty());
  }

  /** The actions that a scope names, those of its groups included. */
  private static Set<String> actions(ActionScope scope, @Nullable Schema schema) {
    Set<String> names = new HashSet<>();
    for (EntityUid uid : scope.actions()) {
      if (uid.type().equals("Action")) {
        names.add(uid.id());
      }
      if (schema == null || scope instanceof ActionScope.Equal) {
        continue;
      }
      for (ActionType action : schema.actions().values()) {
        if (action.uid().type().equals("Action") && action.isIn(uid)) {
          names.add(action.uid().id());
        }
      }
    }
    return names;
  }

  @Override
  public Reach reach() {
    return reach;
  }

  @Override
  public Answer evaluate(PolicyInput input, LanguageHost host, Duration budget) {
    long deadline = System.nanoTime() + budget.toNanos();
    List<Breach> breaches = null;
    boolean asked = false;
    for (String action : actions(input)) {
      asked = true;
      List<Breach> found = ask(input, action, deadline);
      if (!found.isEmpty()) {
        breaches = breaches == null ? new ArrayList<>(found) : merged(breaches, found);
      }
    }
    if (!asked) {
      return Answer.NOT_APPLICABLE;
    }
    return breaches == null ? Answer.SATISFIED : new Answer.Evaluated(breaches);
  }

  /**
   * The names under which an action is asked about: its capability, and its own name where some
   * policy has that, as nobody should write a policy about a tool in vain.
   */
  private List<String> actions(PolicyInput input) {
    String capability = input.facts().capability();
    String tool = input.facts().tool();
    boolean all = reach.asked().isEmpty();
    boolean byCapability = all || reach.named().contains(capability);
    if (tool.equals(capability) || !reach.named().contains(tool)) {
      return byCapability ? List.of(capability) : List.of();
    }
    return byCapability ? List.of(capability, tool) : List.of(tool);
  }

  private static List<Breach> merged(List<Breach> all, List<Breach> more) {
    for (Breach each : more) {
      if (!all.contains(each)) {
        all.add(each);
      }
    }
    return all;
  }

  private CedarForm form(PolicyInput input) {
    return schema == null
        ? input.form(CedarForm.class, each -> new CedarForm(each, agents, null))
        : new CedarForm(input, agents, schema);
  }

  /** A request with the entities it is about. */
  private record Asked(Request request, RequestEntities entities) {
    Interpreter interpreter() {
      return new Interpreter(request, entities);
    }
  }

  private Asked asked(PolicyInput input, String action) {
    CedarForm form = form(input);
    Entity principal = form.principal();
    Entity resource = form.resource();
    EntityUid uid = CedarForm.action(action);
    return new Asked(
        new Request(principal.uid(), uid, resource.uid(), form.context(contextFields, uid)),
        new RequestEntities(principal, resource, schema));
  }

  private List<Breach> ask(PolicyInput input, String action, long deadline) {
    Asked asked = asked(input, action);
    dev.bylaw.cedar.authorize.Answer answer;
    try {
      answer = authorizer.authorize(asked.request, asked.entities, deadline);
    } catch (OutOfTimeException e) {
      return List.of(tooLong());
    }
    List<String> failed = answer.failed();
    boolean refused = !answer.isPermitted() && isNamedByPermit(action);
    boolean forbidden = !answer.isAllowed() && !answer.reasons().isEmpty();
    if (failed.isEmpty() && !refused && !forbidden) {
      return List.of();
    }
    List<Breach> breaches = new ArrayList<>(2);
    if (forbidden) {
      answer.reasons().forEach(id -> breaches.add(forbidden(of(id))));
    }
    failed.forEach(id -> breaches.add(failed(of(id), asked)));
    if (refused) {
      breaches.add(notPermitted(action, asked, deadline));
    }
    return breaches;
  }

  private Annotated of(String id) {
    Annotated found = byId.get(id);
    if (found == null) {
      throw new IllegalStateException("no policy `" + id + "`");
    }
    return found;
  }

  private boolean isNamedByPermit(String action) {
    return !permitsOfAll.isEmpty() || permitsOf.containsKey(action);
  }

  private List<Annotated> permits(String action) {
    List<Annotated> all = new ArrayList<>(permitsOfAll);
    all.addAll(permitsOf.getOrDefault(action, List.of()));
    return all;
  }

  private static Breach forbidden(Annotated by) {
    String told = "forbidden by `" + by.id() + "`";
    boolean silent = by.message().isEmpty();
    return new Breach(
        by.id(),
        silent ? told : by.message(),
        silent ? "" : told,
        by.severity(),
        by.enforcement(),
        false,
        by.span());
  }

  private static Breach failed(Annotated policy, Asked asked) {
    String why = "it failed";
    Span span = policy.span();
    try {
      var _ = asked.interpreter().isSatisfied(policy.policy());
    } catch (EvaluationException e) {
      why = e.getMessage();
      span = e.place().spanOr(span);
    }
    return new Breach(policy.id(), "", why, policy.severity(), policy.enforcement(), true, span);
  }

  /** Which policies apply is not known: none of them is to blame, and the rule as a whole fails. */
  private Breach tooLong() {
    return new Breach(
        OUT_OF_TIME,
        "",
        "the policies took longer than a decision may",
        Optional.empty(),
        Optional.empty(),
        true,
        byId.values().iterator().next().span());
  }

  /**
   * Nothing permits: told by the permit that lacks the least of those that there is time to look
   * at, at the strongest of their levels.
   */
  private Breach notPermitted(String action, Asked asked, long deadline) {
    List<Annotated> permits = permits(action);
    Reasons reasons = new Reasons(asked.interpreter());
    Annotated nearest = permits.getFirst();
    List<String> fewest = reasons.against(nearest.policy());
    Optional<Enforcement> level = nearest.enforcement();
    Optional<Severity> severity = nearest.severity();
    for (Annotated each : permits.subList(1, permits.size())) {
      boolean late = System.nanoTime() - deadline >= 0;
      List<String> against = late ? fewest : reasons.against(each.policy());
      if (against.size() < fewest.size()) {
        nearest = each;
        fewest = against;
      }
      level = strongest(level, each.enforcement());
      severity = gravest(severity, each.severity());
    }
    return new Breach(
        NOT_PERMITTED,
        nearest.message().isEmpty() ? "no policy permits `" + action + "` here" : nearest.message(),
        "not permitted: the nearest permit is `"
            + nearest.id()
            + "`, and "
            + (fewest.isEmpty() ? "it does not apply" : Reasons.told(fewest)),
        severity,
        level,
        false,
        nearest.span());
  }

  /** Where one states no level it is the rule's own, which is not known here: then none is told. */
  private static Optional<Enforcement> strongest(Optional<Enforcement> a, Optional<Enforcement> b) {
    return a.isPresent() && b.isPresent() ? Optional.of(a.get().or(b.get())) : Optional.empty();
  }

  private static Optional<Severity> gravest(Optional<Severity> a, Optional<Severity> b) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(a.get().compareTo(b.get()) >= 0 ? a.get() : b.get())
        : Optional.empty();
  }

  @Override
  public String explain(PolicyInput input, LanguageHost host, Duration budget) {
    StringJoiner out = new StringJoiner("\n");
    for (String action : actions(input)) {
      Asked asked = asked(input, action);
      Interpreter interpreter = asked.interpreter();
      Reasons reasons = new Reasons(interpreter);
      for (Annotated each : byId.values()) {
        if (!concerns(each, action)) {
          continue;
        }
        String word = each.policy().effect() == Effect.PERMIT ? "permit" : "forbid";
        List<String> against = reasons.against(each.policy());
        out.add(
            word
                + " `"
                + each.id()
                + "` ("
                + each.span()
                + ") "
                + (against.isEmpty() ? "applies" : "does not apply: " + Reasons.told(against)));
      }
    }
    return out.length() == 0 ? "no policy names this action" : out.toString();
  }

  private boolean concerns(Annotated policy, String action) {
    ActionScope scope = policy.policy().action();
    return scope instanceof ActionScope.Any || actions(scope, schema).contains(action);
  }
}
