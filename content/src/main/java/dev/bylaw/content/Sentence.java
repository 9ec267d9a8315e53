package dev.bylaw.content;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence of a text, made plain, with what its words alone say: whether it turns somebody down
 * or sends them to an expert.
 *
 * @param text the plain sentence
 * @param start offset in the original text
 * @param end offset after it
 */
public record Sentence(String text, int start, int end) {
  private static final int LONGEST = 400;
  private static final int MOST = 2000;
  private static final Terms REFERRAL =
      Terms.of(
          "consult, please speak to, speak to a, speak with a, talk to a, talk to your, see a doctor,"
              + " see your doctor, ask your doctor, ask your, ask a lawyer, can t give, can not give,"
              + " cannot give, can t provide, cannot provide, not able to, unable to, can t help with,"
              + " cannot help with, can t recommend, cannot recommend, do not provide, don t provide,"
              + " does not constitute, not legal advice, not medical advice, not financial advice,"
              + " seek professional, seek medical, licensed attorney, licensed financial,"
              + " qualified professional, not a lawyer, not a doctor, not a law firm, call emergency,"
              + " can t advise, cannot advise, not qualified, can t answer, cannot answer, call 911,"
              + " crisis line, hotline, helpline, refer you to, legal aid, contact a lawyer,"
              + " contact an attorney, contact your doctor, physician or, professional advice,"
              + " recommend that you contact, contact a, contact an, can t diagnose, unable to diagnose,"
              + " only a doctor, only a lawyer, only counsel, i can t say, i cannot say, a question"
              + " for, attorney can, lawyer can, physician should, doctor should, advisor can,"
              + " not in a position, can t comment, cannot comment, don t comment");

  private static final Terms REFUSAL =
      Terms.of(
          "can t assist, cannot assist, can t help with, cannot help with, can t share, cannot share,"
              + " can t write, cannot write, can t comment, cannot comment, don t comment, won t help,"
              + " do not share, not permitted, forbidden, do not tolerate, don t tolerate");

  /** Whether it says that the speaker will not do something, or that it is not allowed. */
  public boolean refuses() {
    return REFUSAL.anywhere(Words.of(text)) != null;
  }

  /** Whether it turns a question down or sends the reader to somebody who may answer it. */
  public boolean refers() {
    return REFERRAL.anywhere(Words.of(text)) != null;
  }

  /** The sentences of a text; very long ones are cut, and after two thousand the rest is one. */
  public static List<Sentence> of(String original) {
    PlainText plain = PlainText.of(original);
    String text = plain.text();
    List<Sentence> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length() && sentences.size() < MOST; i++) {
      char c = text.charAt(i);
      boolean stop =
          c == '\n'
              || ((c == '.' || c == '!' || c == '?')
                  && i + 1 < text.length()
                  && text.charAt(i + 1) <= ' ')
              || (i - start > LONGEST && c == ' ');
      if (stop) {
        add(plain, start, i + 1, sentences);
        start = i + 1;
      }
    }
    add(plain, start, text.length(), sentences);
    return sentences;
  }

  private static void add(PlainText plain, int start, int end, List<Sentence> sentences) {
    int from = start;
    int to = end;
    while (from < to && plain.text().charAt(from) <= ' ') {
      from++;
    }
    while (to > from && plain.text().charAt(to - 1) <= ' ') {
      to--;
    }
    if (to > from) {
      sentences.add(
          new Sentence(
              plain.text().substring(from, to), plain.originalStart(from), plain.originalEnd(to)));
    }
  }
}
