/**
 * The actions of an identity: made from its settings, called with the right credential, with
 * secrets put in at the last moment and a watch over the time.
 */
@NullMarked
package dev.bylaw.runtime.act;

import org.jspecify.annotations.NullMarked;
