/**
 * Schemas: which entity types, attributes, tags and actions there are, and what they apply to.
 *
 * <p>A {@link dev.bylaw.cedar.schema.SchemaDeclarations} is a schema as it is written, in Cedar's
 * schema language ({@link dev.bylaw.cedar.schema.SchemaParser}) or in JSON ({@link
 * dev.bylaw.cedar.schema.SchemaJsonReader}); both forms can be written again. {@link
 * dev.bylaw.cedar.schema.Schema} is what it means: names resolved, common types inlined,
 * hierarchies closed. {@link dev.bylaw.cedar.schema.Type} are the types that result.
 *
 * <p>This package knows no policies, no entities and no requests.
 *
 * @see <a href="https://docs.cedarpolicy.com/schema/schema.html">Cedar schemas</a>
 */
@NullMarked
package dev.bylaw.cedar.schema;

import org.jspecify.annotations.NullMarked;
