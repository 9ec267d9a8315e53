package dev.bylaw.content.models;

/**
 * The best sequence of labels for a sequence of words: Viterbi's algorithm under the one rule of
 * BIO, that an inside follows a beginning or an inside of its own kind.
 *
 * <p>Label 0 is outside; kind {@code k} begins with label {@code 2k+1} and goes on with {@code
 * 2k+2}, as in {@code labels.json}.
 */
final class Labels {
  private Labels() {}

  /**
   * The best label of each word.
   *
   * @param scores {@link NerModel#LABELS} logarithms of probabilities for each word
   * @param outside added to the score of label 0: below zero, more is found and more is mistaken
   */
  static int[] best(float[] scores, float outside) {
    int labels = NerModel.LABELS;
    int words = scores.length / labels;
    int[] path = new int[words];
    if (words == 0) {
      return path;
    }
    byte[] from = new byte[words * labels];
    float[] sums = new float[labels];
    float[] next = new float[labels];
    for (int label = 0; label < labels; label++) {
      sums[label] =
          isInside(label) ? Float.NEGATIVE_INFINITY : scores[label] + (label == 0 ? outside : 0);
    }
    for (int word = 1; word < words; word++) {
      int any = highest(sums);
      for (int label = 0; label < labels; label++) {
        int before = any;
        if (isInside(label)) {
          before = sums[label] > sums[label - 1] ? label : label - 1;
        }
        next[label] = sums[before] + scores[word * labels + label] + (label == 0 ? outside : 0);
        from[word * labels + label] = (byte) before;
      }
      float[] swap = sums;
      sums = next;
      next = swap;
    }
    int label = highest(sums);
    for (int word = words - 1; word >= 0; word--) {
      path[word] = label;
      label = from[word * labels + label];
    }
    return path;
  }

  static boolean isInside(int label) {
    return label > 0 && label % 2 == 0;
  }

  private static int highest(float[] sums) {
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      if (sums[i] > sums[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The scores of the words, which are those of their first pieces. */
  static float[] of(float[] pieceScores, int[] firstPieces, int words) {
    float[] scores = new float[words * NerModel.LABELS];
    for (int word = 0; word < words; word++) {
      System.arraycopy(
          pieceScores,
          firstPieces[word] * NerModel.LABELS,
          scores,
          word * NerModel.LABELS,
          NerModel.LABELS);
    }
    return scores;
  }
}
