package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree of packages and rules under {@code data}. A rule stands at the constant string keys that
 * its reference begins with; keys behind the first other one belong to the rule.
 */
public final class RuleTree {
  /** A rule and the file that it is in. */
  public record Placed(Module module, Rule rule) {}

  private final String name;
  private final @Nullable RuleTree parent;
  private final Map<String, RuleTree> children = new TreeMap<>();
  private final List<Placed> rules = new ArrayList<>();
  private boolean isPackage;

  /** An empty root. */
  public RuleTree() {
    this("data", null);
  }

  private RuleTree(String name, @Nullable RuleTree parent) {
    this.name = name;
    this.parent = parent;
  }

  /** The child of a key, or null. */
  public @Nullable RuleTree child(String key) {
    return children.get(key);
  }

  /** All children by key. */
  public Map<String, RuleTree> children() {
    return children;
  }

  /** The rules that stand here. */
  public List<Placed> rules() {
    return rules;
  }

  /** Whether a file declares this package. */
  public boolean isPackage() {
    return isPackage;
  }

  /** The keys from the root. */
  public List<String> path() {
    if (parent == null) {
      return List.of();
    }
    List<String> path = new ArrayList<>(parent.path());
    path.add(name);
    return path;
  }

  /** The path as a reference: {@code data.a.b}. */
  public String dotted() {
    return Text.dotted(path());
  }

  void declare(List<String> path) {
    at(path).isPackage = true;
  }

  void add(Module module, Rule rule) {
    List<String> path = new ArrayList<>(module.path());
    path.add(rule.head().name());
    Term.Ref reference = rule.head().reference();
    int constant = reference.constantKeys();
    for (int i = 0; i < constant; i++) {
      path.add(reference.key(i));
    }
    at(path).rules.add(new Placed(module, rule));
  }

  private RuleTree at(List<String> path) {
    RuleTree here = this;
    for (String key : path) {
      RuleTree next = here.children.get(key);
      if (next == null) {
        next = new RuleTree(key, here);
        here.children.put(key, next);
      }
      here = next;
    }
    return here;
  }

  /** The node at a path, or null. */
  public @Nullable RuleTree find(List<String> path) {
    RuleTree here = this;
    for (String key : path) {
      here = here.children.get(key);
      if (here == null) {
        return null;
      }
    }
    return here;
  }

  /** Whether functions stand here. */
  public boolean isFunction() {
    return !rules.isEmpty() && rules.getFirst().rule().head().isFunction();
  }

  /** How many arguments the function here takes. */
  public int arity() {
    List<Term> arguments = rules.getFirst().rule().head().arguments();
    return arguments == null ? 0 : arguments.size();
  }

  /** Calls for this node and all below. */
  void forEach(java.util.function.Consumer<RuleTree> action) {
    action.accept(this);
    children.values().forEach(c -> c.forEach(action));
  }
}
