package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.language.PolicyText;
import dev.bylaw.policy.language.Reach;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads policies in other languages: files by name, texts in place, whole files as packs. */
final class ForeignReader {
  private final Reading reading;
  private final PolicyLanguage language;
  private final List<Source> read = new ArrayList<>();

  ForeignReader(Reading reading, PolicyLanguage language) {
    this.reading = reading;
    this.language = language;
  }

  /** The body of a rule: the names of files, or a text. */
  List<Draft> rule(Fields rule, Draft.Head head) {
    String key = language.name();
    Optional<Node> node = rule.node(key);
    List<String> texts = rule.texts(key);
    if (node.isEmpty() || texts.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Scalar scalar && !isFile(texts.getFirst())) {
      return drafts(new PolicyText(List.of(inPlace(scalar)), _ -> Optional.empty(), data()), head);
    }
    List<Source> sources = new ArrayList<>();
    for (String name : texts) {
      Optional<Source> source =
          name.indexOf('\0') < 0 ? reading.files().apply(name) : Optional.empty();
      if (source.isEmpty()) {
        reading.error(
            "E0210",
            node.get().span(),
            "there is no file `" + Reading.shorten(name) + "`",
            "its name counts from the folder of packs");
      }
      source.ifPresent(sources::add);
    }
    return sources.size() < texts.size()
        ? List.of()
        : drafts(new PolicyText(sources, sibling(texts.getFirst()), data()), head);
  }

  /** A whole file. */
  Optional<RuleBody.Foreign> file(Source source) {
    String name = source.name();
    String beside = name.startsWith("packs/") ? name.substring("packs/".length()) : name;
    return compile(new PolicyText(List.of(source), sibling(beside), data()));
  }

  /** What a policy is about by itself, where the rule does not say it. */
  static Pattern pattern(CompiledPolicy policy) {
    Reach reach = policy.reach();
    if (!reach.asked().isEmpty()) {
      return Pattern.on(reach.asked());
    }
    return Pattern.NONE;
  }

  private List<Draft> drafts(PolicyText text, Draft.Head head) {
    return compile(text).stream()
        .map(body -> {
          @Nullable Pattern own = head.pattern().isOpen() ? pattern(body.policy()) : null;
          return new Draft("", body, own, "");
        })
        .toList();
  }

  private Optional<RuleBody.Foreign> compile(PolicyText text) {
    read.addAll(text.sources());
    try {
      return language
          .compile(text, reading.diagnostics())
          .map(policy -> new RuleBody.Foreign(language.name(), policy, digest()));
    } catch (RuntimeException | StackOverflowError e) {
      // One policy that breaks its compiler must not keep the others from loading.
      reading.error(
          "E0223",
          text.sources().getFirst().span(0, 0),
          "the policy cannot be compiled: " + Reading.shorten(String.valueOf(e)));
      return Optional.empty();
    }
  }

  private String digest() {
    return Digests.of(
        ArrayValue.of(read.stream().<Value>map(source -> StringValue.of(source.text())).toList()));
  }

  private dev.bylaw.value.ObjectValue data() {
    return reading.data();
  }

  private Function<String, Optional<Source>> sibling(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return ending -> {
      Optional<Source> found = reading.files().apply(stem + ending);
      found.ifPresent(read::add);
      return found;
    };
  }

  /** Names have no spaces, or end as the language's files do; everything else is a policy. */
  private boolean isFile(String text) {
    boolean oneLine = text.indexOf('\n') < 0;
    return text.matches("[\\w./-]+") || (oneLine && language.isPolicy(text));
  }

  /**
   * A text as it stands in its file, with nothing but blanks in front: places in it are places in
   * the file.
   */
  private static Source inPlace(Node.Scalar scalar) {
    Source file = scalar.span().source();
    String raw = scalar.span().text();
    int start = scalar.span().start();
    int line = raw.indexOf('\n');
    if (raw.startsWith("|") && line > 0 && saysTheSame(raw.substring(line + 1), scalar.text())) {
      return Source.of(file.name(), blank(file.text(), start + line + 1) + raw.substring(line + 1));
    }
    if (scalar.within(0, scalar.text().length()).text().equals(scalar.text())) {
      int at = scalar.within(0, scalar.text().length()).start();
      return Source.of(file.name(), blank(file.text(), at) + scalar.text());
    }
    // Escapes and folded lines: the line where it begins is as near as it gets.
    return Source.of(file.name(), blank(file.text(), start) + scalar.text());
  }

  private static boolean saysTheSame(String written, String text) {
    List<String> there = written.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList().equals(there);
  }

  private static String blank(String text, int end) {
    StringBuilder out = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      out.append(c == '\n' || c == '\r' ? c : ' ');
    }
    return out.toString();
  }
}
