/**
 * Rego on the JVM, from source.
 *
 * <p>{@link dev.bylaw.rego.Policy} holds compiled modules and data; {@link
 * dev.bylaw.rego.PreparedQuery} is a question to them, asked as often as one likes, from any number
 * of threads; {@link dev.bylaw.rego.Request} says with what input and within which limits.
 *
 * <pre>{@code
 * Policy policy = Policy.compile(List.of(Source.of("p.rego", text)), Options.standard());
 * PreparedQuery allow = policy.prepare("data.example.allow");
 * Optional<Value> answer = allow.value(Request.of(input));
 * }</pre>
 *
 * <p>The parts can be used alone: {@code parse} makes the tree of {@code ast}, {@code check}
 * resolves and orders it, {@code plan} evaluates it with the functions of {@code builtin}. Nothing
 * here knows agents, packs or any other module but {@code syntax} and {@code value}.
 */
@NullMarked
package dev.bylaw.rego;

import org.jspecify.annotations.NullMarked;
