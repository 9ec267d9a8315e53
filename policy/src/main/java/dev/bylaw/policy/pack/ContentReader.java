package dev.bylaw.policy.pack;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.TermList;
import dev.bylaw.policy.rule.TextClassifier;
import dev.bylaw.syntax.DidYouMean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads rules about what texts contain: personal data, secrets, signatures, disclaimers, terms,
 * format, tone, topics, language, injected prompts.
 */
final class ContentReader {
  private static final String ALL = "all";
  private static final int LONGEST_TEXT = 20_000;

  private ContentReader() {}

  /** {@code pii: {forbid: [ssn], redact: [email], outside: approved_vendors}}. */
  static List<Draft> contents(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a rule on contents");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    boolean secrets = key.equals("secrets");
    Set<EntityType> forbid = types(reading, fields, "forbid", secrets);
    Set<EntityType> redact = types(reading, fields, "redact", secrets);
    boolean everything = fields.texts("forbid").contains(ALL);
    boolean keepLastFour = fields.truth("keep_last_four", false);
    List<FieldPath> paths = reading.paths(fields, "fields");
    Optional<RuleBody.Destination> destination = destination(reading, fields);
    fields.refuseUnknown();
    if (!fields.has("forbid") && !fields.has("redact")) {
      reading.error(
          "E0201",
          rule.keySpan(key),
          "the rule does not say what it forbids or redacts",
          secrets ? "add `forbid: all`" : "add `forbid: [ssn, credit_card]` or `redact: all`");
      return List.of();
    }
    return List.of(
        Draft.of(
            new RuleBody.Contents(
                secrets, forbid, everything, redact, keepLastFour, paths, destination)));
  }

