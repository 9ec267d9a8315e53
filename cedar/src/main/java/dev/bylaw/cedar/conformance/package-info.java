/**
 * Runs the tests of Cedar's own suites, hand-written ones and generated corpora, from the folder
 * they lie in.
 *
 * <p>{@link dev.bylaw.cedar.conformance.CedarSuite} reads {@code tests/} and {@code
 * corpus-tests.tar.gz} and gives one {@link dev.bylaw.cedar.conformance.CedarSuite.Result} per test
 * and request. A request passes only if decision, determining policies and erring policies are all
 * as wanted; a test only if validation is, too.
 *
 * <p>This package uses the library as any other program does.
 */
@NullMarked
package dev.bylaw.cedar.conformance;

import org.jspecify.annotations.NullMarked;
