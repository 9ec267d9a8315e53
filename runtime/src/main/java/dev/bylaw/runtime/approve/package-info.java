/**
 * Questions to people as a program and the command line see them: {@link
 * dev.bylaw.runtime.approve.Approvals} lists them, takes answers from people who have proved who
 * they are, and drives the runs on that wait.
 */
@NullMarked
package dev.bylaw.runtime.approve;

import org.jspecify.annotations.NullMarked;
