/**
 * Policy packs: files in YAML or JSON become compiled rules.
 *
 * <p>{@link dev.bylaw.policy.pack.PackCompiler} reads a pack, the specification's JSON policies, or
 * a file in another policy language, and says everything that is wrong with it at once. The shape
 * of a pack is published as {@code pack.schema.json} beside these classes; a test keeps the two in
 * step. What each kind of rule is made of stands in a table, a line each.
 */
@NullMarked
package dev.bylaw.policy.pack;

import org.jspecify.annotations.NullMarked;
