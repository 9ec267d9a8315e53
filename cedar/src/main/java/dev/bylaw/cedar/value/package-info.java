/**
 * The values of Cedar: what expressions evaluate to, attributes hold and requests carry.
 *
 * <p>A {@link dev.bylaw.cedar.value.Value} is a boolean, a 64-bit integer, a string, an entity
 * reference, a set, a record, or a value of one of the four extension types (decimal, ipaddr,
 * datetime, duration). Values are immutable, compare by content and hash in constant time after the
 * first call; sets and records answer look-ups by hash. {@code toString} is Cedar text that parses
 * back to the same value.
 *
 * <p>This package knows no expressions, no JSON and no schemas.
 *
 * @see <a href="https://docs.cedarpolicy.com/policies/syntax-datatypes.html">Cedar data types</a>
 */
@NullMarked
package dev.bylaw.cedar.value;

import org.jspecify.annotations.NullMarked;
