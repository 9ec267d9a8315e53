/**
 * Approvals: a question to people about one exact action, and their answer.
 *
 * <p>An {@link dev.bylaw.policy.approval.Approval} is a value; {@link
 * dev.bylaw.policy.approval.Approval#on} takes it from one status to the next by the table in
 * {@link dev.bylaw.policy.approval.ApprovalStatus}. It keeps its whole history. Who may answer is
 * asked of {@link dev.bylaw.policy.approval.People}: a requester never may.
 *
 * <p>An approval grants exactly the violations it was asked for, for one action digest, to one
 * request key or run step, once. Nothing here stores, sends or asks the clock: every event brings
 * its instant.
 */
@NullMarked
package dev.bylaw.policy.approval;

import org.jspecify.annotations.NullMarked;
