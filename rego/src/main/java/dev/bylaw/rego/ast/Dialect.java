package dev.bylaw.rego.ast;

/** Which Rego a file is written in. */
public enum Dialect {
  /** Before OPA 1.0: {@code if} and {@code contains} are optional, keywords are imported. */
  V0,
  /** OPA 1.0 and later. */
  V1
}
