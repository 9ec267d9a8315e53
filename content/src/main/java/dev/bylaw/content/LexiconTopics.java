package dev.bylaw.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Topics by the words that go with them, however they are spelled: {@code k1ll y0u} reads like it
 * is meant. Two different words of a topic in one sentence make it unsure, three make it so.
 */
final class LexiconTopics implements TopicDetector {
  private static final String LEET = "0o1i3e4a5s7t@a$s!i|l";
  private final Map<Topic, Terms> terms = new ConcurrentHashMap<>();

  @Override
  public List<TopicVerdict> judge(String text, List<Topic> topics) {
    List<Sentence> sentences = Sentence.of(text);
    List<TopicVerdict> verdicts = new ArrayList<>();
    for (Topic topic : topics) {
      verdicts.add(judge(topic, sentences));
    }
    return verdicts;
  }

  private TopicVerdict judge(Topic topic, List<Sentence> sentences) {
    Terms lexicon = terms.computeIfAbsent(topic, known -> Terms.of(known.lexicon()));
    TopicVerdict best =
        new TopicVerdict(topic.name(), TopicVerdict.Standing.NOT_ABOUT, 0, 0, 0, "no such word");
    for (Sentence sentence : sentences) {
      Set<String> hits = hits(sentence.text(), lexicon);
      double score = hits.isEmpty() ? 0 : 1 - Math.pow(.72, hits.size());
      if (topic.advice() && sentence.refers()) {
        score *= .3;
      }
      if (score > best.score()) {
        best =
            new TopicVerdict(
                topic.name(),
                TopicVerdict.Standing.of(score),
                score,
                sentence.start(),
                sentence.end(),
                "words " + String.join(", ", hits));
      }
    }
    return best;
  }

  /** The different terms of a lexicon in a sentence. */
  static Set<String> hits(String sentence, Terms lexicon) {
    Words words = Words.of(unleet(sentence));
    Set<String> hits = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String term = lexicon.at(words, i);
      if (term != null) {
        hits.add(term);
      }
    }
    return hits;
  }

  /** Figures and signs inside of words as the letters they stand for; as long as the text. */
  static String unleet(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int sign = LEET.indexOf(text.charAt(i));
      if (sign < 0 || sign % 2 == 1) {
        continue;
      }
      boolean before = i > 0 && Character.isLetter(plain.charAt(i - 1));
      boolean after = i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
      if (before || after) {
        plain.setCharAt(i, LEET.charAt(sign + 1));
      }
    }
    return plain.toString();
  }
}
