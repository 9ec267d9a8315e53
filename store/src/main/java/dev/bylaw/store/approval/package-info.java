/**
 * Approvals as they are kept: a value that the policy's own logic reads and writes, with the few
 * columns by which it is found, and a history that is only appended to.
 *
 * <p>Who may answer, what a quorum is and what a grant covers, is decided elsewhere; nothing here
 * knows it. {@link dev.bylaw.store.approval.ApprovalQueries} asks, {@link
 * dev.bylaw.store.approval.Approvals} also writes.
 */
@NullMarked
package dev.bylaw.store.approval;

import org.jspecify.annotations.NullMarked;
