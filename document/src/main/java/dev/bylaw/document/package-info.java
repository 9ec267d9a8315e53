/**
 * YAML and JSON files as trees that know where each key stands.
 *
 * <p>{@link dev.bylaw.document.Documents} reads a {@link dev.bylaw.syntax.Source} into a {@link
 * dev.bylaw.document.Node}: the one YAML reader (YAML 1.2 core schema, bounded size, depth and
 * aliases, no duplicate keys) and the JSON reader beside it. {@link dev.bylaw.document.Fields}
 * takes a mapping apart: it says which keys are missing, unknown or of another kind, all at once,
 * each at its place and with the nearest known name.
 *
 * <p>This package knows no particular file: what keys a pack or a playbook has is their own matter.
 */
@NullMarked
package dev.bylaw.document;

import org.jspecify.annotations.NullMarked;
