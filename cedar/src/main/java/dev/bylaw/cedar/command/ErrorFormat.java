package dev.bylaw.cedar.command;

/** How what went wrong is told. */
public enum ErrorFormat {
  /** With the line, a caret and a way out. */
  HUMAN,
  /** In words alone. */
  PLAIN,
  /** One JSON object a line: message, severity, causes, labels with their offsets in bytes. */
  JSON
}
