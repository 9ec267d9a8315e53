/**
 * The value of requests, policies and logs: JSON, and sets beside it.
 *
 * <p>A {@link dev.bylaw.value.Value} is null, a boolean, an exact number, a string, an array, an
 * object with keys of any kind, or a set. Values are immutable, safe for use by many threads, equal
 * by content, and in a total order: null &lt; false &lt; true &lt; numbers &lt; strings &lt; arrays
 * &lt; objects &lt; sets. Strings are ordered by code point, arrays element by element, objects and
 * sets by their sorted entries.
 *
 * <p>{@link dev.bylaw.value.Json} is the one JSON codec (RFC 8259) and {@link
 * dev.bylaw.value.CanonicalJson} the one canonical form (RFC 8785). {@link
 * dev.bylaw.value.Value#of} takes Java maps, collections and records as they are.
 *
 * <p>This package knows no file, no language and no other module.
 */
@NullMarked
package dev.bylaw.value;

import org.jspecify.annotations.NullMarked;
