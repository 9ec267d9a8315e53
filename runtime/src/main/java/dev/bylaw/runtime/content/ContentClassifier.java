package dev.bylaw.runtime.content;

import static java.util.Objects.requireNonNull;

import dev.bylaw.content.ContentJudge;
import dev.bylaw.content.DetectorUnavailableException;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Findings;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Language;
import dev.bylaw.content.Tone;
import dev.bylaw.content.Topic;
import dev.bylaw.content.TopicDetector;
import dev.bylaw.content.TopicVerdict;
import dev.bylaw.content.TopicVerdict.Standing;
import dev.bylaw.policy.rule.TextClassifier;
import dev.bylaw.policy.rule.TextClassifier.Answer.Judged;
import dev.bylaw.policy.rule.TextClassifier.Answer.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Judges texts by what {@code content} can tell, and asks a judge where topics and tone are unsure.
 * Unsure is no violation: a tone counts as kept, a topic as not touched, a language as the right
 * one where the text does not say. A judge therefore can only find more violations, never fewer,
 * whatever a text talks it into.
 */
final class ContentClassifier implements TextClassifier {
  private static final int REMEMBERED = 256;
  // A longer text costs more to keep than to judge again.
  private static final int LONGEST_REMEMBERED = 20_000;

  private static final String JUDGED = "so says the language model";

  private final Inspector inspector;
  private final Map<String, Topic> topics;
  private final Optional<TopicDetector> meaning;
  private final TopicDetector words = TopicDetector.byWords();
  private final ContentJudge judge;
  private final Map<Asked, List<TopicVerdict>> known = new Recent();

  /**
   * A classifier.
   *
   * @param topics by name
   * @param meaning tells topics by meaning; empty where no model is installed
   * @param judge asked where topics and tone are unsure
   */
  ContentClassifier(
      Inspector inspector,
      Map<String, Topic> topics,
      Optional<TopicDetector> meaning,
      ContentJudge judge) {
    this.inspector = inspector;
    this.topics = Map.copyOf(topics);
    this.meaning = meaning;
    this.judge = judge;
  }

  @Override
  public Set<String> labels(Question question) {
    return switch (question) {
      case TONE -> {
        Set<String> bands = new LinkedHashSet<>();
        for (Tone.Band band : Tone.Band.values()) {
          bands.add(name(band));
        }
        yield bands;
      }
      case TOPICS -> topics.keySet();
      case LANGUAGE -> Language.codes();
      case PROMPT_INJECTION -> Set.of();
    };
  }

  @Override
  public Answer classify(Question question, Set<String> labels, String text) {
    return switch (question) {
      case TONE -> tone(labels, text);
      case TOPICS -> topics(new Asked(Set.copyOf(labels), text));
      case LANGUAGE -> language(labels, text);
      case PROMPT_INJECTION -> injection(text);
    };
  }

  private Answer tone(Set<String> labels, String text) {
    Tone tone = Tone.of(text);
    Set<String> kept = new LinkedHashSet<>();
    Set<String> unsure = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (Tone.Band band : Tone.Band.values()) {
      Standing standing = tone.is(band);
      if (!labels.contains(name(band))) {
        if (standing == Standing.ABOUT) {
          others.add(name(band));
        }
      } else if (standing == Standing.ABOUT) {
        kept.add(name(band));
      } else if (standing == Standing.UNSURE) {
        unsure.add(name(band));
      }
    }
    String why = String.join("; ", tone.evidence());
    if (kept.isEmpty() && !unsure.isEmpty()) {
      kept.addAll(notDenied(unsure, text));
      why = JUDGED;
    }
    if (!kept.isEmpty()) {
      return new Judged(kept, "");
    }
    return new Judged(others.isEmpty() ? Set.of("any other") : others, why);
  }

