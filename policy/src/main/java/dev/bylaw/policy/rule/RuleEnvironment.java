package dev.bylaw.policy.rule;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Inspector;
import dev.bylaw.expression.Expressions;
import dev.bylaw.expression.HostFunction;
import dev.bylaw.expression.Limits;
import dev.bylaw.expression.Type;
import dev.bylaw.expression.Variable;
import dev.bylaw.policy.data.HostName;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What rules are compiled and asked with: the variables and functions of conditions, the inspector
 * of contents, the classifier of texts, the other policy languages. Make one and share it.
 */
public final class RuleEnvironment {
  /** The variables of conditions; their places are their slots, see {@link Evaluation}. */
  static final List<Variable> VARIABLES =
      List.of(
          Variable.text("action"),
          Variable.text("tool"),
          new Variable("agent", Type.OBJECT),
          new Variable("resource", Type.OBJECT),
          new Variable("context", Type.OBJECT),
          Variable.text("checkpoint"),
          new Variable("params", Type.OBJECT),
          new Variable("credential", Type.OBJECT),
          new Variable("now", Type.TIMESTAMP),
          new Variable("run", Type.OBJECT),
          new Variable("data", Type.OBJECT),
          Variable.dynamic("result"),
          Variable.text("identity"),
          new Variable("input", Type.OBJECT));

  private final Inspector inspector;
  private final TextClassifier classifier;
  private final List<PolicyLanguage> languages;
  private final Duration budget;
  private final Expressions expressions;

  /**
   * An environment.
   *
   * @param languages beside CEL
   * @param budget how long one policy in another language may take
   */
  public RuleEnvironment(
      Inspector inspector,
      TextClassifier classifier,
      List<PolicyLanguage> languages,
      Duration budget) {
    this.inspector = inspector;
    this.classifier = classifier;
    this.languages = List.copyOf(languages);
    this.budget = budget;
    this.expressions = Expressions.of(VARIABLES, functions(), Limits.DEFAULT);
  }

  /** All deterministic detectors, no classifier, no other language. */
  public static RuleEnvironment standard() {
    return new RuleEnvironment(
        Inspector.standard(), TextClassifier.NONE, List.of(), Duration.ofMillis(100));
  }

  /** The same with other policy languages. */
  public RuleEnvironment with(List<PolicyLanguage> others) {
    return new RuleEnvironment(inspector, classifier, others, budget);
  }

  /** The same with another time for one policy in another language. */
  public RuleEnvironment withBudget(Duration other) {
    return new RuleEnvironment(inspector, classifier, languages, other);
  }

  /** The same with another inspector of contents. */
  public RuleEnvironment with(Inspector other) {
    return new RuleEnvironment(other, classifier, languages, budget);
  }

  /** The same with a classifier of texts. */
  public RuleEnvironment with(TextClassifier other) {
    return new RuleEnvironment(inspector, other, languages, budget);
  }

  private List<HostFunction> functions() {
    HostFunction.Body pii = arguments -> BooleanValue.of(containsPii(arguments.getFirst()));
    HostFunction.Body types = arguments -> piiTypes(arguments.getFirst());
    HostFunction.Body host = arguments -> host(arguments.getFirst());
    return List.of(
        inspecting("contains_pii", pii).returning(Type.BOOLEAN),
        inspecting("bylaw.contains_pii", pii).returning(Type.BOOLEAN),
        inspecting("bylaw.pii_types", types).returning(Type.LIST),
        HostFunction.pure("host", 1, host).returning(Type.TEXT),
        HostFunction.pure("bylaw.host", 1, host).returning(Type.TEXT));
  }

  private static HostFunction inspecting(String name, HostFunction.Body body) {
    return HostFunction.impure(name, 1, body);
  }

  private static Value host(Value url) {
    if (!(url instanceof StringValue text)) {
      throw new IllegalArgumentException("expected a URL, found " + url.kind().described());
    }
    try {
      return StringValue.of(HostName.of(text.text()).name());
    } catch (Unreadable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Value piiTypes(Value value) {
    Findings findings = reliable(inspector.inspect(value, inspector.personal()));
    return Value.of(findings.types().stream().map(EntityType::name).sorted().toList());
  }

  /**
   * Whether a value holds personal data.
   *
   * @throws IllegalArgumentException if that cannot be told
   */
  public boolean containsPii(Value value) {
    return !reliable(inspector.glance(value, inspector.personal())).isEmpty();
  }

  private static Findings reliable(Findings findings) {
    Optional<String> gap = gap(findings, true);
    if (findings.isEmpty() && gap.isPresent()) {
      throw new IllegalArgumentException(gap.get());
    }
    return findings;
  }

  /**
   * Why an inspection cannot be relied on.
   *
   * @param everything whether all was asked for that can be found: then what nobody can see is no
   *     gap
   */
  static Optional<String> gap(Findings findings, boolean everything) {
    for (Findings.Gap gap : findings.gaps()) {
      if (!everything || gap.reason() != Findings.Gap.Reason.NO_DETECTOR) {
        return Optional.of(gap.detail());
      }
    }
    return Optional.empty();
  }

  /** What conditions are compiled with. */
  public Expressions expressions() {
    return expressions;
  }

  /** What looks for personal data and secrets. */
  public Inspector inspector() {
    return inspector;
  }

  /** What judges texts. */
  public TextClassifier classifier() {
    return classifier;
  }

  /** The other languages. */
  public List<PolicyLanguage> languages() {
    return languages;
  }

  /** The language of a name. */
  public Optional<PolicyLanguage> language(String name) {
    return languages.stream().filter(language -> language.name().equals(name)).findFirst();
  }

  /** How long one policy in another language may take. */
  public Duration budget() {
    return budget;
  }

  /** The names that a rule's key may have for a policy in another language. */
  public Set<String> languageNames() {
    Set<String> names = new LinkedHashSet<>();
    languages.forEach(language -> names.add(language.name()));
    return names;
  }
}
