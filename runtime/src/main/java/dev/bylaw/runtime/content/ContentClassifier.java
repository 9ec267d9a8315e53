package dev.bylaw.runtime.content;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Judges texts by what {@code content} can tell. Unsure is no violation: a tone counts as kept, a
 * topic as not touched, a language as the right one where the text does not say.
 */
final class ContentClassifier implements TextClassifier {
  private static final int REMEMBERED = 256;
  // A longer text costs more to keep than to judge again.
  private static final int LONGEST_REMEMBERED = 20_000;

  private final Inspector inspector;
  private final Map<String, Topic> topics;
  private final Optional<TopicDetector> meaning;
  private final TopicDetector words = TopicDetector.byWords();
  private final Map<Asked, Answer> known = new Recent();

  /**
   * A classifier.
   *
   * @param topics by name
   * @param meaning tells topics by meaning; empty where no model is installed
   */
  ContentClassifier(
      Inspector inspector, Map<String, Topic> topics, Optional<TopicDetector> meaning) {
    this.inspector = inspector;
    this.topics = Map.copyOf(topics);
    this.meaning = meaning;
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
      case TOPICS -> remembered(new Asked(Set.copyOf(labels), text));
      case LANGUAGE -> language(labels, text);
      case PROMPT_INJECTION -> injection(text);
    };
  }

  private static Answer tone(Set<String> labels, String text) {
    Tone tone = Tone.of(text);
    Set<String> kept = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (Tone.Band band : Tone.Band.values()) {
      Standing standing = tone.is(band);
      if (labels.contains(name(band))) {
        if (standing != Standing.NOT_ABOUT) {
          kept.add(name(band));
        }
      } else if (standing == Standing.ABOUT) {
        others.add(name(band));
      }
    }
    if (!kept.isEmpty()) {
      return new Judged(kept, "");
    }
    return new Judged(
        others.isEmpty() ? Set.of("any other") : others, String.join("; ", tone.evidence()));
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

  /** A question on topics that was answered. */
  private record Asked(Set<String> labels, String text) {}

  private Answer remembered(Asked asked) {
    if (asked.text.length() > LONGEST_REMEMBERED) {
      return topics(asked);
    }
    synchronized (known) {
      Answer answer = known.get(asked);
      if (answer != null) {
        return answer;
      }
    }
    Answer answer = topics(asked);
    if (answer instanceof Judged) {
      synchronized (known) {
        known.put(asked, answer);
      }
    }
    return answer;
  }

  private Answer topics(Asked asked) {
    List<Topic> wanted =
        topics.values().stream()
            .filter(topic -> asked.labels.isEmpty() || asked.labels.contains(topic.name()))
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList();
    try {
      if (meaning.isEmpty()) {
        Answer byWords = about(words.judge(asked.text, wanted));
        return byWords instanceof Judged(var labels, _) && !labels.isEmpty()
            ? byWords
            : new Unavailable(
                "topics are told by their meaning, and no model is installed"
                    + " (the library `bylaw-content-models`)");
      }
      return about(meaning.get().judge(asked.text, wanted));
    } catch (DetectorUnavailableException e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static Answer about(List<TopicVerdict> verdicts) {
    Set<String> labels = new LinkedHashSet<>();
    StringJoiner why = new StringJoiner("; ");
    for (TopicVerdict verdict : verdicts) {
      if (verdict.standing() == Standing.ABOUT) {
        labels.add(verdict.topic());
        why.add(
            "%s %.2f at characters %d to %d: %s"
                .formatted(
                    verdict.topic(),
                    verdict.score(),
                    verdict.start(),
                    verdict.end(),
                    verdict.explanation()));
      }
    }
    return new Judged(labels, why.toString());
  }

  /** The answers used last. */
  private static final class Recent extends LinkedHashMap<Asked, Answer> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(REMEMBERED, .75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Asked, Answer> eldest) {
      return size() > REMEMBERED;
    }
  }
}
