/**
 * What a text or a value really contains: one inspection, in process, with every mistake explained.
 *
 * <pre>{@code
 * Inspector inspector = Inspector.standard();
 * Findings found = inspector.inspect(value, EntityType.personal());
 * if (!found.complete()) { ... }            // a budget ran out or a detector is missing: fail closed
 * for (Finding finding : found.all()) { ... }  // type, path, span, score, detector, explanation
 *
 * Redactor redactor = Redactor.of(inspector, new Redaction.Label());
 * Redacted<Value> redacted = redactor.redact(value, EntityType.personal());
 * redacted.result();                         // a well-formed value, inspected again
 * }</pre>
 *
 * <p>An {@link dev.bylaw.content.Inspector} asks the {@link dev.bylaw.content.Detector}s that know
 * a wanted {@link dev.bylaw.content.EntityType}, and only those. A detector sees a {@link
 * dev.bylaw.content.Passage}: a text as it was written, and the same text made plain (no invisible
 * characters, no look-alike letters, plain digits), with the way back to the original offsets, and
 * the names of the fields that hold it, which are evidence too. Overlapping matches are resolved in
 * favour of the higher score. A model joins as one more detector.
 *
 * <p>The deterministic recognizers are tables: {@code Identifiers} holds a line for each number
 * that people and things are known by, with its shape, its check, and the words that speak for it.
 * Add a line there, with examples, rather than a class. Users' own recognizers come as data.
 *
 * <p>A {@link dev.bylaw.content.Finding} never holds the text it found, so that findings can be
 * logged. Everything here is immutable, thread-safe and linear in the length of the text, and every
 * text is taken to be hostile. This package knows no policy, no agent, no file system, no network
 * and no log; its only module is {@code value}.
 */
@NullMarked
package dev.bylaw.content;

import org.jspecify.annotations.NullMarked;
