/**
 * Entities: attributes, tags and a hierarchy, given whole or looked up when they are needed.
 *
 * <p>An {@link dev.bylaw.cedar.entity.EntitySource} answers what an entity is and whether it is in
 * another one. {@link dev.bylaw.cedar.entity.Entities} holds them all, with the ancestors of each
 * computed ahead; {@link dev.bylaw.cedar.entity.EntityJson} reads and writes their JSON, by the
 * schema where there is one; {@link dev.bylaw.cedar.entity.Conformance} says whether entities and
 * values are as the schema wants them.
 *
 * <p>This package evaluates nothing and knows no policies.
 *
 * @see <a href="https://docs.cedarpolicy.com/auth/entities-syntax.html">Cedar entities</a>
 */
@NullMarked
package dev.bylaw.cedar.entity;

import org.jspecify.annotations.NullMarked;
