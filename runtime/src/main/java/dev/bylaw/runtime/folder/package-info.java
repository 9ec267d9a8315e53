/**
 * The folder of an identity: {@code bylaw.yaml}, {@code packs/}, {@code playbooks/}, {@code
 * schemas/}, {@code templates/}, {@code data/}.
 *
 * <p>{@link dev.bylaw.runtime.folder.FolderFiles} reads texts under it, bounded and never through a
 * link that leads out of it. What the texts mean is the matter of the modules that they belong to.
 */
@NullMarked
package dev.bylaw.runtime.folder;

import org.jspecify.annotations.NullMarked;
