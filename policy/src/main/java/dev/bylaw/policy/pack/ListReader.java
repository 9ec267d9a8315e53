package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.FileKind;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleBody.Listed.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads allow and deny lists, {@code allow: {hosts: approved_vendors}}, {@code deny: {field:
 * params.country, values: [kp]}}, and rules on attachments.
 */
final class ListReader {
  private ListReader() {}

  /** What can be looked up, by its key. */
  private enum Kind {
    ACTIONS("actions", Subject.ACTION, Reading.ListUse.VALUES),
    HOSTS("hosts", Subject.HOST, Reading.ListUse.HOSTS),
    RECIPIENTS("recipients", Subject.RECIPIENT, Reading.ListUse.RECIPIENTS),
    VALUES("values", Subject.FIELD, Reading.ListUse.VALUES);

    private final String key;
    private final Subject subject;
    private final Reading.ListUse use;

    Kind(String key, Subject subject, Reading.ListUse use) {
      this.key = key;
      this.subject = subject;
      this.use = use;
    }
  }

  static List<Draft> list(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a list");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    List<FieldPath> paths = reading.paths(fields, "field");
    List<Draft> drafts = new ArrayList<>();
    int found = 0;
    for (Kind kind : Kind.values()) {
      Optional<Node> node = fields.node(kind.key);
      if (node.isEmpty()) {
        continue;
      }
      found++;
      Optional<ListRef> list = reading.list(node.get(), kind.key, kind.use);
      if (kind == Kind.VALUES && paths.isEmpty()) {
        reading.error(
            Reading.CONTRADICTION,
            fields.keySpan("values"),
            "`values` of what?",
            "add `field: params.country`");
      } else if (list.isPresent()) {
        drafts.add(
            Draft.of(
                new RuleBody.Listed(
                    key.equals("allow"),
                    kind.subject,
                    kind.subject == Subject.ACTION ? List.of() : paths,
                    list.get(),
                    key)));
      }
    }
    fields.refuseUnknown();
    if (found != 1) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan(key),
          "a list is of one of `actions`, `hosts`, `recipients` and `values`, found "
              + (found == 0 ? "none" : "several"),
          found == 0 ? "write `hosts: approved_vendors`" : "make each a rule of its own");
      return List.of();
    }
    return drafts;
  }

  static List<Draft> attachments(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a rule on attachments");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    Set<FileKind> kinds = new HashSet<>();
    Set<String> endings = new HashSet<>();
    for (String word : fields.texts("forbid")) {
      Optional<FileKind> kind = Reading.constant(FileKind.class, word);
      if (kind.isPresent()) {
        kinds.add(kind.get());
      } else if (word.startsWith(".")) {
        endings.add(word.substring(1).toLowerCase(Locale.ROOT));
      } else {
        reading.unknown(
            "kind of file",
            word,
            fields.node("forbid").orElseThrow().span(),
            Reading.words(FileKind.class));
      }
    }
    Set<String> allowed = new HashSet<>();
    for (String word : fields.texts("allow")) {
      allowed.add((word.startsWith(".") ? word.substring(1) : word).toLowerCase(Locale.ROOT));
    }
    List<FieldPath> field = reading.paths(fields, "field");
    RuleBody.Attachments body =
        new RuleBody.Attachments(
            field.isEmpty() ? FieldPath.param("attachments") : field.getFirst(),
            reading.size(fields, "max_size"),
            reading.size(fields, "max_total"),
            fields.integer("max_count", 0, 1_000_000, -1),
            kinds,
            endings,
            allowed);
    fields.refuseUnknown();
    if (fields.mapping().entries().isEmpty()) {
      reading.error(
          "E0201",
          rule.keySpan(key),
          "the rule demands nothing of attachments",
          "add `max_size: 10MB` or `forbid: [executable]`");
    }
    return List.of(Draft.of(body));
  }
}
