package dev.bylaw.rego.builtin;

/** A long text that is read under the budget of the query: expressions read it many times over. */
final class WatchedText implements CharSequence {
  private static final int SHORT = 4096;

  private final BuiltinContext context;
  private final String text;

  private WatchedText(BuiltinContext context, String text) {
    this.context = context;
    this.text = text;
  }

  /** The text; as it is where it is so short that reading it takes no time. */
  static CharSequence of(BuiltinContext context, String text) {
    return text.length() < SHORT ? text : new WatchedText(context, text);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    context.tick();
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
