package dev.bylaw.syntax;

/** How bad a diagnostic is. */
public enum Severity {
  /** The text cannot be used. */
  ERROR,
  /** The text can be used but probably does not say what was meant. */
  WARNING
}
