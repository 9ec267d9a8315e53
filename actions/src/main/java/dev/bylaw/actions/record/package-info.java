/**
 * Reading usage against caps and writing to the playbook log, through ports that the runtime
 * implements: this package knows no ledger and no store.
 */
@NullMarked
package dev.bylaw.actions.record;

import org.jspecify.annotations.NullMarked;
