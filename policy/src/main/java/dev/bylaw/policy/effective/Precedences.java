package dev.bylaw.policy.effective;

import dev.bylaw.expression.Expression;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.registry.AgentEntry;
import dev.bylaw.policy.registry.Attachment;
import dev.bylaw.policy.registry.Precedence;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.registry.Resolution;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.TextClassifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what applies to an agent: levels first, then rules that compete. */
final class Precedences {
  private final Registry registry;
  private final AgentEntry agent;
  private final List<EffectiveRule> rules = new ArrayList<>();

  /** The places of an agent's own rules begin here. */
  private int overridesFrom;

  private Precedences(Registry registry, AgentEntry agent) {
    this.registry = registry;
    this.agent = agent;
  }

  /** A pack that applies to an agent, and why. */
  private record Applied(Pack pack, Optional<Enforcement> level, String from) {}

  /**
   * The effective policy of an agent.
   *
   * @param packs by id
   * @param overrides the agent's own rules, compiled
   */
  static EffectivePolicy of(
      Registry registry, AgentEntry agent, Map<String, Pack> packs, List<Rule> overrides) {
    Precedences work = new Precedences(registry, agent);
    List<String> names = new ArrayList<>();
    for (Applied applied : work.applied(packs)) {
      names.add(applied.pack + " (" + applied.from + ")");
      for (Rule rule : applied.pack.rules()) {
        work.rules.add(work.leveled(rule, applied));
      }
    }
    work.overridesFrom = work.rules.size();
    for (Rule rule : overrides) {
      work.rules.add(EffectiveRule.of(rule, Leveling.NONE, "the agent's own"));
    }
    work.replace();
    work.compete();
    return new EffectivePolicy(agent.name(), agent.precedence(), names, work.rules);
  }

  private List<Applied> applied(Map<String, Pack> packs) {
    Map<String, Applied> applied = new LinkedHashMap<>();
    for (Attachment attachment : registry.attachments()) {
      attach(applied, packs, attachment, "attached to all agents");
    }
    for (Pack pack : packs.values()) {
      if (pack.isFor(agent.name())) {
        applied.putIfAbsent(pack.id(), new Applied(pack, Optional.empty(), "by its scope"));
      }
    }
    for (Attachment attachment : agent.attachments()) {
      attach(applied, packs, attachment, "attached");
    }
    return List.copyOf(applied.values());
  }

  private void attach(
      Map<String, Applied> applied, Map<String, Pack> packs, Attachment attachment, String from) {
    Pack pack = packs.get(attachment.pack());
    if (pack != null) {
      applied.merge(
          pack.id(),
          new Applied(pack, attachment.enforcement(), from),
          (first, then) -> {
            if (then.level.isEmpty()) {
              return first.level.isEmpty() ? then : first;
            }
            return isStronger(first.level, then.level.get()) ? first : then;
          });
    }
  }

  /** Whether what all agents get holds against what one agent's own attachment states. */
  private boolean isStronger(Optional<Enforcement> first, Enforcement then) {
    return agent.precedence() == Precedence.MOST_RESTRICTIVE
        && first.filter(level -> level.compareTo(then) > 0).isPresent();
  }

  /** The level that counts for a rule of an attached pack. */
  private EffectiveRule leveled(Rule rule, Applied applied) {
    Leveling leveling = new Leveling(applied.level, agent.precedence(), rule.overridable());
    return EffectiveRule.of(rule, leveling, "pack " + applied.pack + ", " + applied.from);
  }

