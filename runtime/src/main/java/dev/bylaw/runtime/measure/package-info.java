/**
 * What people compare: usage against caps, and the metrics of policies and playbooks with the
 * thresholds of the specification.
 */
@NullMarked
package dev.bylaw.runtime.measure;

import org.jspecify.annotations.NullMarked;
