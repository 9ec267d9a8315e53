package dev.bylaw.policy.rego;

import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.language.PolicyText;
import dev.bylaw.rego.Options;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rego, in both dialects. */
public final class RegoLanguage implements PolicyLanguage {
  private final RegoAccess access;

  /** Rego that may reach what is said. */
  public RegoLanguage(RegoAccess access) {
    this.access = access;
  }

  @Override
  public String name() {
    return "rego";
  }

  @Override
  public Set<String> endings() {
    return Set.of(".rego");
  }

  @Override
  public boolean isPolicy(String file) {
    return file.endsWith(".rego") && !file.endsWith("_test.rego");
  }

  @Override
  public Optional<CompiledPolicy> compile(PolicyText text, Diagnostics diagnostics) {
    var found = new Diagnostics();
    Options options = options();
    Optional<CompiledPolicy> compiled =
        RegoModules.read(
                text.sources().stream().map(RegoLanguage::inPackage).toList(), options, found)
            .map(modules -> {
              List<DecisionRule> rules = DecisionRules.of(modules.written(), found);
              String conflict = RegoPolicy.conflict(modules.written(), text.data());
              if (!conflict.isEmpty()) {
                found.error(
                    "E0222",
                    modules.written().getFirst().packageSpan(),
                    "the data `" + conflict + "` stand where the policy has a rule",
                    "call the file in `data/` or the package otherwise");
              }
              return new RegoPolicy(modules, rules, access);
            });
    found.all().forEach(each -> diagnostics.add(withWayOut(each)));
    return found.hasErrors() ? Optional.empty() : compiled;
  }

  private Options options() {
    Set<String> off = new HashSet<>(RegoAccess.OFF);
    off.removeAll(access.functions());
    return Options.standard().withFunctions(HostFunctions.ALL).without(off);
  }

  /** A text in a pack need not name a package; a file must, as Rego has it. */
  private static Source inPackage(Source source) {
    if (source.name().endsWith(".rego")) {
      return source;
    }
    boolean named =
        source
            .text()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .filter(line -> line.startsWith("package"))
            .isPresent();
    if (named) {
      return source;
    }
    // In front of the text are blanks and line breaks: places stay what they are.
    String line = "package pack";
    int room = source.text().length() - source.text().stripLeading().length();
    return Source.of(
        source.name(),
        room > line.length() && source.text().indexOf('\n') < room
            ? line + "\n" + rest(source.text(), line.length())
            : line + "\n" + source.text());
  }

  private static String rest(String text, int taken) {
    int line = text.indexOf('\n');
    return line >= 0 ? text.substring(line + 1) : text.substring(taken);
  }

  private static Diagnostic withWayOut(Diagnostic each) {
    for (String off : RegoAccess.OFF) {
      if (each.hint().isEmpty() && each.message().contains(off)) {
        return each.withHint(
            "it is off in packs; `rego: { functions: [" + off + "] }` in `bylaw.yaml` allows it");
      }
    }
    return each;
  }
}
