/**
 * The inspection of contents as one identity uses it: the detectors and topics of {@code
 * dev.bylaw.content}, the models that are on the class path, and what the folder {@code content/}
 * adds.
 *
 * <pre>{@code
 * ContentLibrary library = ContentLibraryReader.read(sources, diagnostics);
 * library.inspector();   // for rules and actions alike
 * library.classifier();  // tone, topics, language, prompt injection
 * }</pre>
 *
 * <p>Nothing here looks at a text itself, and no model is loaded before a rule or an action asks
 * for what only a model can see. No language model is asked unless the folder names one as {@code
 * judge}, and then only about topics and tones that are unsure.
 */
@NullMarked
package dev.bylaw.runtime.content;

import org.jspecify.annotations.NullMarked;