  private static Set<EntityType> types(
      Reading reading, Fields fields, String key, boolean secrets) {
    Inspector inspector = reading.environment().inspector();
    Set<EntityType> kinds = secrets ? EntityType.secrets() : inspector.personal();
    Set<EntityType> types = new LinkedHashSet<>();
    for (String name : fields.texts(key)) {
      Optional<EntityType> type = inspector.type(name);
      if (name.equals(ALL)) {
        types.addAll(kinds);
      } else if (type.isPresent()) {
        types.add(type.get());
      } else {
        Set<String> known = new TreeSet<>(Set.of(ALL));
        kinds.forEach(each -> known.add(each.name()));
        reading.error(
            "E0208",
            fields.node(key).orElseThrow().span(),
            "unknown type of "
                + (secrets ? "secret" : "personal data")
                + " `"
                + Reading.shorten(name)
                + "`",
            DidYouMean.closest(name, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("known are " + String.join(", ", known)));
      }
    }
    return types;
  }

  private static Optional<RuleBody.Destination> destination(Reading reading, Fields fields) {
    Optional<Node> inside = fields.node("to");
    Optional<Node> outside = fields.node("outside");
    if (inside.isPresent() && outside.isPresent()) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("outside"),
          "a rule is about destinations on a list (`to`) or off it (`outside`), not both");
    }
    String key = inside.isPresent() ? "to" : "outside";
    Optional<ListRef> list =
        inside.or(() -> outside).flatMap(node -> reading.list(node, key, Reading.ListUse.HOSTS));
    return list.map(known -> new RuleBody.Destination(inside.isPresent(), known));
  }

  /** {@code signature: "The Acme team"}, or with {@code text} and {@code fields}. */
  static List<Draft> appended(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Node> node = rule.node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    String text;
    List<FieldPath> paths = List.of();
    if (node.get() instanceof Node.Mapping) {
      Fields fields = Fields.of(node.get(), "a " + key, reading.diagnostics());
      text = fields.requiredText("text");
      paths = params(reading, fields);
      fields.refuseUnknown();
    } else {
      text = rule.requiredText(key);
    }
    if (text.length() > LONGEST_TEXT) {
      reading.error(
          Reading.BAD_AMOUNT,
          node.get().span(),
          "a " + key + " of more than " + LONGEST_TEXT + " characters");
      return List.of();
    }
    boolean disclaimer = key.equals("disclaimer");
    return text.isBlank()
        ? List.of()
        : List.of(
            Draft.of(
                new RuleBody.Appended(disclaimer, text, paths), disclaimer ? "" : "signature"));
  }

  /** {@code terms: {prefer: {cheap: affordable}, forbid: [guarantee]}}. */
  static List<Draft> terms(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a rule on terms");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    Map<String, String> prefer = new LinkedHashMap<>();
    for (Node.Entry entry : fields.entries("prefer")) {
      if (entry.node() instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
        prefer.put(entry.key(), scalar.text());
      } else {
        fields.wrongKind(entry.node(), entry.key(), "the term to use instead");
      }
      findable(reading, entry.key(), entry.keySpan());
    }
    List<String> forbid = new ArrayList<>(fields.texts("forbid"));
    for (String term : forbid) {
      findable(reading, term, fields.node("forbid").orElseThrow().span());
    }
    TermList left = TermList.of(prefer.keySet());
    prefer.forEach((term, instead) ->
        left.firstIn(instead)
            .ifPresent(found ->
                reading.error(
                    Reading.CONTRADICTION,
                    fields.keySpan("prefer"),
                    "`"
                        + term
                        + "` is replaced by `"
                        + instead
                        + "`, which has `"
                        + found
                        + "` in it, which is replaced too")));
    List<FieldPath> paths = params(reading, fields);
    fields.refuseUnknown();
    if (prefer.isEmpty() && forbid.isEmpty()) {
      reading.error(
          "E0201", rule.keySpan(key), "the rule names no terms", "add `forbid: [guarantee]`");
      return List.of();
    }
    return List.of(Draft.of(new RuleBody.Terms(left, TermList.of(forbid), prefer, paths)));
  }

  private static void findable(Reading reading, String term, dev.bylaw.syntax.Span span) {
    if (!TermList.isFindable(term)) {
      reading.error(
          Reading.BAD_NAME, span, "`" + Reading.shorten(term) + "` has no letter and no digit");
    }
  }

  /** {@code format: {templates: [welcome], max_length: 2000, before: "Hello,", after: "Bye"}}. */
  static List<Draft> format(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a format");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    RuleBody.Format body =
        new RuleBody.Format(
            new HashSet<>(fields.texts("templates")),
            fields.integer("max_length", 1, 10_000_000, -1),
            fields.text("before").orElse(""),
            fields.text("after").orElse(""),
            params(reading, fields));
    fields.refuseUnknown();
    if (fields.mapping().entries().isEmpty()) {
      reading.error(
          "E0201", rule.keySpan(key), "the format demands nothing", "add `max_length: 2000`");
    }
    return List.of(Draft.of(body));
  }

  /** {@code tone: [professional, friendly]}, {@code topics: [legal_advice]}. */
  static List<Draft> judged(Reading reading, Fields rule, String key, Draft.Head head) {
    TextClassifier.Question question =
        Reading.constant(TextClassifier.Question.class, key).orElseThrow();
    Optional<Node> node = rule.node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    boolean injection = question == TextClassifier.Question.PROMPT_INJECTION;
    Set<String> labels = new TreeSet<>();
    List<FieldPath> paths = List.of();
    boolean given = true;
    if (node.get() instanceof Node.Mapping) {
      Fields fields = Fields.of(node.get(), "a rule on " + key, reading.diagnostics());
      String list = question == TextClassifier.Question.TOPICS ? "forbid" : "allow";
      labels.addAll(injection ? List.of() : fields.texts(list));
      paths = reading.paths(fields, "fields");
      fields.refuseUnknown();
    } else if (injection) {
      given = rule.truth(key, false);
    } else {
      labels.addAll(rule.texts(key));
    }
    if (labels.isEmpty() && !injection || !given) {
      reading.error(
          "E0201",
          rule.keySpan(key),
          "the rule demands nothing of " + key,
          injection
              ? "write `prompt_injection: true`"
              : "name them, as in `" + example(question) + "`");
      return List.of();
    }
    known(reading, node.get(), question, labels);
    boolean topics = question == TextClassifier.Question.TOPICS;
    return List.of(
        Draft.of(new RuleBody.Judged(question, labels, paths), topics || injection ? "" : key));
  }

  /** Points out what no classifier here can tell. */
  private static void known(
      Reading reading, Node node, TextClassifier.Question question, Set<String> labels) {
    Set<String> known = new TreeSet<>(reading.environment().classifier().labels(question));
    for (String label : labels) {
      if (!known.isEmpty() && !known.contains(label)) {
        reading.error(
            "E0208",
            node.span(),
            "unknown "
                + (question == TextClassifier.Question.TOPICS ? "topic" : question.key())
                + " `"
                + Reading.shorten(label)
                + "`",
            DidYouMean.closest(label, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("known are " + String.join(", ", known)));
      }
    }
  }

  private static String example(TextClassifier.Question question) {
    return switch (question) {
      case TONE -> "tone: [professional, friendly]";
      case TOPICS -> "topics: [legal_advice, medical_advice]";
      case LANGUAGE -> "language: [en, de]";
      case PROMPT_INJECTION -> "prompt_injection: true";
    };
  }

  /** Fields that can be changed: parameters. */
  private static List<FieldPath> params(Reading reading, Fields fields) {
    List<FieldPath> paths = new ArrayList<>(reading.paths(fields, "fields"));
    for (FieldPath path : paths) {
      if (path.root() != FieldPath.Root.PARAMS) {
        reading.error(
            Reading.CONTRADICTION,
            fields.node("fields").orElseThrow().span(),
            "`" + path + "` is no parameter, so it cannot be changed");
      }
    }
    return paths;
  }
}
