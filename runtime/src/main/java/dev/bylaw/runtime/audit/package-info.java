/** The two logs as a program and the command line see them. */
@NullMarked
package dev.bylaw.runtime.audit;

import org.jspecify.annotations.NullMarked;
