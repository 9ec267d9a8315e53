package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The plan against the meaning: programs at random, evaluated by the engine and by {@link
 * Reference}. {@code -Dbylaw.seed} and {@code -Dbylaw.programs} choose others and more.
 */
class ReferenceTest {
  @Test
  void plansMeanWhatTheLanguageMeans() throws JsonException {
    long seed = Long.getLong("bylaw.seed", 20261126L);
    System.out.println("seed " + seed);
    var programs = new Programs(new Random(seed));
    int asked = Integer.getInteger("bylaw.programs", 4000);
    int evaluated = 0;
    int conflicts = 0;
    for (int i = 0; i < asked; i++) {
      Question q = programs.next();
      String query =
          q.query().startsWith("data") && !q.query().contains("=") ? "z = " + q.query() : q.query();
      q = new Question(q.modules(), query, q.data(), q.input(), false, false);
      Answer found = Engine.ask(q);
      if (found.code().startsWith("rego_")) {
        continue;
      }
      evaluated++;
      Set<Value> wanted;
      try {
        wanted = answer(q);
      } catch (Reference.ConflictException e) {
        // It works out everything, the engine what it needs.
        conflicts++;
        continue;
      }
      assertThat(found.errors()).as("program %d%n%s", i, q).isEmpty();
      assertThat(bindings(found)).as("program %d%n%s", i, q).isEqualTo(wanted);
    }
    System.out.println("bylaw-note: " + evaluated + " programs, " + conflicts + " with conflicts");
    assertThat(evaluated - conflicts).isGreaterThan(asked / 5);
  }

  private static Set<Value> answer(Question q) throws JsonException {
    List<Module> modules = new ArrayList<>();
    q.modules()
        .forEach((name, text) -> modules.add(Parser.module(Source.of(name, text), Dialect.V1)));
    List<Literal> query = Parser.query(Source.of("query", q.query()), Dialect.V1, Set.of());
    Set<Value> rows = new LinkedHashSet<>();
    for (Map<String, Value> each : new Reference(modules, q.data()).solutions(query, input(q))) {
      ObjectValue.Builder row = ObjectValue.builder();
      each.forEach((name, value) -> {
        if (!name.startsWith("$")) {
          row.put(name, Engine.plain(value));
        }
      });
      rows.add(row.build());
    }
    return rows;
  }

  private static @Nullable Value input(Question q) throws JsonException {
    return q.input() == null ? null : Json.parse(q.input());
  }

  private static Set<Value> bindings(Answer answer) {
    Set<Value> rows = new LinkedHashSet<>();
    for (Value row : answer.rows()) {
      // Asked alone, an expression that is false is an answer too.
      ObjectValue object = (ObjectValue) row;
      if (object.get("") instanceof ArrayValue all
          && !all.elements().contains(BooleanValue.FALSE)) {
        rows.add(object.without(""));
      }
    }
    return rows;
  }
}
