package dev.bylaw.runtime.content;

import dev.bylaw.content.ContentJudge;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Recognizer;
import dev.bylaw.content.Topic;
import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the folder {@code content/}: recognizers and topics of a user's own, and texts that are
 * never reported.
 *
 * <pre>{@code
 * recognizers:
 *   - type: employee_id
 *     patterns: ['EMP-[0-9]{6}']
 *     score: 0.6                    # of a match anywhere; 0.5 and more is reported
 *     words: [employee, staff]      # near by, or in the name of the field
 *     score_with_words: 0.95
 *     examples: [EMP-123456]        # each must be found, next to the first word
 *     counter_examples: [EMP-12]    # and none of these
 * topics:
 *   - name: trade_secrets
 *     about: how a product is made
 *     examples: [...]               # about a dozen sentences that are about it
 *     counter_examples: [...]       # sentences that only sound like it
 *     words: [formula, blueprint]
 * allow: [support@acme.example]
 * judge: ...                      # see JudgeReader
 * }</pre>
 */
public final class ContentLibraryReader {
  private static final String BAD_NAME = "E0711";
  private static final String BAD_EXPRESSION = "E0712";
  private static final String BAD_EXAMPLE = "E0713";
  private static final String BAD_SCORE = "E0714";
  private static final int FEWEST_EXAMPLES = 3;
  private static final int MOST_EXAMPLES = 200;
  private static final String NAME = "[a-z][a-z0-9_]{0,63}";

  private final Diagnostics diagnostics;
  private final List<Recognizer> recognizers = new ArrayList<>();
  private final List<Topic> topics = new ArrayList<>();
  private final List<String> allowed = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private Optional<ContentJudge> judge = Optional.empty();

