package dev.bylaw.store.log;

import java.util.Locale;

/** Which of the two logs. */
public enum LogName {
  /** What was decided, and why. */
  POLICY,
  /** What was executed. */
  PLAYBOOK;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name in records: {@code policy}, {@code playbook}. */
  public String text() {
    return text;
  }

  /**
   * The log of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LogName of(String text) {
    for (LogName name : values()) {
      if (name.text().equals(text)) {
        return name;
      }
    }
    throw new IllegalArgumentException("no log is called " + text);
  }
}
