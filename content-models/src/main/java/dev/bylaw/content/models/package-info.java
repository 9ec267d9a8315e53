/**
 * Models that see what no pattern can: the names of people, places and organisations.
 *
 * <pre>{@code
 * Inspector inspector = Inspector.standard().with(NerDetector.standard());
 * }</pre>
 *
 * <p>{@link dev.bylaw.content.models.NerDetector} is one more {@link dev.bylaw.content.Detector}.
 * It loads its model when it is first asked, and where that fails it says so in one sentence; the
 * inspection then has a gap, which callers treat as a finding. The tokenizer is our own and agrees
 * with the reference one token for token.
 *
 * <p>The model and its vocabulary are resources of this package, under the licences named in {@code
 * NOTICE} beside them; {@code tools/ner} holds the recipe that made them. This package knows
 * nothing but {@code content} and ONNX Runtime: no policy, no network, no file of a user.
 */
@NullMarked
package dev.bylaw.content.models;

import org.jspecify.annotations.NullMarked;
