/**
 * Templates: values with {@code {{references}}} in them, rendered once, after parsing.
 *
 * <p>{@link dev.bylaw.playbook.template.TemplateReader} turns a node of a document into a {@link
 * dev.bylaw.playbook.template.Template}; what it finds wrong is told at its place. A template is
 * rendered over a {@link dev.bylaw.playbook.template.Scope}. What a reference stands in decides how
 * its value is put there: a value that is one whole template keeps its type; in a text it becomes
 * text; in SQL it becomes a bind parameter and never text; in a URL it is percent-encoded; in a
 * header a line break is refused. A value that was put in is never looked at again for templates.
 *
 * <p>A secret is never rendered: its place holds a reference in a form that no data can have
 * ({@link dev.bylaw.playbook.template.Secrets}), and the runtime puts the secret there as the
 * action is dispatched.
 *
 * <p>This package knows no playbook, no step and no file; names are resolved by whoever calls it.
 */
@NullMarked
package dev.bylaw.playbook.template;

import org.jspecify.annotations.NullMarked;
