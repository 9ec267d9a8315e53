package dev.bylaw.content.models;

import ai.onnxruntime.OrtException;
import dev.bylaw.content.Detector;
import dev.bylaw.content.DetectorUnavailableException;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Passage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds people, places, organisations and postal addresses in English text with a small token
 * classifier, in process. The model is loaded when a passage is first looked at.
 */
public final class NerDetector implements Detector {
  private static final List<EntityType> KINDS =
      List.of(EntityType.PERSON, EntityType.LOCATION, EntityType.ORGANIZATION, EntityType.ADDRESS);
  // Chosen on generated text: a little more is found than the most likely labels would give.
  private static final float OUTSIDE = -.7f;
  private static final Set<String> NO_NAMES =
      Set.of(
          ("iban bic ssn swift vat isbn sku uuid gps usd eur ip pin dob best regards ansprechpartner"
                  + " ansprechpartnerin amount name phone email mail telefon may april june august"
                  + " march employee cardholder applicant customer contact whatsapp telegram professor"
                  + " coach member surname forename patient guest lol omg guten tag ihre")
              .split(" ", -1));
  // A checksum or a written form is surer than any reading.
  private static final double HIGHEST = .84;
  private static final int LONGEST_WORD = 40;
  // The letters of a keyed hash in a replacement.
  private static final int HASH = 16;

  private static final class Standard {
    static final NerDetector DETECTOR = new NerDetector(NerModel::load);
  }

  /** Loads the model when it is first needed. */
  interface Loading {
    NerModel load() throws IOException, OrtException;
  }

  private final Loading loading;
  private @Nullable NerModel model;
  private @Nullable String failure;

  NerDetector(Loading loading) {
    this.loading = loading;
  }

  /** The detector with the model that this module ships; one for all, loaded once. */
  public static NerDetector standard() {
    return Standard.DETECTOR;
  }

  @Override
  public String name() {
    return "ner";
  }

