/**
 * JSON Schema (2020-12) over values: the inputs of playbooks, and whatever else states its form.
 *
 * <p>Nothing is ever fetched: a {@code $ref} leads into the schema itself or is a mistake. Patterns
 * run in linear time (RE2), so that neither a hostile schema nor a hostile value costs more than it
 * is long.
 *
 * <p>This package knows no playbook and no action.
 */
@NullMarked
package dev.bylaw.playbook.schema;

import org.jspecify.annotations.NullMarked;
