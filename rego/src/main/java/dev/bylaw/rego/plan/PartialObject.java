package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code p[key] := value if body}, and all rules that stand under it, which make one document
 * together.
 */
@SuppressWarnings("ReferenceEquality") // Undefined is one object.
final class PartialObject extends Virtual {
  private static final String UNIQUE = "object keys must be unique";

  /** What adds to the document at constant keys under it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Part(
      List<Value> keys,
      @Nullable Clause clause,
      Value @Nullable [] head,
      @Nullable Virtual whole) {}

  private final List<Part> parts = new ArrayList<>();

  PartialObject(int number, List<String> path) {
    super(number, path);
  }

  /**
   * A rule with keys of its own.
   *
   * @param head the keys of the rule that are constant, null at the others
   */
  void add(List<Value> keys, Clause clause, Value @Nullable [] head) {
    parts.add(new Part(keys, clause, head, null));
  }

  /** A rule without, such as {@code p.a := 1}. */
  void add(List<Value> keys, Virtual whole) {
    parts.add(new Part(keys, null, null, whole));
  }

  @Override
  Value compute(Evaluation e) {
    return build(e, List.of()).toValue();
  }

  @Override
  @Nullable Value lookup(Evaluation e, Value key) {
    return lookup(e, List.of(key));
  }

  /** The value at a path under the document, working out no more than that needs. */
  @Nullable Value lookup(Evaluation e, List<Value> keys) {
    Value whole = e.values[number];
    if (whole != null) {
      return follow(whole, keys, 0);
    }
    Map<Value, Value> known = e.lookups(number);
    Value memory = keys.size() == 1 ? keys.getFirst() : ArrayValue.of(keys);
    Value found = known.get(memory);
    if (found == null) {
      Value computed = find(build(e, keys), keys);
      found = computed == null ? Evaluation.UNDEFINED : computed;
      known.put(memory, found);
    }
    return found == Evaluation.UNDEFINED ? null : found;
  }

  private static @Nullable Value find(Trie root, List<Value> keys) {
    Trie here = root;
    for (int i = 0; i < keys.size(); i++) {
      Value leaf = here.leaf();
      if (leaf != null) {
        return follow(leaf, keys, i);
      }
      here = here.find(keys.get(i));
      if (here == null) {
        return null;
      }
    }
    return here.toValue();
  }

  private static @Nullable Value follow(Value value, List<Value> keys, int from) {
    Value here = value;
    for (int i = from; i < keys.size() && here != null; i++) {
      here = Nodes.step(here, keys.get(i));
    }
    return here;
  }

  private Trie build(Evaluation e, List<Value> wanted) {
    var into = new Wanted(wanted);
    for (Part part : parts) {
      if (!agree(part.keys, wanted)
          || (part.head != null && !mayAgree(part.head, wanted, part.keys.size()))) {
        continue;
      }
      if (part.whole != null) {
        addWhole(e, into.root, part.keys, part.whole);
      } else if (part.clause != null) {
        Frame f = new Frame(part.clause.slots, part.clause.collectors, e);
        into.prefix = part.keys;
        f.solutions = into;
        part.clause.body.run(f);
      }
    }
    return into.root;
  }

  private static boolean agree(List<Value> keys, List<Value> wanted) {
    for (int i = 0; i < keys.size() && i < wanted.size(); i++) {
      if (!keys.get(i).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayAgree(Value[] head, List<Value> wanted, int offset) {
    for (int i = 0; i < head.length && i + offset < wanted.size(); i++) {
      if (head[i] != Evaluation.UNDEFINED && !head[i].equals(wanted.get(i + offset))) {
        return false;
      }
    }
    return true;
  }

  private void addWhole(Evaluation e, Trie root, List<Value> keys, Virtual whole) {
    Value v = whole.value(e);
    if (v == null) {
      return;
    }
    Trie here = root;
    for (Value key : keys) {
      here = here.child(key);
      if (here == null) {
        throw conflict(null);
      }
    }
    if (whole instanceof PartialSet && v instanceof dev.bylaw.value.SetValue set) {
      boolean fine = here.open();
      for (Value member : set) {
        fine &= here.add(member);
      }
      if (!fine) {
        throw conflict(null);
      }
    } else if (!here.put(v)) {
      throw conflict(null);
    }
  }

  private static EvaluationException conflict(@Nullable Span span) {
    return new EvaluationException(EvaluationException.CONFLICT, UNIQUE, span);
  }

  /** What is being built, and which part of it is asked for. */
  static final class Wanted extends Collector {
    final Trie root = new Trie();
    final List<Value> keys;
    List<Value> prefix = List.of();

    Wanted(List<Value> keys) {
      this.keys = keys;
    }
  }

  /** The last step of a clause: adds its value, or a member, at its keys. */
  static final class Add extends Step {
    private final Node[] keys;
    private final Node value;
    private final boolean member;
    private final Span span;

    Add(List<Node> keys, Node value, boolean member, Span span) {
      this.keys = keys.toArray(new Node[0]);
      this.value = value;
      this.member = member;
      this.span = span;
    }

    @Override
    boolean run(Frame f) {
      Value[] path = Nodes.all(keys, f);
      if (path == null || !(f.solutions instanceof Wanted wanted) || !wants(wanted, path)) {
        return false;
      }
      Value v = value.eval(f);
      if (v == null) {
        return false;
      }
      Trie here = wanted.root;
      for (Value key : wanted.prefix) {
        here = child(here, key);
      }
      for (Value key : path) {
        here = child(here, key);
      }
      if (!(member ? here.add(v) : here.put(v))) {
        throw conflict(span);
      }
      return false;
    }

    private Trie child(Trie here, Value key) {
      Trie child = here.child(key);
      if (child == null) {
        throw conflict(span);
      }
      return child;
    }

    private static boolean wants(Wanted wanted, Value[] path) {
      int offset = wanted.prefix.size();
      for (int i = 0; i < path.length && offset + i < wanted.keys.size(); i++) {
        if (!path[i].equals(wanted.keys.get(offset + i))) {
          return false;
        }
      }
      return true;
    }
  }
}
