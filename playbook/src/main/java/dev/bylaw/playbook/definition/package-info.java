/**
 * Playbooks: what a file says, read and checked.
 *
 * <p>{@link dev.bylaw.playbook.definition.Playbooks} reads YAML into a {@link
 * dev.bylaw.playbook.definition.Playbook} and tells everything that is wrong with it at once,
 * against a {@link dev.bylaw.playbook.definition.Vocabulary}: the actions there are, the vars, the
 * secrets, the checkpoints. A playbook that was read without an error can run; what can still go
 * wrong then depends on data. {@code playbook.schema.json} beside this package says the same to
 * editors.
 *
 * <p>This package knows how a playbook looks, never how it runs, and never what policies say.
 */
@NullMarked
package dev.bylaw.playbook.definition;

import org.jspecify.annotations.NullMarked;
