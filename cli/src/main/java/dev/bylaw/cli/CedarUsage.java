package dev.bylaw.cli;

import dev.bylaw.cedar.command.Links;
import dev.bylaw.syntax.DidYouMean;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Wrong usage of {@code bylaw cedar}, found and told as Cedar's own tool does: arguments are read
 * from left to right, and the first that is wrong is told; then what excludes each other, then what
 * is missing.
 */
final class CedarUsage {
  /** What excludes each other. */
  private static final List<List<Set<String>>> EXCLUDING =
      List.of(
          List.of(
              Set.of("--request-json"),
              Set.of(
                  "--principal",
                  "--action",
                  "--resource",
                  "--context",
                  "--principal-type",
                  "--principal-eid",
                  "--resource-type",
                  "--resource-eid")),
          List.of(Set.of("--write"), Set.of("--check")));

  /** Files whose names cannot be empty. */
  private static final Set<String> NEVER_EMPTY = Set.of("--schema");

  private static final BigInteger MOST_LEVELS = BigInteger.valueOf(0xFFFF_FFFFL);

  private final CommandSpec command;
  private final Deque<String> rest;
  private final Map<OptionSpec, String> given = new LinkedHashMap<>();
  private int operands;

  private CedarUsage(CommandSpec command, List<String> arguments) {
    this.command = command;
    this.rest = new ArrayDeque<>(arguments);
  }

  /** The arguments are wrong. */
  private static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  /** Help was asked for before anything was wrong. */
  private static final class Help extends RuntimeException {
    Help() {
      super("help", null, false, false);
    }
  }

