package dev.bylaw.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a text can be about, told by examples: sentences that are about it, sentences that
 * only sound like it (a refusal or a referral is no advice), and words that go with it.
 *
 * @param about one line for people
 * @param advice whether it is advice that counts, so that sending the reader to an expert is the
 *     opposite of it
 */
public record Topic(
    String name,
    String about,
    boolean advice,
    List<String> examples,
    List<String> counterExamples,
    List<String> lexicon) {

  private static final Map<String, Topic> STANDARD = standardTopics();
  private static final List<String> EVERYDAY = read("everyday").counterExamples;

  public Topic {
    examples = List.copyOf(examples);
    counterExamples = List.copyOf(counterExamples);
    lexicon = List.copyOf(lexicon);
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("`" + name + "` is not a name like `legal_advice`");
    }
  }

  /** The topics that are ready to use. */
  public static List<Topic> standard() {
    return List.copyOf(STANDARD.values());
  }

  /** The ready topic of that name, with blanks or underscores. */
  public static Optional<Topic> named(String name) {
    return Optional.ofNullable(
        STANDARD.get(name.strip().toLowerCase(Locale.ROOT).replace(' ', '_')));
  }

  /** Sentences that are about no topic in particular. */
  public static List<String> everyday() {
    return EVERYDAY;
  }

  private static Map<String, Topic> standardTopics() {
    Map<String, Topic> topics = new LinkedHashMap<>();
    for (String name :
        List.of(
            "legal_advice",
            "medical_advice",
            "financial_advice",
            "harassment",
            "violence",
            "self_harm",
            "weapons",
            "sexual_content",
            "politics")) {
      topics.put(name, read(name));
    }
    return topics;
  }

  /** Reads {@code about:}, {@code advice:}, {@code lexicon:}, {@code +} and {@code -} lines. */
  private static Topic read(String name) {
    String about = "";
    boolean advice = false;
    List<String> lexicon = List.of();
    List<String> examples = new ArrayList<>();
    List<String> counterExamples = new ArrayList<>();
    for (String line : resource("topic/" + name + ".txt").lines().toList()) {
      if (line.startsWith("+ ")) {
        examples.add(line.substring(2));
      } else if (line.startsWith("- ")) {
        counterExamples.add(line.substring(2));
      } else if (line.startsWith("about: ")) {
        about = line.substring(7);
      } else if (line.startsWith("advice: ")) {
        advice = line.endsWith("yes");
      } else if (line.startsWith("lexicon: ")) {
        lexicon = List.of(line.substring(9).split(",\\s*", -1));
      } else if (!line.isBlank()) {
        throw new IllegalStateException(name + ": " + line);
      }
    }
    return new Topic(name, about, advice, examples, counterExamples, lexicon);
  }

  static String resource(String name) {
    try (InputStream stream = Topic.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
