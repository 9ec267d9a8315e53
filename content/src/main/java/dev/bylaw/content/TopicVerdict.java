package dev.bylaw.content;

/**
 * Whether a text is about a topic, and the sentence that says so most.
 *
 * @param score from 0 to 1
 * @param start offset of that sentence in the original text
 * @param end offset after it
 */
public record TopicVerdict(
    String topic, Standing standing, double score, int start, int end, String explanation) {

  /** What a detector of topics dares to say. */
  public enum Standing {
    ABOUT,
    UNSURE,
    NOT_ABOUT;

    /** The standing of a score: about from .6, not about below .4. */
    public static Standing of(double score) {
      return score >= .6 ? ABOUT : score >= .4 ? UNSURE : NOT_ABOUT;
    }
  }
}
