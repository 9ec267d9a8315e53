package dev.bylaw.rego.differential;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.rego.builtin.BuiltinFailure;
import dev.bylaw.rego.builtin.Builtins;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What Rego means, without a thought of speed: a second evaluator to hold the first against.
 *
 * <p>It walks the tree as it was parsed, with all solutions of everything in lists. It shares
 * nothing with the engine but the parser, the values and the builtins: no safety ordering, no plan,
 * no index, no early exit, no hoisting of constants. A document of rules is always worked out
 * whole.
 *
 * <p>A literal that needs a variable that is not bound yet waits for the others of its body. Names
 * are whole ({@code data.p.q}), and nothing is recursive: that is what {@link Programs} writes.
 */
final class Reference {
  /** A variable is read before anything binds it. */
  static final class UnboundException extends RuntimeException {
    UnboundException(String name) {
      super(name, null, false, false);
    }
  }

  /** Rules give different values for one document. */
  static final class ConflictException extends RuntimeException {
    ConflictException(String what) {
      super(what, null, false, false);
    }
  }

  /** The documents that an expression sees: {@code with} makes another world. */
  private static final class World {
    final @Nullable Value input;
    final Map<List<String>, Value> replaced;
    final Map<String, Term> functions;
    final Map<String, Value> constants;
    final Map<List<String>, Value> known = new HashMap<>();
    final Set<List<String>> undefined = new LinkedHashSet<>();

    World(
        @Nullable Value input,
        Map<List<String>, Value> replaced,
        Map<String, Term> functions,
        Map<String, Value> constants) {
      this.input = input;
      this.replaced = replaced;
      this.functions = functions;
      this.constants = constants;
    }
  }

  /** A value, and what is bound where it has it. */
  private record Found(Map<String, Value> bound, Value value) {}

  /** A place under {@code data} that is not a value yet, or a value. */
  private record Place(@Nullable List<String> path, @Nullable Value value) {
    static Place of(Value value) {
      return new Place(null, value);
    }
  }

  private final Map<List<String>, List<Rule>> rules = new TreeMap<>(Reference::compare);
  private final ObjectValue base;
  private final BuiltinContext context =
      new BuiltinContext(InstantSource.fixed(Instant.EPOCH), ObjectValue.EMPTY, _ -> false);

  Reference(List<Module> modules, ObjectValue base) {
    this.base = base;
    for (Module module : modules) {
      for (Rule rule : module.rules()) {
        List<String> path = new ArrayList<>(module.path());
        path.add(rule.head().name());
        rules.computeIfAbsent(List.copyOf(path), _ -> new ArrayList<>()).add(rule);
      }
    }
  }

  private static int compare(List<String> a, List<String> b) {
    return String.join("\0", a).compareTo(String.join("\0", b));
  }

  /** What a query binds, in each of its solutions. */
  List<Map<String, Value>> solutions(List<Literal> query, @Nullable Value input) {
    return solve(query, Map.of(), new World(input, Map.of(), Map.of(), Map.of()));
  }

  private List<Map<String, Value>> solve(List<Literal> body, Map<String, Value> bound, World w) {
    if (body.isEmpty()) {
      return List.of(bound);
    }
    UnboundException waits = null;
    for (int i = 0; i < body.size(); i++) {
      List<Map<String, Value>> here;
      try {
        here = solve(body.get(i), bound, w);
      } catch (UnboundException e) {
        waits = e;
        continue;
      }
      List<Literal> others = new ArrayList<>(body);
      others.remove(i);
      List<Map<String, Value>> all = new ArrayList<>();
      here.forEach(each -> all.addAll(solve(others, each, w)));
      return all;
    }
    throw Objects.requireNonNull(waits);
  }

  private List<Map<String, Value>> solve(Literal literal, Map<String, Value> bound, World outer) {
    List<Map<String, Value>> all = new ArrayList<>();
    for (Inside inside : inside(literal.withs(), new Inside(bound, outer))) {
      all.addAll(solve(literal.expression(), inside.bound, inside.world));
    }
    return all;
  }