  /** An agent's rule that names the rule it takes the place of. */
  private void replace() {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < overridesFrom; i++) {
      byName.put(rules.get(i).rule().id().name(), i);
    }
    for (int own = overridesFrom; own < rules.size(); own++) {
      String replaces = rules.get(own).rule().replaces();
      Integer other = replaces.isEmpty() ? null : byName.get(replaces);
      if (other != null) {
        decide(other, own, replaces);
      }
    }
  }

  /** Rules of one setting. */
  private void compete() {
    Map<String, List<Integer>> bySetting = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      String setting = rules.get(i).rule().setting();
      if (!setting.isEmpty()) {
        bySetting.computeIfAbsent(setting, _ -> new ArrayList<>()).add(i);
      }
    }
    bySetting.forEach((setting, places) -> {
      for (int a = 0; a < places.size(); a++) {
        for (int b = a + 1; b < places.size(); b++) {
          int first = places.get(a);
          int second = places.get(b);
          if (rules.get(first).applies() && rules.get(second).applies()) {
            decide(first, second, setting);
          }
        }
      }
    });
  }

  /** Rules about different requests do not conflict: each holds where it applies. */
  private static boolean areAboutTheSame(Rule a, Rule b) {
    return a.pattern().equals(b.pattern())
        && a.phase() == b.phase()
        && a.when().map(Expression::text).equals(b.when().map(Expression::text));
  }

  /** Settles a conflict between two rules; the first stands before the second. */
  private void decide(int first, int second, String setting) {
    EffectiveRule a = rules.get(first);
    EffectiveRule b = rules.get(second);
    boolean ownAgainstIdentity = first < overridesFrom && second >= overridesFrom;
    Optional<Resolution> resolution =
        registry.resolutions().stream()
            .filter(each -> each.isAbout(agent.name(), setting))
            .findFirst();
    String recorded = resolution.map(Precedences::words).orElse("");
    String winner = resolution.map(Resolution::winner).orElse("");
    if (winner.equals(a.rule().id().name()) || winner.equals(b.rule().id().name())) {
      boolean aWins = winner.equals(a.rule().id().name());
      settle(aWins ? first : second, aWins ? second : first, "by resolution", recorded);
      return;
    }
    if (!ownAgainstIdentity || agent.precedence() == Precedence.MOST_RESTRICTIVE) {
      stricter(first, second, recorded);
      return;
    }
    boolean agentWins = agent.precedence() == Precedence.AGENT_OVERRIDES && a.rule().overridable();
    if (agentWins) {
      settle(second, first, "agent overrides", recorded);
    } else {
      settle(
          first,
          second,
          agent.precedence() == Precedence.IDENTITY_OVERRIDES
              ? "identity overrides"
              : "the rule is not overridable",
          recorded);
    }
  }

  /** Of two, the stricter; where each is stricter in something, both hold. */
  private void stricter(int first, int second, String recorded) {
    EffectiveRule a = rules.get(first);
    EffectiveRule b = rules.get(second);
    switch (Strictness.compare(a, b)) {
      case FIRST -> settle(first, second, "most restrictive", recorded);
      case SECOND -> settle(second, first, "most restrictive", recorded);
      case BOTH -> {
        rules.set(
            first,
            a.won("holds beside " + b.rule().id() + ": each is stricter in something", recorded));
        rules.set(
            second,
            b.won("holds beside " + a.rule().id() + ": each is stricter in something", recorded));
      }
    }
  }

  private void settle(int winner, int loser, String why, String recorded) {
    EffectiveRule won = rules.get(winner);
    EffectiveRule lost = rules.get(loser);
    rules.set(winner, won.won(why + " over " + lost.rule().id(), recorded));
    rules.set(loser, lost.lostTo(won.rule().id(), why, recorded));
  }

  private static String words(Resolution resolution) {
    return resolution.note() + (resolution.by().isEmpty() ? "" : " (" + resolution.by() + ")");
  }

  /** Which of two rules of one setting is stricter. */
  private static final class Strictness {
    enum Stricter {
      FIRST,
      SECOND,
      BOTH
    }

    private Strictness() {}

    static Stricter compare(EffectiveRule a, EffectiveRule b) {
      if (!areAboutTheSame(a.rule(), b.rule())) {
        return Stricter.BOTH;
      }
      int enforcement = a.enforcement().compareTo(b.enforcement());
      Optional<Integer> demand = demand(a.rule().body(), b.rule().body());
      if (demand.isEmpty()) {
        return Stricter.BOTH;
      }
      int stricter = demand.get();
      if (enforcement == 0
          || stricter == 0
          || Integer.signum(enforcement) == Integer.signum(stricter)) {
        // Equal in both: the one that stands first.
        return enforcement + stricter >= 0 ? Stricter.FIRST : Stricter.SECOND;
      }
      return Stricter.BOTH;
    }

    /** Fewer allowed labels, or more prohibited ones, demand more. */
    private static Optional<Integer> labels(RuleBody.Judged a, RuleBody.Judged b) {
      if (a.labels().equals(b.labels())) {
        return Optional.of(0);
      }
      boolean prohibits = a.question() == TextClassifier.Question.TOPICS;
      if (b.labels().containsAll(a.labels())) {
        return Optional.of(prohibits ? -1 : 1);
      }
      return a.labels().containsAll(b.labels())
          ? Optional.of(prohibits ? 1 : -1)
          : Optional.empty();
    }

    /** Positive where the first demands more, 0 where both demand the same, empty where neither. */
    private static Optional<Integer> demand(RuleBody a, RuleBody b) {
      return switch (a) {
        case RuleBody.Cap(var x) when b instanceof RuleBody.Cap(var y) -> {
          int order = y.limit().compareTo(x.limit());
          yield Optional.of(order != 0 ? order : Boolean.compare(y.inclusive(), x.inclusive()));
        }
        case RuleBody.Judged x when b instanceof RuleBody.Judged y -> labels(x, y);
        case RuleBody.Retention x when b instanceof RuleBody.Retention y ->
            Optional.of(y.keep().compareTo(x.keep()));
        // Two signatures cannot both stand last: the stronger one, else the first.
        case RuleBody.Appended x
            when b instanceof RuleBody.Appended y && !x.disclaimer() && !y.disclaimer() ->
            Optional.of(0);
        case RuleBody _ -> Optional.empty();
      };
    }
  }
}
