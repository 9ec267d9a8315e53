/**
 * How Go writes texts: what builtins and templates of Rego give has its form, as OPA is written in
 * it. Knows nothing of Rego.
 */
@NullMarked
package dev.bylaw.rego.go;

import org.jspecify.annotations.NullMarked;
