package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Module.Annotation;
import dev.bylaw.rego.check.RuleTree.Placed;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The annotations of modules, by what they describe. */
public final class Metadata {
  private final List<Module> modules;

  Metadata(List<Module> modules) {
    this.modules = List.copyOf(modules);
  }

  /** Where a rule stands, from itself outwards: what {@code rego.metadata.chain()} gives. */
  public Value chain(Placed placed) {
    List<Value> links = new ArrayList<>();
    List<String> path = path(placed);
    Value own = rule(placed);
    links.add(own == null ? link(path, null) : link(path, own));
    Annotation document = document(placed);
    if (document != null) {
      links.add(link(path, document.content()));
    }
    List<String> here = placed.module().path();
    ObjectValue declared = scoped("package", here);
    if (declared != null) {
      links.add(link(here, declared));
    }
    for (int n = here.size(); n > 0; n--) {
      ObjectValue sub = scoped("subpackages", here.subList(0, n));
      if (sub != null) {
        links.add(link(here.subList(0, n), sub));
      }
    }
    return ArrayValue.of(links);
  }

  /** The annotation of the rule itself, or null. */
  public @Nullable Value rule(Placed placed) {
    for (Annotation a : placed.module().annotations()) {
      if (a.scope().equals("rule") && a.target() == placed.rule().span().start()) {
        return a.content();
      }
    }
    return null;
  }

  private static List<String> path(Placed placed) {
    List<String> path = new ArrayList<>(placed.module().path());
    path.add(placed.rule().head().name());
    for (int i = 0; i < placed.rule().head().reference().constantKeys(); i++) {
      path.add(placed.rule().head().reference().key(i));
    }
    return path;
  }

  private @Nullable Annotation document(Placed placed) {
    List<String> wanted = path(placed);
    for (Module m : modules) {
      for (Annotation a : m.annotations()) {
        if (a.scope().equals("document")) {
          for (var rule : m.rules()) {
            if (rule.span().start() == a.target() && path(new Placed(m, rule)).equals(wanted)) {
              return a;
            }
          }
        }
      }
    }
    return null;
  }

  private @Nullable ObjectValue scoped(String scope, List<String> path) {
    for (Module m : modules) {
      for (Annotation a : m.annotations()) {
        if (a.scope().equals(scope) && m.path().equals(path)) {
          return a.content();
        }
      }
    }
    return null;
  }

  private static Value link(List<String> path, @Nullable Value annotations) {
    List<Value> keys = new ArrayList<>();
    path.forEach(p -> keys.add(StringValue.of(p)));
    ArrayValue where = ArrayValue.of(keys);
    return annotations == null
        ? ObjectValue.of("path", where)
        : ObjectValue.of("annotations", annotations, "path", where);
  }
}