  private record Inside(Map<String, Value> bound, World world) {}

  /** The worlds inside of modifiers, whose values are those of the world outside. */
  private List<Inside> inside(List<Literal.With> withs, Inside at) {
    if (withs.isEmpty()) {
      return List.of(at);
    }
    List<Inside> now = List.of(at);
    for (Literal.With each : withs) {
      List<Inside> next = new ArrayList<>();
      for (Inside inside : now) {
        String name = Names.dotted(each.target());
        boolean function =
            Builtins.ALL.containsKey(name) || isFunction(rules.get(path(each.target())));
        if (function && each.value() instanceof Term.Var v && !inside.bound.containsKey(v.name())) {
          Map<String, Term> functions = new HashMap<>(inside.world.functions);
          functions.put(name, each.value());
          next.add(
              new Inside(
                  inside.bound,
                  new World(
                      inside.world.input,
                      inside.world.replaced,
                      functions,
                      inside.world.constants)));
          continue;
        }
        for (Found found : values(each.value(), inside.bound, at.world)) {
          next.add(
              new Inside(
                  found.bound, replaced(inside.world, each.target(), name, function, found.value)));
        }
      }
      now = next;
    }
    return now;
  }

  private World replaced(World w, Term.Ref target, String name, boolean function, Value value) {
    if (function) {
      Map<String, Value> constants = new HashMap<>(w.constants);
      constants.put(name, value);
      return new World(w.input, w.replaced, w.functions, constants);
    }
    if (target.startsWith("input")) {
      Value input = put(w.input, path(target), 0, value);
      return new World(input, w.replaced, w.functions, w.constants);
    }
    Map<List<String>, Value> all = new HashMap<>(w.replaced);
    all.put(path(target), value);
    return new World(w.input, all, w.functions, w.constants);
  }

