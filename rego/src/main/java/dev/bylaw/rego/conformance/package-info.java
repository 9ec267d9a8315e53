/** Runs conformance cases in the form of OPA's suite; the command line and the tests share it. */
@NullMarked
package dev.bylaw.rego.conformance;

import org.jspecify.annotations.NullMarked;