  /** The tones that the judge does not say the text has not. */
  private Set<String> notDenied(Set<String> bands, String text) {
    List<String> asked = List.copyOf(bands);
    List<Standing> opinions =
        judge.judge(asked.stream().map(band -> "the tone of the text is " + band).toList(), text);
    Set<String> kept = new LinkedHashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      if (opinions.get(i) != Standing.NOT_ABOUT) {
        kept.add(asked.get(i));
      }
    }
    return kept;
  }

  private static String name(Tone.Band band) {
    return band.name().toLowerCase(Locale.ROOT);
  }

  private static Answer language(Set<String> labels, String text) {
    Language language = Language.of(text);
    return language.code().equals("und")
        ? new Judged(labels, "the text does not say")
        : new Judged(Set.of(language.code()), "");
  }

  private Answer injection(String text) {
    Findings found = inspector.inspect(text, Set.of(EntityType.PROMPT_INJECTION));
    if (!found.isEmpty()) {
      return new Judged(
          Set.of(Question.PROMPT_INJECTION.key()), found.all().getFirst().explanation());
    }
    return found.complete()
        ? new Judged(Set.of(), "")
        : new Unavailable(found.gaps().getFirst().detail());
  }

  /** A question on topics. */
  private record Asked(Set<String> labels, String text) {}

  private Answer topics(Asked asked) {
    try {
      Answer answer = about(asked.text, verdicts(asked));
      boolean said = answer instanceof Judged(var labels, _) && !labels.isEmpty();
      return said || meaning.isPresent()
          ? answer
          : new Unavailable(
              "topics are told by their meaning, and no model is installed"
                  + " (the library `bylaw-content-models`)");
    } catch (DetectorUnavailableException e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private List<TopicVerdict> verdicts(Asked asked) {
    synchronized (known) {
      List<TopicVerdict> before = known.get(asked);
      if (before != null) {
        return before;
      }
    }
    List<TopicVerdict> verdicts = meaning.orElse(words).judge(asked.text, wanted(asked.labels));
    if (asked.text.length() <= LONGEST_REMEMBERED) {
      synchronized (known) {
        known.put(asked, verdicts);
      }
    }
    return verdicts;
  }

  private List<Topic> wanted(Set<String> labels) {
    return topics.values().stream()
        .filter(topic -> labels.isEmpty() || labels.contains(topic.name()))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  private Answer about(String text, List<TopicVerdict> verdicts) {
    Set<String> labels = new LinkedHashSet<>();
    StringJoiner why = new StringJoiner("; ");
    List<String> unsure = new ArrayList<>();
    for (TopicVerdict verdict : verdicts) {
      switch (verdict.standing()) {
        case ABOUT -> {
          labels.add(verdict.topic());
          why.add(because(verdict));
        }
        case UNSURE -> unsure.add(verdict.topic());
        case NOT_ABOUT -> {}
      }
    }
    if (!unsure.isEmpty()) {
      List<Standing> opinions = judge.judge(unsure.stream().map(this::statement).toList(), text);
      for (int i = 0; i < unsure.size(); i++) {
        if (opinions.get(i) == Standing.ABOUT) {
          labels.add(unsure.get(i));
          why.add(unsure.get(i) + ": " + JUDGED);
        }
      }
    }
    return new Judged(labels, why.toString());
  }

  private static String because(TopicVerdict verdict) {
    return "%s %.2f at characters %d to %d: %s"
        .formatted(
            verdict.topic(),
            verdict.score(),
            verdict.start(),
            verdict.end(),
            verdict.explanation());
  }

  private String statement(String name) {
    String about = requireNonNull(topics.get(name)).about();
    String words = name.replace('_', ' ');
    return "the text is about " + words + (about.isEmpty() ? "" : " (" + about + ")");
  }

  /** The verdicts used last, before a judge was asked. */
  private static final class Recent extends LinkedHashMap<Asked, List<TopicVerdict>> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(REMEMBERED, .75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Asked, List<TopicVerdict>> eldest) {
      return size() > REMEMBERED;
    }
  }
}