  @Override
  public Set<EntityType> types() {
    return Set.copyOf(KINDS);
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  private synchronized NerModel model() {
    if (failure != null) {
      throw new DetectorUnavailableException(failure);
    }
    if (model == null) {
      try {
        model = loading.load();
      } catch (IOException | OrtException | LinkageError cause) {
        failure = "the model for names and places does not load: " + cause.getMessage();
        throw new DetectorUnavailableException(failure, cause);
      }
    }
    return model;
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    if (text.chars().noneMatch(Character::isLetter)) {
      return;
    }
    NerModel loaded = model();
    WordPiece.Pieces pieces = loaded.tokenizer().pieces(text);
    pieces.shortenNumbers(text);
    if (pieces.size == 0) {
      return;
    }
    int[] firsts = new int[pieces.size];
    int words = 0;
    for (int piece = 0; piece < pieces.size; piece++) {
      if (pieces.first[piece]) {
        firsts[words++] = piece;
      }
    }
    try {
      float[] scores = Labels.of(loaded.scores(pieces, passage::checkTime), firsts, words);
      float[] expected = scores.clone();
      int[] starts = new int[words];
      int[] ends = new int[words];
      for (int word = 0; word < words; word++) {
        starts[word] = pieces.starts[firsts[word]];
        ends[word] = pieces.ends[word + 1 < words ? firsts[word + 1] - 1 : pieces.size - 1];
      }
      NameSigns.add(
          loaded.names(), text, starts, ends, passage::columnName, passage.fieldName(), expected);
      int[] labels = Labels.best(expected, OUTSIDE);
      report(text, pieces, firsts, words, labels, scores, asked, matches);
    } catch (OrtException cause) {
      throw new DetectorUnavailableException(
          "the model for names and places failed: " + cause.getMessage(), cause);
    }
  }

  private static void report(
      String text,
      WordPiece.Pieces pieces,
      int[] firsts,
      int words,
      int[] labels,
      float[] scores,
      Set<EntityType> asked,
      Matches matches) {
    for (int word = 0; word < words; ) {
      if (labels[word] == 0) {
        word++;
        continue;
      }
      int kind = (labels[word] - 1) / 2;
      int last = word;
      while (last + 1 < words && labels[last + 1] == 2 * kind + 2) {
        last++;
      }
      EntityType type = KINDS.get(kind);
      int from =
          type.equals(EntityType.PERSON) ? withoutTitle(text, pieces, firsts, word, last) : word;
      int start = pieces.starts[firsts[from]];
      int lastPiece = last + 1 < words ? firsts[last + 1] - 1 : pieces.size - 1;
      int end = trimmed(text, start, pieces.ends[lastPiece]);
      if (asked.contains(type)
          && isName(text, start, end)
          && !isReplacement(text, start, end)
          && !(type.equals(EntityType.PERSON) && hasDigit(text, start, end))
          && !NO_NAMES.contains(text.substring(start, end).toLowerCase(Locale.ROOT))) {
        double score = Math.clamp(probability(scores, word, last, kind), .5, HIGHEST);
        matches.add(type, start, end, score, "the words read as " + type.name());
      }
      word = last + 1;
    }
  }

  /** The first word of a name behind {@code Dr.}, {@code Mrs} and the like. */
  private static int withoutTitle(
      String text, WordPiece.Pieces pieces, int[] firsts, int first, int last) {
    int word = first;
    while (word < last) {
      int start = pieces.starts[firsts[word]];
      int end = pieces.ends[firsts[word + 1] - 1];
      String title = text.substring(start, end).toLowerCase(Locale.ROOT);
      if (!title.equals(".") && !NameSigns.isTitle(title)) {
        break;
      }
      word++;
    }
    return word;
  }

  /** The mean probability that the words belong to an entity of that kind. */
  private static double probability(float[] scores, int first, int last, int kind) {
    double sum = 0;
    for (int word = first; word <= last; word++) {
      int at = word * NerModel.LABELS + 2 * kind + 1;
      sum += Math.exp(scores[at]) + Math.exp(scores[at + 1]);
    }
    return Math.min(1, sum / (last - first + 1));
  }

  /** Without punctuation at the end, save the dot of an initial. */
  private static int trimmed(String text, int start, int end) {
    int trimmed = end;
    while (trimmed > start + 1 && ",;:!?()[]{}\"'-".indexOf(text.charAt(trimmed - 1)) >= 0) {
      trimmed--;
    }
    return trimmed;
  }

  /** {@code [PERSON]}, {@code [PERSON_2]}, {@code [PERSON:kbna…]}: what a redaction put there. */
  private static boolean isReplacement(String text, int start, int end) {
    int open = text.lastIndexOf('[', start);
    if (open < 0 || start - open > LONGEST_WORD) {
      return false;
    }
    int i = open + 1;
    while (i < text.length() && (isCapital(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    String type = text.substring(open + 1, i).toLowerCase(Locale.ROOT).replaceFirst("_$", "");
    boolean hash = i < text.length() && text.charAt(i) == ':';
    i += hash ? 1 : 0;
    int digits = i;
    while (i < text.length()
        && (hash
            ? text.charAt(i) >= 'a' && text.charAt(i) <= 'p'
            : Character.isDigit(text.charAt(i)))) {
      i++;
    }
    boolean whole = !hash || i - digits == HASH;
    return whole
        && EntityType.named(type).isPresent()
        && i < text.length()
        && text.charAt(i) == ']'
        && i + 1 >= end;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Nobody is called by a number; what mixes both is a code. */
  private static boolean hasDigit(String text, int start, int end) {
    return text.substring(start, end).chars().anyMatch(Character::isDigit);
  }

  private static boolean isName(String text, int start, int end) {
    if (end - start < 2) {
      return false;
    }
    boolean letter = false;
    int run = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      letter |= Character.isLetter(c);
      run = Character.isLetterOrDigit(c) ? run + 1 : 0;
      if (run > LONGEST_WORD) {
        return false;
      }
    }
    return letter;
  }
}
