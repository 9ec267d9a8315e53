/** What the tests of this module share. */
@NullMarked
package dev.bylaw.playbook;

import org.jspecify.annotations.NullMarked;
