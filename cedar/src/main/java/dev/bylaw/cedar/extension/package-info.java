/**
 * The functions of the extension types: which there are, and what they give.
 *
 * <p>{@link dev.bylaw.cedar.extension.ExtensionFunction} is the table; {@link
 * dev.bylaw.cedar.extension.ExtensionCall} applies a function to values.
 *
 * <p>This package knows values only.
 */
@NullMarked
package dev.bylaw.cedar.extension;

import org.jspecify.annotations.NullMarked;
