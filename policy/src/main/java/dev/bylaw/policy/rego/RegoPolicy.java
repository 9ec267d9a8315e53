package dev.bylaw.policy.rego;

import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.LanguageHost;
import dev.bylaw.policy.language.Reach;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.plan.Session;
import dev.bylaw.rego.plan.Settings;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A policy in Rego. */
final class RegoPolicy implements CompiledPolicy {
  private final Policy policy;
  private final List<Module> written;
  private final RegoAccess access;
  private final DecisionRule[] rules;
  private final PreparedQuery[] queries;
  private final Reach reach;

  /** Whether it may ask for numbers at random. */
  private final boolean random;

  private final Attribution attribution;

  /** The data that were last asked over, and whether they stand where a rule does. */
  private volatile Checked checked;

  private record Checked(ObjectValue data, String conflict) {}

  RegoPolicy(RegoModules modules, List<DecisionRule> rules, RegoAccess access) {
    this.policy = modules.policy();
    this.written = modules.written();
    this.access = access;
    this.rules = rules.toArray(DecisionRule[]::new);
    this.queries = new PreparedQuery[this.rules.length];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = policy.prepare(DecisionRule.query(this.rules[i].path(), this.rules[i].name()));
    }
    this.reach = reach(rules);
    this.attribution = new Attribution(policy.options(), written);
    this.random =
        written.stream()
            .map(module -> module.source().text())
            .anyMatch(text -> text.contains("rand.") || text.contains("uuid."));
    this.checked = new Checked(ObjectValue.EMPTY, "");
  }

  private static Reach reach(List<DecisionRule> rules) {
    Set<String> asked = new LinkedHashSet<>();
    Set<String> named = new LinkedHashSet<>();
    boolean open = false;
    boolean all = false;
    for (DecisionRule rule : rules) {
      open |= rule.actions().isEmpty();
      asked.addAll(rule.actions());
      named.addAll(rule.named());
      all |= rule.kind() == DecisionRule.Kind.ALLOW;
    }
    return new Reach(open ? Set.of() : asked, named, all);
  }

  /** The first path of named data that is a rule's too; empty if there is none. */
  static String conflict(List<Module> modules, ObjectValue data) {
    for (Module module : modules) {
      Value here = data;
      for (String name : module.path()) {
        here = here instanceof ObjectValue object ? object.get(name) : null;
      }
      if (here == null) {
        continue;
      }
      String path = String.join(".", module.path());
      if (!(here instanceof ObjectValue object)) {
        return path;
      }
      for (Rule rule : module.rules()) {
        if (object.has(rule.head().name())) {
          return path + "." + rule.head().name();
        }
      }
    }
    return "";
  }

  @Override
  public Reach reach() {
    return reach;
  }

  @Override
  public Answer evaluate(PolicyInput input, LanguageHost host, Duration budget) {
    ObjectValue data = host.data();
    String conflict = conflict(data);
    String tool = input.facts().tool();
    String capability = input.facts().capability();
    Session session = null;
    List<Breach> breaches = null;
    boolean asked = false;
    for (int i = 0; i < rules.length; i++) {
      DecisionRule rule = rules[i];
      if (!rule.concerns(tool, capability)) {
        continue;
      }
      asked = true;
      List<Breach> found;
      if (!conflict.isEmpty()) {
        found = List.of(failed(rule, rule.span(), "the data `" + conflict + "` hide a rule"));
      } else {
        if (session == null) {
          session = session(input, host, budget, null);
        }
        found = ask(rule, queries[i], session, input.document(), data);
      }
      if (!found.isEmpty()) {
        if (breaches == null) {
          breaches = new ArrayList<>(2);
        }
        breaches.addAll(found);
      }
    }
    if (!asked) {
      return Answer.NOT_APPLICABLE;
    }
    return breaches == null ? Answer.SATISFIED : new Answer.Evaluated(breaches);
  }

  @SuppressWarnings("ReferenceEquality") // named data are the same object until they change
  private String conflict(ObjectValue data) {
    Checked known = checked;
    if (known.data != data) {
      known = new Checked(data, conflict(written, data));
      checked = known;
    }
    return known.conflict;
  }

  private Session session(
      PolicyInput input, LanguageHost host, Duration budget, @Nullable Observer observer) {
    // The same numbers for the same decision, taken again as if people had agreed.
    Long seed = random ? (long) input.instant().hashCode() : null;
    var settings =
        new Settings(
            access.steps(),
            Long.MAX_VALUE,
            budget,
            () -> false,
            true,
            InstantSource.fixed(input.instant()),
            seed,
            access.runtime(),
            access::mayConnect,
            null,
            observer);
    return new Session(
        settings, settings.context().connectingTo(access.addresses()).hostedBy(host));
  }

  private List<Breach> ask(
      DecisionRule rule, PreparedQuery query, Session session, Value input, ObjectValue data) {
    try {
      Value value = query.value(session, input, data);
      if (value == null) {
        return rule.kind() == DecisionRule.Kind.ALLOW ? List.of(notAllowed(rule)) : List.of();
      }
      return Elements.breaches(
          rule, value, element -> attribution.span(rule, element, session, input, data));
    } catch (EvaluationException e) {
      if (e.code().equals(EvaluationException.CANCEL)) {
        return List.of(failed(rule, rule.span(), e.text()));
      }
      return attribution.failures(rule, e, session, input, data);
    } catch (RuntimeException | OutOfMemoryError e) {
      // A defect of one rule, or its greed, must not hide what the others say.
      return List.of(failed(rule, rule.span(), "the rule broke: " + e));
    }
  }

  private static Breach notAllowed(DecisionRule rule) {
    return new Breach(
        rule.name(),
        "`allow` is not true",
        "",
        Optional.empty(),
        rule.kind().level(),
        false,
        rule.span());
  }

  static Breach failed(DecisionRule rule, Span span, String why) {
    return new Breach(
        rule.name(), "", Elements.shorten(why), Optional.empty(), rule.failing(), true, span);
  }

  @Override
  public String explain(PolicyInput input, LanguageHost host, Duration budget) {
    StringJoiner out = new StringJoiner("\n");
    for (DecisionRule rule : rules) {
      if (!rule.concerns(input.facts().tool(), input.facts().capability())) {
        out.add("`" + rule.name() + "` is about " + String.join(", ", sorted(rule.actions())));
        continue;
      }
      out.add(
          attribution.why(
              rule,
              observer -> session(input, host, budget, observer),
              input.document(),
              host.data()));
    }
    return out.toString();
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