  /** What is wrong with the arguments of {@code bylaw}; null if nothing is that this knows of. */
  static @Nullable String mistake(CommandLine main, List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("cedar")) {
      return null;
    }
    CommandLine cedar = Objects.requireNonNull(main.getSubcommands().get("cedar"));
    try {
      var outer = new CedarUsage(cedar.getCommandSpec(), arguments.subList(1, arguments.size()));
      String name = outer.untilOperand();
      if (name == null || name.equals("bench")) {
        return null;
      }
      CommandLine chosen = cedar.getSubcommands().get(name);
      if (chosen == null) {
        return "error: unrecognized subcommand '"
            + name
            + "'"
            + tip("subcommand", name, cedar.getSubcommands().keySet())
            + more(cedar);
      }
      try {
        var inner = new CedarUsage(chosen.getCommandSpec(), List.copyOf(outer.rest));
        inner.all();
        outer.given.forEach(CedarUsage::check);
        return null;
      } catch (Wrong wrong) {
        return wrong.getMessage() + more(chosen);
      }
    } catch (Wrong wrong) {
      return wrong.getMessage() + more(cedar);
    } catch (Help wanted) {
      return null;
    }
  }

  private static String more(CommandLine command) {
    return "\n\nFor more information, try '"
        + command.getCommandSpec().qualifiedName()
        + " --help'.";
  }

  private static String tip(String what, String name, Set<String> known) {
    return DidYouMean.closest(name, known)
        .map(close -> "\n\n  tip: a similar " + what + " exists: '" + close + "'")
        .orElse("");
  }

  /** Reads options up to the first argument that is none; null if there is none. */
  private @Nullable String untilOperand() {
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      if (!isOption(word)) {
        return word;
      }
      option(word, false);
    }
    return null;
  }

  private void all() {
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      if (word.equals("--")) {
        rest.forEach(this::operand);
        break;
      }
      if (isOption(word)) {
        option(word, true);
      } else {
        operand(word);
      }
    }
    refuseExcluded();
    refuseMissing();
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  private void operand(String word) {
    if (++operands > command.positionalParameters().size()) {
      throw new Wrong("error: unexpected argument '" + word + "' found");
    }
  }

  private void option(String word, boolean checked) {
    if (word.startsWith("--")) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      OptionSpec option = command.optionsMap().get(name);
      if (option == null) {
        throw unexpected(name);
      }
      take(option, equals < 0 ? null : word.substring(equals + 1), checked);
      return;
    }
    for (int i = 1; i < word.length(); i++) {
      OptionSpec option = command.optionsMap().get("-" + word.charAt(i));
      if (option == null) {
        throw unexpected("-" + word.charAt(i));
      }
      if (takesValue(option)) {
        String value = i + 1 == word.length() ? null : word.substring(i + 1);
        take(option, value != null && value.startsWith("=") ? value.substring(1) : value, checked);
        return;
      }
      take(option, null, checked);
    }
  }

  private Wrong unexpected(String name) {
    boolean operand = !command.positionalParameters().isEmpty() && operands == 0;
    return new Wrong(
        "error: unexpected argument '"
            + name
            + "' found"
            + (operand
                ? "\n\n  tip: to pass '" + name + "' as a value, use '-- " + name + "'"
                : tip("argument", name, longNames())));
  }

  private Set<String> longNames() {
    return command.options().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  private void take(OptionSpec option, @Nullable String attached, boolean checked) {
    if (option.usageHelp() || option.versionHelp()) {
      throw new Help();
    }
    if (given.containsKey(option)) {
      throw new Wrong("error: the argument '" + shown(option) + "' cannot be used multiple times");
    }
    String value = attached;
    if (!takesValue(option)) {
      if (attached != null) {
        throw new Wrong(
            "error: unexpected value '"
                + attached
                + "' for '"
                + option.longestName()
                + "' found; no more were expected");
      }
      value = "";
    } else if (attached == null) {
      value = following(option);
    }
    given.put(option, value == null ? "" : value);
    if (checked) {
      check(option, value == null ? "" : value);
    }
  }

  private String following(OptionSpec option) {
    String next = rest.peekFirst();
    if (next == null || next.equals("--") || isKnown(next)) {
      throw nothing(option);
    }
    if (isOption(next)) {
      option(next, true);
    }
    return rest.removeFirst();
  }

  private boolean isKnown(String word) {
    String name =
        word.startsWith("--")
            ? word.replaceFirst("=.*", "")
            : word.substring(0, Math.min(2, word.length()));
    return isOption(word) && command.optionsMap().containsKey(name);
  }

  private static Wrong nothing(OptionSpec option) {
    return new Wrong(
        "error: a value is required for '"
            + shown(option)
            + "' but none was supplied"
            + possible(option));
  }

  /** The option with what it takes, as clap writes it. */
  private static String shown(OptionSpec option) {
    return takesValue(option)
        ? option.longestName() + " <" + option.paramLabel() + ">"
        : option.longestName();
  }

  private static List<String> values(OptionSpec option) {
    if (option.type() == boolean.class) {
      return takesValue(option) ? List.of("true", "false") : List.of();
    }
    Iterable<String> candidates = option.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false)
            .map(each -> each.toLowerCase(Locale.ROOT))
            .toList();
  }

  private static String possible(OptionSpec option) {
    List<String> values = values(option);
    return values.isEmpty() ? "" : "\n  [possible values: " + String.join(", ", values) + "]";
  }

  private static void check(OptionSpec option, String value) {
    if (!takesValue(option)) {
      return;
    }
    List<String> values = values(option);
    if (value.isEmpty() && (!values.isEmpty() || NEVER_EMPTY.contains(option.longestName()))) {
      throw nothing(option);
    }
    if (!values.isEmpty() && !values.contains(value)) {
      throw new Wrong(invalid(option, value) + possible(option));
    }
    String why =
        option.longestName().equals("--arguments")
            ? Links.mistake(value)
            : option.type() == int.class || option.type() == Integer.class
                ? noNumber(option, value)
                : "";
    if (!why.isEmpty()) {
      throw new Wrong(invalid(option, value) + ": " + why);
    }
  }

  private static String invalid(OptionSpec option, String value) {
    return "error: invalid value '" + value + "' for '" + shown(option) + "'";
  }

  private static String noNumber(OptionSpec option, String value) {
    boolean signed = !option.longestName().equals("--line-width");
    if (value.isEmpty()) {
      return "cannot parse integer from empty string";
    }
    if (!value.matches(signed ? "[+-]?[0-9]+" : "[+]?[0-9]+")) {
      return "invalid digit found in string";
    }
    BigInteger number = new BigInteger(value);
    if (option.longestName().equals("--level")) {
      boolean fits = number.signum() >= 0 && number.compareTo(MOST_LEVELS) <= 0;
      return number.bitLength() > 63
          ? tooFar(number)
          : fits ? "" : value + " is not in 0..=" + MOST_LEVELS;
    }
    return number.bitLength() > (signed ? 63 : 64) ? tooFar(number) : "";
  }

  private static String tooFar(BigInteger number) {
    return "number too " + (number.signum() < 0 ? "small" : "large") + " to fit in target type";
  }

  private void refuseExcluded() {
    for (OptionSpec option : given.keySet()) {
      List<OptionSpec> excluded =
          command.options().stream()
              .filter(each -> given.containsKey(each) && exclude(option, each))
              .toList();
      if (excluded.size() == 1) {
        throw new Wrong(
            "error: the argument '"
                + shown(option)
                + "' cannot be used with '"
                + shown(excluded.getFirst())
                + "'");
      }
      if (!excluded.isEmpty()) {
        throw new Wrong(
            "error: the argument '" + shown(option) + "' cannot be used with:" + lines(excluded));
      }
    }
  }

  private static boolean exclude(OptionSpec one, OptionSpec other) {
    return EXCLUDING.stream()
        .anyMatch(pair ->
            (pair.get(0).contains(one.longestName()) && pair.get(1).contains(other.longestName()))
                || (pair.get(1).contains(one.longestName())
                    && pair.get(0).contains(other.longestName())));
  }

  private void refuseMissing() {
    var missing =
        command.options().stream()
            .filter(each -> isRequired(each) && !given.containsKey(each))
            .map(each -> "\n  " + shown(each));
    var parameters =
        command.positionalParameters().stream()
            .skip(operands)
            .map(each -> "\n  <" + each.paramLabel() + ">");
    String all = Stream.concat(missing, parameters).collect(Collectors.joining());
    if (!all.isEmpty()) {
      throw new Wrong("error: the following required arguments were not provided:" + all);
    }
  }

  private boolean isRequired(OptionSpec option) {
    boolean schema = Set.of("validate", "tpe").contains(command.name());
    boolean writes = given.keySet().stream().anyMatch(each -> each.longestName().equals("--write"));
    return option.required()
        || (schema && option.longestName().equals("--schema"))
        || (writes && option.longestName().equals("--policies"));
  }

  private static String lines(List<OptionSpec> options) {
    return new ArrayList<>(options)
        .stream().map(each -> "\n  " + shown(each)).collect(Collectors.joining());
  }
}
