/**
 * The policy language: text, syntax tree, policies, templates and links.
 *
 * <p>{@link dev.bylaw.cedar.policy.PolicyParser} reads Cedar text into {@link
 * dev.bylaw.cedar.policy.Template}s; one without slots is a static policy. A {@link
 * dev.bylaw.cedar.policy.Policy} is a static policy or a template with its slots filled; a {@link
 * dev.bylaw.cedar.policy.PolicySet} holds both under distinct ids. Conditions are {@link
 * dev.bylaw.cedar.policy.Expr}s: records whose equality is equality of meaning as written, places
 * left aside. {@link dev.bylaw.cedar.policy.PolicyPrinter} writes text that parses back to the same
 * tree. {@link dev.bylaw.cedar.extension.ExtensionFunction} is the one table of extension
 * functions.
 *
 * <p>This package knows no entities, no requests, no schemas and no JSON, and evaluates nothing.
 *
 * @see <a href="https://docs.cedarpolicy.com/policies/syntax-grammar.html">Cedar's grammar</a>
 */
@NullMarked
package dev.bylaw.cedar.policy;

import org.jspecify.annotations.NullMarked;
