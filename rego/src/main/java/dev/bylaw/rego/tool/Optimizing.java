package dev.bylaw.rego.tool;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.Text;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Works out what of some rules does not depend on the input, and puts what is left in their place.
 * A policy gives the same answers before and after, over the same data.
 */
public final class Optimizing {
  /** What stands for the value of an entrypoint in what is left. */
  private static final String RESULT = "__result__";

  private final Options options;
  private final int level;
  private final UnaryOperator<Request> limits;
  private final Consumer<String> debug;

  /**
   * An optimisation.
   *
   * @param level 1 keeps rules that depend on the input by themselves; from 2 on those that are one
   *     condition or another are put in the place of their names
   * @param limits bounds what working it out may cost
   * @param debug is told what was done
   */
  public Optimizing(
      Options options, int level, UnaryOperator<Request> limits, Consumer<String> debug) {
    this.options = options;
    this.level = level;
    this.limits = limits;
    this.debug = debug;
  }

  /**
   * Optimises entrypoints one after the other. One that cannot be written any better stays as it
   * is.
   *
   * @param entrypoints as {@code authz/allow}
   * @throws IOException if an entrypoint is no rule, or never has a value
   * @throws DiagnosticsException with every mistake in the policies
   */
  public Loaded of(Loaded content, List<String> entrypoints) throws IOException {
    Set<String> all = new LinkedHashSet<>(entrypoints);
    all.addAll(annotated(content, options));
    if (all.isEmpty()) {
      throw new IOException(
          "bundle optimizations require at least one entrypoint: --entrypoint authz/allow, or"
              + " `# entrypoint: true` in the metadata of a rule");
    }
    Set<String> references = new LinkedHashSet<>();
    for (String entrypoint : all) {
      references.add(Text.dotted(path(entrypoint)));
    }
    Loaded now = content;
    for (String entrypoint : all) {
      now = of(now, path(entrypoint), references);
    }
    return now;
  }

