package dev.bylaw.rego.plan;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes the solutions of a comprehension or of a partial rule. */
abstract sealed class Collector {

  static final class OfArray extends Collector {
    final List<Value> elements = new ArrayList<>();

    Value value() {
      return ArrayValue.of(elements);
    }
  }

  static final class OfSet extends Collector {
    final Set<Value> members = new LinkedHashSet<>();

    Value value() {
      return SetValue.of(members);
    }
  }

  /** Values at paths, for objects that several rules make together. */
  static final class OfObject extends Collector {
    final Trie root = new Trie();
  }
}
