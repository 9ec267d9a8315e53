package dev.bylaw.content;

import org.jspecify.annotations.Nullable;

/**
 * A text as a detector sees it: plain, cut into words, with the name of the field that holds it.
 * Spans are offsets in {@link #plain()}; the inspector leads them back to the original.
 */
public final class Passage {
  private final PlainText text;
  private final Words words;
  private final FieldName field;
  private final Runnable clock;
  private @Nullable Columns columns;

  Passage(PlainText text, FieldName field, Runnable clock) {
    this.clock = clock;
    this.text = text;
    this.words = Words.of(text.text());
    this.field = field;
  }

  /** The passage that a bare text is. */
  public static Passage of(String text) {
    return new Passage(PlainText.of(text), FieldName.NONE, () -> {});
  }

  /**
   * Ends the detection, and the inspection with it, if the time of its budget is up. A detector
   * that works for milliseconds at a time calls this in between.
   */
  public void checkTime() {
    clock.run();
  }

  /**
   * The text without what hides things: no invisible characters or combining marks, ASCII digits,
   * dashes and spaces, no letters that only look Latin.
   */
  public String plain() {
    return text.text();
  }

  /** The name of the field that holds the text, as words ({@code "customer ssn"}); may be empty. */
  public String fieldName() {
    return field.words().text();
  }

  /**
   * The head of the column in which the character at that offset of {@link #plain()} lies, where it
   * is in a row of a table; empty elsewhere.
   */
  public String columnName(int offset) {
    return columns().name(offset);
  }

  /** The tables in the text, looked for once. */
  Columns columns() {
    Columns known = columns;
    if (known == null) {
      known = Columns.of(words);
      columns = known;
    }
    return known;
  }

  Words words() {
    return words;
  }

  FieldName field() {
    return field;
  }

  int originalStart(int start) {
    return text.originalStart(start);
  }

  int originalEnd(int end) {
    return text.originalEnd(end);
  }
}