  private static List<String> path(Term.Ref ref) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < ref.path().size(); i++) {
      path.add(ref.key(i));
    }
    return path;
  }

  private static Value put(@Nullable Value into, List<String> path, int from, Value value) {
    if (from == path.size()) {
      return value;
    }
    ObjectValue object = into instanceof ObjectValue o ? o : ObjectValue.EMPTY;
    String key = path.get(from);
    return object.with(key, put(object.get(key), path, from + 1, value));
  }

  private List<Map<String, Value>> solve(Expression expression, Map<String, Value> bound, World w) {
    return switch (expression) {
      case Expression.Plain p -> holds(p.term(), bound, w);
      case Expression.Some _ -> List.of(bound);
      case Expression.SomeIn s -> {
        List<Map<String, Value>> all = new ArrayList<>();
        for (Found domain : values(s.domain(), bound, w)) {
          for (Member member : members(domain.value)) {
            for (Map<String, Value> each :
                s.key() == null
                    ? List.of(domain.bound)
                    : match(s.key(), member.key, domain.bound, w)) {
              all.addAll(match(s.value(), member.value, each, w));
            }
          }
        }
        yield all;
      }
      case Expression.Every e -> {
        List<Map<String, Value>> all = new ArrayList<>();
        for (Found domain : values(e.domain(), bound, w)) {
          if (isCollection(domain.value)
              && members(domain.value).stream().allMatch(it -> each(e, it, domain.bound, w))) {
            all.add(domain.bound);
          }
        }
        yield all;
      }
      case Expression.Not n -> not(n, bound, w);
      case Expression.Logical l -> throw new UnsupportedOperationException(l.toString());
    };
  }

  private boolean each(Expression.Every e, Member member, Map<String, Value> bound, World w) {
    List<Map<String, Value>> starts =
        e.key() == null ? List.of(bound) : match(e.key(), member.key, bound, w);
    return starts.stream()
        .flatMap(it -> match(e.value(), member.value, it, w).stream())
        .anyMatch(it -> !solve(e.body(), it, w).isEmpty());
  }

  /**
   * What a call in {@code not} takes is worked out before it: where that is undefined, so is it.
   */
  private List<Map<String, Value>> not(Expression.Not n, Map<String, Value> bound, World w) {
    boolean plain = !n.wide() && !n.explicit() && n.body().size() == 1;
    if (plain && n.body().getFirst().expression() instanceof Expression.Plain(Term term)) {
      List<Map<String, Value>> all = new ArrayList<>();
      for (Settled each : settled(term, bound, w)) {
        if (holds(each.term, each.bound, w).isEmpty()) {
          all.add(each.bound);
        }
      }
      return all;
    }
    return solve(n.body(), bound, w).isEmpty() ? List.of(bound) : List.of();
  }

  /** A term whose operands are values. */
  private record Settled(Map<String, Value> bound, Term term) {}

  private List<Settled> settled(Term term, Map<String, Value> bound, World w) {
    return switch (term) {
      case Term.Call c -> {
        boolean equality = Set.of("eq", "equal").contains(c.name());
        List<Settled> all = new ArrayList<>();
        for (Many many :
            operands(c.arguments(), it -> equality && it instanceof Term.Ref, bound, w)) {
          all.add(new Settled(many.bound, new Term.Call(c.operator(), many.terms, c.span())));
        }
        yield all;
      }
      case Term.Ref r -> {
        List<Settled> all = new ArrayList<>();
        for (Many many : operands(r.path(), _ -> false, bound, w)) {
          all.add(new Settled(many.bound, new Term.Ref(r.head(), many.terms, r.span())));
        }
        yield all;
      }
      case Term.ArrayTerm _, Term.SetTerm _, Term.ObjectTerm _ -> {
        List<Settled> all = new ArrayList<>();
        for (Found found : values(term, bound, w)) {
          all.add(new Settled(found.bound, new Term.Scalar(found.value, term.span())));
        }
        yield all;
      }
      default -> List.of(new Settled(bound, term));
    };
  }

  private record Many(Map<String, Value> bound, List<Term> terms) {}

  /** Each combination of the values of operands; references that stay are settled in their keys. */
  private List<Many> operands(
      List<Term> terms, Predicate<Term> stays, Map<String, Value> bound, World w) {
    List<Many> now = List.of(new Many(bound, List.of()));
    for (Term term : terms) {
      List<Many> next = new ArrayList<>();
      for (Many many : now) {
        List<Settled> each = new ArrayList<>();
        if (stays.test(term)) {
          each.addAll(settled(term, many.bound, w));
        } else if (term instanceof Term.Ref || term instanceof Term.Call || isComposite(term)) {
          values(term, many.bound, w)
              .forEach(
                  it -> each.add(new Settled(it.bound, new Term.Scalar(it.value, term.span()))));
        } else {
          each.add(new Settled(many.bound, term));
        }
        for (Settled one : each) {
          List<Term> all = new ArrayList<>(many.terms);
          all.add(one.term);
          next.add(new Many(one.bound, all));
        }
      }
      now = next;
    }
    return now;
  }

  private static boolean isComposite(Term term) {
    return term instanceof Term.ArrayTerm
        || term instanceof Term.SetTerm
        || term instanceof Term.ObjectTerm;
  }

  private List<Map<String, Value>> holds(Term term, Map<String, Value> bound, World w) {
    if (term instanceof Term.Call c && Set.of("eq", "assign").contains(c.name())) {
      return unify(c.arguments().get(0), c.arguments().get(1), bound, w);
    }
    List<Map<String, Value>> all = new ArrayList<>();
    for (Found found : values(term, bound, w)) {
      if (!found.value.equals(BooleanValue.FALSE)) {
        all.add(found.bound);
      }
    }
    return all;
  }

  private List<Map<String, Value>> unify(Term a, Term b, Map<String, Value> bound, World w) {
    List<Found> known;
    Term pattern;
    try {
      known = values(b, bound, w);
      pattern = a;
    } catch (UnboundException e) {
      known = values(a, bound, w);
      pattern = b;
    }
    List<Map<String, Value>> all = new ArrayList<>();
    for (Found found : known) {
      all.addAll(match(pattern, found.value, found.bound, w));
    }
    return all;
  }

  private List<Map<String, Value>> match(
      Term pattern, Value value, Map<String, Value> bound, World w) {
    return switch (pattern) {
      case Term.Var v when !bound.containsKey(v.name()) -> {
        Map<String, Value> more = new HashMap<>(bound);
        more.put(v.name(), value);
        yield List.of(more);
      }
      case Term.ArrayTerm a -> {
        if (!(value instanceof ArrayValue array) || array.size() != a.elements().size()) {
          yield List.of();
        }
        List<Map<String, Value>> now = List.of(bound);
        for (int i = 0; i < array.size(); i++) {
          List<Map<String, Value>> next = new ArrayList<>();
          for (Map<String, Value> each : now) {
            next.addAll(match(a.elements().get(i), array.get(i), each, w));
          }
          now = next;
        }
        yield now;
      }
      case Term.ObjectTerm o -> {
        if (!(value instanceof ObjectValue object) || object.size() != o.entries().size()) {
          yield List.of();
        }
        List<Map<String, Value>> now = List.of(bound);
        for (Term.Entry entry : o.entries()) {
          List<Map<String, Value>> next = new ArrayList<>();
          for (Map<String, Value> each : now) {
            for (Found key : values(entry.key(), each, w)) {
              Value found = object.get(key.value);
              if (found != null) {
                next.addAll(match(entry.value(), found, key.bound, w));
              }
            }
          }
          now = next;
        }
        yield now;
      }
      default ->
          values(pattern, bound, w).stream()
              .filter(found -> found.value.equals(value))
              .map(Found::bound)
              .toList();
    };
  }

  private List<Found> values(Term term, Map<String, Value> bound, World w) {
    return switch (term) {
      case Term.Scalar s -> List.of(new Found(bound, s.value()));
      case Term.Var v -> {
        Value value = bound.get(v.name());
        if (value == null) {
          throw new UnboundException(v.name());
        }
        yield List.of(new Found(bound, value));
      }
      case Term.Ref r -> reference(r, bound, w);
      case Term.ArrayTerm a -> product(a.elements(), bound, w, ArrayValue::of);
      case Term.SetTerm s -> product(s.members(), bound, w, SetValue::of);
      case Term.ObjectTerm o -> {
        List<Term> flat = new ArrayList<>();
        o.entries().forEach(it -> flat.addAll(List.of(it.key(), it.value())));
        yield product(
            flat,
            bound,
            w,
            all -> {
              ObjectValue.Builder out = ObjectValue.builder();
              for (int i = 0; i < all.size(); i += 2) {
                out.put(all.get(i), all.get(i + 1));
              }
              return out.build();
            });
      }
      case Term.ArrayComprehension c ->
          List.of(new Found(bound, ArrayValue.of(heads(c.head(), c.body(), bound, w))));
      case Term.SetComprehension c ->
          List.of(new Found(bound, SetValue.of(heads(c.head(), c.body(), bound, w))));
      case Term.ObjectComprehension c -> {
        var out = new Tree();
        for (Map<String, Value> each : solve(c.body(), bound, w)) {
          for (Found key : values(c.key(), each, w)) {
            values(c.value(), key.bound, w)
                .forEach(it -> out.at(List.of(key.value), 0).leaf(it.value));
          }
        }
        yield List.of(new Found(bound, out.object().value()));
      }
      case Term.Call c -> {
        List<Found> all = new ArrayList<>();
        for (Combination each : combinations(c.arguments(), bound, w)) {
          Value value = call(c.name(), each.values, w);
          if (value != null) {
            all.add(new Found(each.bound, value));
          }
        }
        yield all;
      }
      case Term.Template t -> throw new UnsupportedOperationException(t.toString());
    };
  }

  private List<Value> heads(Term head, List<Literal> body, Map<String, Value> bound, World w) {
    List<Value> all = new ArrayList<>();
    for (Map<String, Value> each : solve(body, bound, w)) {
      values(head, each, w).forEach(it -> all.add(it.value));
    }
    return all;
  }

  private record Combination(Map<String, Value> bound, List<Value> values) {}

  private List<Combination> combinations(List<Term> terms, Map<String, Value> bound, World w) {
    List<Combination> now = List.of(new Combination(bound, List.of()));
    for (Term term : terms) {
      List<Combination> next = new ArrayList<>();
      for (Combination each : now) {
        for (Found found : values(term, each.bound, w)) {
          List<Value> all = new ArrayList<>(each.values);
          all.add(found.value);
          next.add(new Combination(found.bound, all));
        }
      }
      now = next;
    }
    return now;
  }

  private List<Found> product(
      List<Term> terms, Map<String, Value> bound, World w, Function<List<Value>, Value> maker) {
    return combinations(terms, bound, w).stream()
        .map(it -> new Found(it.bound, maker.apply(it.values)))
        .toList();
  }

  private @Nullable Value call(String name, List<Value> operands, World w) {
    Value constant = w.constants.get(name);
    if (constant != null) {
      return constant;
    }
    Term other = w.functions.get(name);
    if (other != null) {
      var plain = new World(w.input, w.replaced, Map.of(), Map.of());
      String instead = other instanceof Term.Ref r ? Names.dotted(r) : ((Term.Var) other).name();
      return call(instead, operands, plain);
    }
    Builtin builtin = Builtins.ALL.get(name);
    if (builtin != null) {
      try {
        return builtin.call(context, operands.toArray(Value[]::new));
      } catch (BuiltinFailure e) {
        return null;
      }
    }
    List<String> path = new ArrayList<>(List.of(name.split("\\.")));
    path.removeFirst();
    return complete(rules.getOrDefault(path, List.of()), operands, w);
  }

  /** Of complete rules or of functions: the one value that they agree on. */
  private @Nullable Value complete(List<Rule> group, List<Value> operands, World w) {
    Set<Value> found = new LinkedHashSet<>();
    for (Rule rule : group) {
      if (!rule.isDefault()) {
        for (Rule branch = rule; branch != null; branch = branch.otherwise()) {
          List<Value> values = values(branch, rule, operands, w);
          if (!values.isEmpty()) {
            found.addAll(values);
            break;
          }
        }
      }
    }
    if (found.size() > 1) {
      throw new ConflictException(group.getFirst().head().name() + ": " + found);
    }
    if (found.isEmpty()) {
      for (Rule rule : group) {
        if (rule.isDefault()) {
          return values(rule.head().value(), Map.of(), w).getFirst().value;
        }
      }
      return null;
    }
    return found.iterator().next();
  }

  private List<Value> values(Rule branch, Rule first, List<Value> operands, World w) {
    List<Map<String, Value>> starts = List.of(Map.of());
    List<Term> parameters = first.head().arguments();
    for (int i = 0; parameters != null && i < parameters.size(); i++) {
      List<Map<String, Value>> next = new ArrayList<>();
      for (Map<String, Value> each : starts) {
        next.addAll(match(parameters.get(i), operands.get(i), each, w));
      }
      starts = next;
    }
    List<Value> all = new ArrayList<>();
    for (Map<String, Value> start : starts) {
      all.addAll(heads(branch.head().value(), branch.body(), start, w));
    }
    return all;
  }

  private static boolean isFunction(@Nullable List<Rule> group) {
    return group != null && group.getFirst().head().isFunction();
  }

  private List<Found> reference(Term.Ref r, Map<String, Value> bound, World w) {
    List<At> now = new ArrayList<>();
    if (r.startsWith("input")) {
      if (w.input != null) {
        now.add(new At(bound, Place.of(w.input)));
      }
    } else if (r.startsWith("data")) {
      now.add(new At(bound, place(List.of(), w)));
    } else {
      values(r.head(), bound, w).forEach(it -> now.add(new At(it.bound, Place.of(it.value))));
    }
    List<At> places = now;
    for (Term key : r.path()) {
      List<At> next = new ArrayList<>();
      for (At at : places) {
        if (key instanceof Term.Var v && !at.bound.containsKey(v.name())) {
          for (Value each : keys(at.place, w)) {
            Map<String, Value> more = new HashMap<>(at.bound);
            more.put(v.name(), each);
            step(at.place, each, w).ifPresent(it -> next.add(new At(more, it)));
          }
        } else {
          for (Found each : values(key, at.bound, w)) {
            step(at.place, each.value, w).ifPresent(it -> next.add(new At(each.bound, it)));
          }
        }
      }
      places = next;
    }
    List<Found> all = new ArrayList<>();
    for (At at : places) {
      Value value = whole(at.place, w);
      if (value != null) {
        all.add(new Found(at.bound, value));
      }
    }
    return all;
  }

  private record At(Map<String, Value> bound, Place place) {}

  /** What is at a path under {@code data}, given that its parent is a place of rules. */
  private @Nullable Place place(List<String> path, World w) {
    Value replaced = w.replaced.get(path);
    if (replaced != null) {
      return Place.of(replaced);
    }
    List<Rule> group = rules.get(path);
    boolean deeper = w.replaced.keySet().stream().anyMatch(it -> startsWith(it, path));
    if (group != null) {
      Value value = isFunction(group) ? null : document(path, group, w);
      value = deeper ? overlaid(value, path, w) : value;
      return value == null ? null : Place.of(value);
    }
    if (path.isEmpty() || rules.keySet().stream().anyMatch(it -> startsWith(it, path))) {
      return new Place(path, null);
    }
    Value value = overlaid(base(path), path, w);
    return value == null ? null : Place.of(value);
  }

  private static boolean startsWith(List<String> path, List<String> start) {
    return path.size() > start.size() && path.subList(0, start.size()).equals(start);
  }

  private @Nullable Value overlaid(@Nullable Value value, List<String> path, World w) {
    Value now = value;
    for (Map.Entry<List<String>, Value> each : w.replaced.entrySet()) {
      if (startsWith(each.getKey(), path)) {
        now = put(now, each.getKey(), path.size(), each.getValue());
      }
    }
    return now;
  }

  private @Nullable Value base(List<String> path) {
    Value now = base;
    for (String key : path) {
      now = now instanceof ObjectValue object ? object.get(key) : null;
      if (now == null) {
        return null;
      }
    }
    return now;
  }

  private Optional<Place> step(Place at, Value key, World w) {
    if (at.path == null) {
      return Optional.ofNullable(member(Objects.requireNonNull(at.value), key)).map(Place::of);
    }
    if (!(key instanceof StringValue text)) {
      return Optional.empty();
    }
    List<String> path = new ArrayList<>(at.path);
    path.add(text.text());
    return Optional.ofNullable(place(List.copyOf(path), w));
  }

  private Set<Value> keys(Place at, World w) {
    Set<Value> keys = new TreeSet<>();
    if (at.path == null) {
      members(Objects.requireNonNull(at.value)).forEach(it -> keys.add(it.key));
      return keys;
    }
    List<String> path = at.path;
    if (base(path) instanceof ObjectValue object) {
      object.forEach((key, _) -> keys.add(key));
    }
    for (List<String> each : rules.keySet()) {
      if (startsWith(each, path)) {
        keys.add(StringValue.of(each.get(path.size())));
      }
    }
    for (List<String> each : w.replaced.keySet()) {
      if (startsWith(each, path)) {
        keys.add(StringValue.of(each.get(path.size())));
      }
    }
    return keys;
  }

  private @Nullable Value whole(Place at, World w) {
    if (at.path == null) {
      return at.value;
    }
    ObjectValue.Builder out = ObjectValue.builder();
    for (Value key : keys(at, w)) {
      step(at, key, w).map(it -> whole(it, w)).ifPresent(it -> out.put(key, it));
    }
    return out.build();
  }

  private @Nullable Value document(List<String> path, List<Rule> group, World w) {
    Value known = w.known.get(path);
    if (known != null || w.undefined.contains(path)) {
      return known;
    }
    Value value =
        group.stream()
                .allMatch(it -> it.head().reference().path().isEmpty() && it.head().key() == null)
            ? complete(group, List.of(), w)
            : partial(group, w);
    if (value == null) {
      w.undefined.add(path);
    } else {
      w.known.put(path, value);
    }
    return value;
  }

  private Value partial(List<Rule> group, World w) {
    var root = new Tree().object();
    for (Rule rule : group) {
      Term.Ref head = rule.head().reference();
      List<Value> start = new ArrayList<>();
      for (int i = 0; i < head.constantKeys(); i++) {
        start.add(StringValue.of(head.key(i)));
      }
      boolean constant = start.size() == head.path().size();
      if (rule.head().key() != null && constant) {
        root.at(start, 0).set();
      } else {
        root.at(constant ? start.subList(0, start.size() - 1) : start, 0).object();
      }
      for (Map<String, Value> each : solve(rule.body(), Map.of(), w)) {
        for (Combination keys : combinations(head.path(), each, w)) {
          Term last = rule.head().key() == null ? rule.head().value() : rule.head().key();
          for (Found found : values(last, keys.bound, w)) {
            if (rule.head().key() == null) {
              root.at(keys.values, 0).leaf(found.value);
            } else {
              root.at(keys.values, 0).member(found.value);
            }
          }
        }
      }
    }
    return root.value();
  }

  /** A document that rules make together. */
  private static final class Tree {
    private @Nullable Value leaf;
    private @Nullable Set<Value> members;
    private @Nullable Map<Value, Tree> children;

    Tree at(List<Value> keys, int from) {
      if (from == keys.size()) {
        return this;
      }
      object();
      return Objects.requireNonNull(children)
          .computeIfAbsent(keys.get(from), _ -> new Tree())
          .at(keys, from + 1);
    }

    Tree object() {
      if (leaf != null || members != null) {
        throw new ConflictException("an object beside a value");
      }
      children = children == null ? new TreeMap<>() : children;
      return this;
    }

    Tree set() {
      if (leaf != null || children != null) {
        throw new ConflictException("a set beside a value");
      }
      members = members == null ? new TreeSet<>() : members;
      return this;
    }

    void member(Value value) {
      Objects.requireNonNull(set().members).add(value);
    }

    void leaf(Value value) {
      if (members != null || children != null || (leaf != null && !leaf.equals(value))) {
        throw new ConflictException("two values");
      }
      leaf = value;
    }

    Value value() {
      if (leaf != null) {
        return leaf;
      }
      if (members != null) {
        return SetValue.of(members);
      }
      ObjectValue.Builder out = ObjectValue.builder();
      if (children != null) {
        children.forEach((key, each) -> out.put(key, each.value()));
      }
      return out.build();
    }
  }

  private record Member(Value key, Value value) {}

  private static boolean isCollection(Value value) {
    return value instanceof ArrayValue || value instanceof ObjectValue || value instanceof SetValue;
  }

  private static List<Member> members(Value value) {
    List<Member> all = new ArrayList<>();
    switch (value) {
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          all.add(new Member(NumberValue.of(i), array.get(i)));
        }
      }
      case ObjectValue object -> {
        for (int i = 0; i < object.size(); i++) {
          all.add(new Member(object.sortedKey(i), object.sortedValue(i)));
        }
      }
      case SetValue set -> {
        for (int i = 0; i < set.size(); i++) {
          all.add(new Member(set.sorted(i), set.sorted(i)));
        }
      }
      default -> {}
    }
    return all;
  }

  private static @Nullable Value member(Value value, Value key) {
    return members(value).stream()
        .filter(it -> it.key.equals(key))
        .map(Member::value)
        .findFirst()
        .orElse(null);
  }
}
