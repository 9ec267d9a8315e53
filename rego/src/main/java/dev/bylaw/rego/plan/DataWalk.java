package dev.bylaw.rego.plan;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows keys under {@code data} where it depends on their values which rules are met, or where
 * {@code with} hides rules: through packages and base data, into rules, and on in their values.
 */
final class DataWalk {
  private final Doc root;
  private final Node[] bound;
  private final Pattern[] keys;

  /**
   * A walk.
   *
   * @param bound the nodes of keys that are known; null for those to bind
   * @param keys a pattern for each key
   */
  DataWalk(Doc root, List<@Nullable Node> bound, List<Pattern> keys) {
    this.root = root;
    this.bound = bound.toArray(new Node[0]);
    this.keys = keys.toArray(new Pattern[0]);
  }

  /** Takes the values that a walk reaches; true to stop. */
  interface Sink {
    boolean take(Frame f, Value value);
  }

  boolean run(Frame f, Sink sink) {
    return at(f, root, baseAt(f, root), 0, sink);
  }

  private static @Nullable Value baseAt(Frame f, Doc doc) {
    Value here = f.evaluation.data;
    for (String key : doc.path) {
      if (here == null) {
        return null;
      }
      here = Nodes.step(here, StringValue.of(key));
    }
    return here;
  }

  private boolean at(Frame f, Doc doc, @Nullable Value base, int i, Sink sink) {
    f.evaluation.session.step();
    Evaluation e = f.evaluation;
    if (!e.whole && e.hides(doc.path)) {
      return base != null && inside(f, base, i, sink);
    }
    if (doc.function != null) {
      return false;
    }
    if (i == keys.length) {
      Value v = doc.value(e, base);
      return v != null && sink.take(f, v);
    }
    if (doc.rule != null) {
      return atRule(f, doc.rule, i, sink);
    }
    Node known = bound[i];
    if (known != null) {
      Value key = known.eval(f);
      if (key == null) {
        return false;
      }
      return child(f, doc, base, key, i, sink);
    }
    for (Value key : childKeys(doc, base)) {
      if (keys[i].match(f, key) && child(f, doc, base, key, i, sink)) {
        return true;
      }
    }
    return false;
  }

  private boolean child(Frame f, Doc doc, @Nullable Value base, Value key, int i, Sink sink) {
    Value below = base == null ? null : Nodes.stored(base, key);
    Doc next = doc.child(key);
    if (next != null) {
      return at(f, next, below, i + 1, sink);
    }
    return below != null && inside(f, below, i + 1, sink);
  }

  private static List<Value> childKeys(Doc doc, @Nullable Value base) {
    TreeMap<Value, Boolean> all = new TreeMap<>();
    doc.children.keySet().forEach(k -> all.put(StringValue.of(k), true));
    if (base instanceof ObjectValue object) {
      object.forEach((k, v) -> all.put(k, true));
    }
    return new ArrayList<>(all.keySet());
  }

  private boolean atRule(Frame f, Virtual rule, int i, Sink sink) {
    if (rule instanceof PartialObject object && bound[i] != null) {
      List<Value> path = new ArrayList<>();
      int n = i;
      while (n < keys.length && bound[n] != null) {
        Value key = bound[n].eval(f);
        if (key == null) {
          return false;
        }
        path.add(key);
        n++;
      }
      Value v = object.lookup(f.evaluation, path);
      return v != null && inside(f, v, n, sink);
    }
    Value v = rule.value(f.evaluation);
    return v != null && inside(f, v, i, sink);
  }

  private boolean inside(Frame f, Value value, int i, Sink sink) {
    if (i == keys.length) {
      return sink.take(f, value);
    }
    if (bound[i] != null) {
      Value key = bound[i].eval(f);
      Value next = key == null ? null : Nodes.step(value, key);
      return next != null && inside(f, next, i + 1, sink);
    }
    return switch (value) {
      case ArrayValue a -> {
        for (int n = 0; n < a.size(); n++) {
          if (keys[i].match(f, NumberValue.of(n)) && inside(f, a.get(n), i + 1, sink)) {
            yield true;
          }
        }
        yield false;
      }
      case ObjectValue o -> {
        for (int n = 0; n < o.size(); n++) {
          if (keys[i].match(f, o.sortedKey(n)) && inside(f, o.sortedValue(n), i + 1, sink)) {
            yield true;
          }
        }
        yield false;
      }
      case SetValue s -> {
        for (int n = 0; n < s.size(); n++) {
          if (keys[i].match(f, s.sorted(n)) && inside(f, s.sorted(n), i + 1, sink)) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  /** A walk of known keys, as a node. */
  static final class Follow extends Node {
    private final DataWalk walk;

    Follow(DataWalk walk) {
      this.walk = walk;
    }

    @Override
    @Nullable Value eval(Frame f) {
      Found found = new Found();
      walk.run(f, found);
      return found.value;
    }
  }

  private static final class Found implements Sink {
    private @Nullable Value value;

    @Override
    public boolean take(Frame f, Value v) {
      value = v;
      return true;
    }
  }

  /** A walk that binds keys, as a step. */
  static final class Through extends Step {
    private final DataWalk walk;
    private final int slot;

    Through(DataWalk walk, int slot) {
      this.walk = walk;
      this.slot = slot;
    }

    @Override
    boolean run(Frame f) {
      return walk.run(
          f,
          (frame, v) -> {
            frame.slots[slot] = v;
            return next.run(frame);
          });
    }
  }

  /** The value of a rule at constant keys. */
  static final class RuleValue extends Node {
    private final Virtual rule;
    private final DataWalk otherwise;

    RuleValue(Virtual rule, Doc root, List<Node> keys) {
      this.rule = rule;
      this.otherwise = ground(root, keys);
    }

    @Override
    @Nullable Value eval(Frame f) {
      Evaluation e = f.evaluation;
      if (e.whole) {
        return rule.constant != null ? rule.constant : rule.value(e);
      }
      Found found = new Found();
      otherwise.run(f, found);
      return found.value;
    }
  }

  /** The value under a rule, at keys that are known. */
  static final class RuleLookup extends Node {
    private final PartialObject rule;
    private final Node[] keys;
    private final DataWalk otherwise;

    RuleLookup(PartialObject rule, List<Node> keys, Doc root, List<Node> all) {
      this.rule = rule;
      this.keys = keys.toArray(new Node[0]);
      this.otherwise = ground(root, all);
    }

    @Override
    @Nullable Value eval(Frame f) {
      Evaluation e = f.evaluation;
      if (!e.whole) {
        Found found = new Found();
        otherwise.run(f, found);
        return found.value;
      }
      Value[] path = Nodes.all(keys, f);
      return path == null ? null : rule.lookup(e, List.of(path));
    }
  }

  static DataWalk ground(Doc root, List<Node> keys) {
    List<Pattern> patterns = new ArrayList<>();
    for (Node key : keys) {
      patterns.add(new Pattern.Same(key));
    }
    return new DataWalk(root, new ArrayList<>(keys), patterns);
  }
}