  /**
   * The policies without the rules that no entrypoint depends on, whatever the input.
   *
   * @param entrypoints as {@code authz/allow}
   * @throws IOException if there is none, or one is no rule
   */
  static Loaded pruned(Loaded content, List<String> entrypoints, Options options)
      throws IOException {
    List<Module> modules = content.parse(options.dialect());
    Policy policy = Policy.ofModules(modules, options);
    Set<String> all = new LinkedHashSet<>(entrypoints);
    all.addAll(annotated(content, options));
    if (all.isEmpty()) {
      throw new IOException(
          "what is unused is known by what is asked for: --entrypoint authz/allow");
    }
    List<List<String>> read = new ArrayList<>();
    for (String entrypoint : all) {
      List<String> path = path(entrypoint);
      requireRule(modules, path);
      for (ArrayValue found : policy.dependencies(Text.dotted(path)).virtual()) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < found.size() && found.get(i) instanceof StringValue name; i++) {
          names.add(name.text());
        }
        read.add(names);
      }
    }
    List<Source> sources = new ArrayList<>();
    for (Module module : modules) {
      List<Rule> gone =
          module.rules().stream()
              .filter(r -> read.stream().noneMatch(path -> meet(place(module, r), path)))
              .toList();
      if (gone.size() < module.rules().size()) {
        sources.add(cut(module, gone));
      }
    }
    return new Loaded(sources, content.data(), content.dialects());
  }

  /** Whether one of two paths leads to the other. */
  private static boolean meet(List<String> a, List<String> b) {
    int n = Math.min(a.size(), b.size());
    return a.subList(0, n).equals(b.subList(0, n));
  }

  private static Source cut(Module module, List<Rule> gone) {
    return gone.isEmpty()
        ? module.source()
        : Source.of(module.source().name(), without(module.source().text(), gone));
  }

  private static void requireRule(List<Module> modules, List<String> path) throws IOException {
    boolean isRule =
        modules.stream().anyMatch(m -> m.rules().stream().anyMatch(r -> place(m, r).equals(path)));
    if (!isRule) {
      throw new IOException(
          "undefined entrypoint " + Text.dotted(path) + ": no rule has that name");
    }
  }

  private static List<String> path(String entrypoint) throws IOException {
    List<String> path =
        Arrays.stream(entrypoint.replaceFirst("^(data\\.|/)", "").split("[/.]", -1)).toList();
    if (path.size() < 2 || path.stream().anyMatch(String::isEmpty)) {
      throw new IOException(
          "invalid entrypoint "
              + entrypoint
              + ": expected the path of a rule, such as authz/allow for data.authz.allow");
    }
    return path;
  }

  private static List<String> annotated(Loaded content, Options options) {
    List<String> found = new ArrayList<>();
    for (Module module : content.parse(options.dialect())) {
      for (Module.Annotation annotation : module.annotations()) {
        if (BooleanValue.TRUE.equals(annotation.content().get("entrypoint"))) {
          for (Rule rule : module.rules()) {
            if (rule.span().start() == annotation.target()) {
              found.add(String.join("/", place(module, rule)));
            }
          }
        }
      }
    }
    return found;
  }

  private Loaded of(Loaded content, List<String> path, Set<String> entrypoints) throws IOException {
    List<Module> modules = content.parse(options.dialect());
    Policy policy = Policy.ofModules(modules, options).withData(content.data());
    String name = Text.dotted(path);
    requireRule(modules, path);
    Set<String> kept = new LinkedHashSet<>(entrypoints);
    kept.remove(name);
    Residual left =
        policy.partially(
            name + " = " + RESULT,
            "",
            List.of(),
            List.of("input"),
            limits.apply(Request.of(null)),
            level > 1,
            kept,
            "");
    if (left.queries().isEmpty()) {
      throw new IOException(
          "undefined entrypoint " + name + ": it has no value whatever the input");
    }
    boolean readsModules =
        content.sources().stream().anyMatch(s -> left.support().containsKey(s.name()));
    if (readsModules) {
      debug.accept(name + " reads rules that cannot be taken apart: left as it is");
      return content;
    }
    try {
      Loaded better = replaced(content, modules, support(left, path));
      Policy.ofModules(better.parse(options.dialect()), options);
      debug.accept(name + " is optimised");
      return better;
    } catch (DiagnosticsException e) {
      debug.accept(name + " is left as it is: " + e.diagnostics().getFirst().message());
      return content;
    }
  }

  /** The modules that stand for the entrypoint, as text by package. */
  private static Map<List<String>, String> support(Residual left, List<String> path) {
    Map<List<String>, String> texts = new HashMap<>();
    for (String text : left.support().values()) {
      texts.put(Parser.module(Source.of("support", text), Dialect.V1).path(), text);
    }
    String name = Text.dotted(path);
    List<String> pkg = path.subList(0, path.size() - 1);
    var rules = new StringBuilder();
    for (String query : left.queries()) {
      if (!query.strip().equals(name + " = " + RESULT)) {
        rules
            .append('\n')
            .append(path.getLast())
            .append(" := ")
            .append(RESULT)
            .append(" if {\n\t")
            .append(query.strip().replace("\n", "\n\t"))
            .append("\n}\n");
      }
    }
    if (!rules.isEmpty()) {
      String header = "package " + Text.dotted(pkg).substring("data.".length()) + "\n";
      texts.merge(pkg, header + rules, (before, more) -> before + rules);
    }
    return texts;
  }

  /** The path of what a rule defines, as far as it is constant. */
  private static List<String> place(Module module, Rule rule) {
    List<String> place = new ArrayList<>(module.path());
    place.add(rule.head().name());
    var reference = rule.head().reference();
    for (int i = 0; i < reference.constantKeys(); i++) {
      place.add(reference.key(i));
    }
    return place;
  }

  /** The policies with other rules where there are any of the same place. */
  private static Loaded replaced(
      Loaded content, List<Module> modules, Map<List<String>, String> texts) {
    Set<List<String>> places = new LinkedHashSet<>();
    Map<String, Source> made = new TreeMap<>();
    Set<String> names = new LinkedHashSet<>();
    content.sources().forEach(s -> names.add(s.name()));
    texts.forEach((pkg, text) -> {
      String folder = "optimized/" + String.join("/", pkg);
      String name = folder + ".rego";
      for (int i = 1; names.contains(name); i++) {
        name = folder + "." + i + ".rego";
      }
      Module module = Parser.module(Source.of(name, text), Dialect.V1);
      module.rules().forEach(r -> places.add(place(module, r)));
      made.put(name, module.source());
    });
    List<Source> sources = new ArrayList<>();
    Map<String, Dialect> dialects = new HashMap<>(content.dialects());
    for (Module module : modules) {
      List<Rule> gone =
          module.rules().stream().filter(r -> places.contains(place(module, r))).toList();
      if (gone.size() < module.rules().size() || module.rules().isEmpty()) {
        sources.add(cut(module, gone));
      }
    }
    made.forEach((name, source) -> {
      sources.add(source);
      dialects.put(name, Dialect.V1);
    });
    return new Loaded(sources, content.data(), dialects);
  }

  /** A text without some rules, and without what is said above each of them. */
  private static String without(String text, List<Rule> gone) {
    var out = new StringBuilder(text);
    for (Rule rule : gone.reversed()) {
      Span span = rule.span();
      int start = span.start();
      int line = text.lastIndexOf('\n', start - 1) + 1;
      while (line > 0 && text.substring(line, start).isBlank()) {
        int above = text.lastIndexOf('\n', line - 2) + 1;
        if (!text.startsWith("#", above)) {
          break;
        }
        line = above;
        start = above;
      }
      out.delete(start, span.end());
    }
    return out.toString().replaceAll("\n{3,}", "\n\n");
  }
}
