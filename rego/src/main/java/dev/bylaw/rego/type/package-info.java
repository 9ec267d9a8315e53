/**
 * The types of Rego values: what a term may be, as far as it is known before anything is evaluated.
 *
 * <p>{@link dev.bylaw.rego.type.Type} is the type and its operations, {@link
 * dev.bylaw.rego.type.TypeReader} reads the table of builtins, {@link
 * dev.bylaw.rego.type.SchemaTypes} makes types of JSON Schemas. Nothing here knows modules or
 * rules.
 */
@NullMarked
package dev.bylaw.rego.type;

import org.jspecify.annotations.NullMarked;
