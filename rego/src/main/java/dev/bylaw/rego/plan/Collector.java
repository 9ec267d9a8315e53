package dev.bylaw.rego.plan;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Takes the solutions of a comprehension, of a partial rule or of a query. */
abstract sealed class Collector
    permits Collector.OfArray,
        Collector.OfSet,
        Collector.OfObject,
        PartialObject.Wanted,
        Query.Rows {

  static final class OfArray extends Collector {
    final List<Value> elements = new ArrayList<>();

    Value value() {
      return ArrayValue.of(elements);
    }
  }

  static final class OfSet extends Collector {
    final SetValue.Builder members = new SetValue.Builder();

    Value value() {
      return members.build();
    }
  }

  /** Values at paths, for objects that several rules make together. */
  static final class OfObject extends Collector {
    final Trie root = new Trie();
  }
}
