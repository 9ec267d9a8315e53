/**
 * Go's text templates, which {@code strings.render_template} fills in: actions, pipelines,
 * variables, blocks and the functions that are there without any being added (Go's documentation of
 * {@code text/template}). Values are those of JSON; a number of theirs is a text that looks like
 * one, as OPA gives them to templates. Knows nothing of policies.
 */
@NullMarked
package dev.bylaw.rego.template;

import org.jspecify.annotations.NullMarked;
