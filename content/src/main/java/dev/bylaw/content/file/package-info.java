/**
 * What a file is by its content: {@link dev.bylaw.content.file.Files#inspect} gives a {@link
 * dev.bylaw.content.file.FileReport} with the media type and the traits that rules ask for
 * (executable, script, macro, encrypted archive, …), of the file and of what it contains.
 *
 * <p>Types come from the magic of Apache Tika's core; what it does not see, links, scripts, macros,
 * polyglots, is looked for here. Archives are walked with limits on depth, entries, bytes and
 * ratio, and what lies beyond the limits is a trait of its own, never silence. Nothing is ever
 * unpacked to a disk or run. This package works on bytes in memory and knows no file system.
 */
@NullMarked
package dev.bylaw.content.file;

import org.jspecify.annotations.NullMarked;
