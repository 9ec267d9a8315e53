/**
 * JSON as trees with places, for the JSON forms of policies, schemas, entities and requests.
 *
 * <p>{@link dev.bylaw.cedar.json.JsonReader} builds a {@link dev.bylaw.cedar.json.Json} tree,
 * bounded in depth, and refuses a name that is written twice; {@link
 * dev.bylaw.cedar.json.JsonWriter} writes trees, compactly or for people.
 *
 * <p>This package knows nothing of what the JSON means.
 */
@NullMarked
package dev.bylaw.cedar.json;

import org.jspecify.annotations.NullMarked;