  private ContentLibraryReader(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * Reads the files of the folder.
   *
   * @return the standard library where there are none or one of them is wrong, which is told
   */
  public static ContentLibrary read(List<Source> sources, Diagnostics diagnostics) {
    var reader = new ContentLibraryReader(new Diagnostics());
    for (Source source : sources) {
      Documents.read(source, reader.diagnostics).ifPresent(reader::file);
    }
    diagnostics.addAll(reader.diagnostics.all());
    boolean empty =
        reader.recognizers.isEmpty()
            && reader.topics.isEmpty()
            && reader.allowed.isEmpty()
            && reader.judge.isEmpty();
    return empty || reader.diagnostics.hasErrors() ? ContentLibrary.standard() : reader.library();
  }

  private ContentLibrary library() {
    Inspector inspector = Inspector.standard();
    for (Recognizer recognizer : recognizers) {
      inspector = inspector.with(recognizer);
    }
    return ContentLibrary.of(
        inspector.allowing(allowed).withInstalledModels(), topics, judge.orElse(ContentJudge.NONE));
  }

  private void file(Node root) {
    Fields fields = Fields.of(root, "a file of `content/`", diagnostics);
    for (Node node : fields.list("recognizers")) {
      recognizer(Fields.of(node, "a recognizer", diagnostics));
    }
    for (Node node : fields.list("topics")) {
      topic(Fields.of(node, "a topic", diagnostics));
    }
    allowed.addAll(fields.texts("allow"));
    fields.fields("judge", "`judge`").ifPresent(given -> judge(fields, given));
    fields.refuseUnknown();
  }

  private void judge(Fields file, Fields given) {
    if (judge.isPresent()) {
      diagnostics.error(
          BAD_NAME, file.keySpan("judge"), "there is a `judge` already, and one identity has one");
      return;
    }
    judge = JudgeReader.read(given);
  }

  private Optional<String> name(Fields fields, String key) {
    String name = fields.requiredText(key);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Span span = fields.node(key).orElseThrow().span();
    if (!name.matches(NAME)) {
      diagnostics.error(
          BAD_NAME,
          span,
          "`" + name + "` is not a name",
          "names are small letters, digits and `_`, as in `employee_id`");
      return Optional.empty();
    }
    if (!names.add(key + ' ' + name)) {
      diagnostics.error(BAD_NAME, span, "`" + name + "` stands here already");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private void recognizer(Fields fields) {
    Optional<String> name = name(fields, "type");
    fields.requiredNode("patterns");
    List<Node> patterns = patterns(fields);
    double alone = score(fields, "score", .6);
    double named = score(fields, "score_with_words", Math.max(alone, .9));
    List<String> words = fields.texts("words");
    List<Node> examples = fields.list("examples");
    List<Node> counterExamples = fields.list("counter_examples");
    fields.refuseUnknown();
    if (name.isEmpty() || patterns.isEmpty()) {
      return;
    }
    EntityType type = EntityType.named(name.get()).orElseGet(() -> EntityType.custom(name.get()));
    List<String> expressions = new ArrayList<>();
    for (Node pattern : patterns) {
      String expression = ((Node.Scalar) pattern).text();
      try {
        Recognizer.of(type, List.of(expression), alone, named, List.of());
        expressions.add(expression);
      } catch (IllegalArgumentException e) {
        diagnostics.error(
            BAD_EXPRESSION,
            pattern.span(),
            String.valueOf(e.getMessage()),
            "expressions are those of RE2: no look-around, no back-references");
      }
    }
    if (expressions.size() < patterns.size()) {
      return;
    }
    Recognizer recognizer;
    try {
      recognizer = Recognizer.of(type, expressions, alone, named, words);
    } catch (IllegalArgumentException e) {
      diagnostics.error(
          BAD_NAME, fields.node("words").orElseThrow().span(), String.valueOf(e.getMessage()));
      return;
    }
    Inspector tried = Inspector.standard().with(recognizer);
    String before = words.isEmpty() ? "" : words.getFirst() + ": ";
    for (Node example : examples) {
      tried(tried, type, before, example, true);
    }
    for (Node example : counterExamples) {
      tried(tried, type, "", example, false);
    }
    recognizers.add(recognizer);
  }

  private static List<Node> patterns(Fields fields) {
    List<Node> patterns = new ArrayList<>();
    for (Node node : fields.list("patterns")) {
      if (node instanceof Node.Scalar scalar && !scalar.text().isEmpty()) {
        patterns.add(node);
      } else {
        fields.wrongKind(node, "patterns", "a regular expression");
      }
    }
    return patterns;
  }

  private double score(Fields fields, String key, double otherwise) {
    return fields
        .number(key)
        .map(number -> {
          double score = number.decimal().doubleValue();
          if (score < 0 || score > 1) {
            diagnostics.error(
                BAD_SCORE,
                fields.node(key).orElseThrow().span(),
                "a score lies from 0 to 1, and from 0.5 on a match is reported");
          }
          return Math.clamp(score, 0, 1);
        })
        .orElse(otherwise);
  }

  private void tried(
      Inspector inspector, EntityType type, String before, Node example, boolean expected) {
    if (!(example instanceof Node.Scalar scalar)) {
      diagnostics.error(BAD_EXAMPLE, example.span(), "expected a text, found " + example.kind());
      return;
    }
    List<Finding> found = inspector.inspect(before + scalar.text(), Set.of(type)).all();
    if (found.isEmpty() == expected) {
      diagnostics.error(
          BAD_EXAMPLE,
          example.span(),
          expected
              ? "this example is not found by the patterns, or its score is below 0.5"
              : "this counter-example is found: " + found.getFirst().explanation());
    }
  }

  private void topic(Fields fields) {
    Optional<String> name = name(fields, "name");
    String about = fields.text("about").orElse("");
    boolean advice = fields.truth("advice", false);
    List<String> examples = fields.texts("examples");
    List<String> counterExamples = fields.texts("counter_examples");
    List<String> words = fields.texts("words");
    Optional<Node> given = fields.requiredNode("examples");
    fields.refuseUnknown();
    if (name.isEmpty() || given.isEmpty()) {
      return;
    }
    if (examples.size() < FEWEST_EXAMPLES
        || examples.size() + counterExamples.size() > MOST_EXAMPLES) {
      diagnostics.error(
          BAD_EXAMPLE,
          given.get().span(),
          "a topic needs "
              + FEWEST_EXAMPLES
              + " to "
              + MOST_EXAMPLES
              + " examples, found "
              + examples.size(),
          "a dozen sentences about it, and a few that only sound like it, do well");
      return;
    }
    topics.add(new Topic(name.get(), about, advice, examples, counterExamples, words));
  }
}
