package dev.bylaw.content;

import dev.bylaw.content.TopicVerdict.Standing;
import java.util.Collections;
import java.util.List;

/**
 * The port of a second opinion on a text, a language model's say, for what topics by meaning and
 * tone by features are unsure of. Thread-safe.
 */
@FunctionalInterface
public interface ContentJudge {
  /** Has no opinion. */
  ContentJudge NONE = (statements, _) -> unsure(statements.size());

  /**
   * Whether statements are true of a text: about if so, not about if not. One that cannot tell, for
   * whatever reason, is unsure of all of them; it never throws.
   *
   * @param statements a sentence each, such as {@code the text gives legal advice}
   * @param text to judge; it may be hostile
   * @return a verdict for each statement, in their order
   */
  List<Standing> judge(List<String> statements, String text);

  /** As many verdicts that say nothing. */
  static List<Standing> unsure(int count) {
    return Collections.nCopies(count, Standing.UNSURE);
  }
}
