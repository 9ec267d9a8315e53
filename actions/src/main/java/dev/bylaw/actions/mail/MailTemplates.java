package dev.bylaw.actions.mail;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.playbook.template.Reference;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.playbook.template.TemplateReader;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.StringValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mail templates by name: {@code templates/refund_confirmation.txt} (or {@code .md}, sent as the
 * text it is) and {@code templates/refund_confirmation.html} make one mail in two forms.
 *
 * <p>A file may begin with front matter between two lines of {@code ---}: {@code subject}, {@code
 * to}, {@code cc}, {@code bcc}.
 *
 * @param byName each template
 */
public record MailTemplates(Map<String, MailTemplate> byName) {
  /** No template at all. */
  public static final MailTemplates NONE = new MailTemplates(Map.of());

  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?([A-Za-z0-9][A-Za-z0-9_-]*)\\.(txt|md|html)");

  private static final Pattern FRONT =
      Pattern.compile("---[ \\t]*\\r?\\n(.*?)(?<=\\n)---[ \\t]*(?:\\r?\\n|$)", Pattern.DOTALL);

  private static final Map<String, Kind> FRONT_KEYS =
      Map.of("subject", Kind.HEADER, "to", Kind.HEADER, "cc", Kind.HEADER, "bcc", Kind.HEADER);

  public MailTemplates {
    byName = Map.copyOf(byName);
  }

  /**
   * Reads the files of the folder. Templates that are wrong are told, and stay as they worked
   * before; half a mail is never sent.
   *
   * @param sources each with its path as its name
   * @param before what was read the last time
   */
  public static MailTemplates read(
      Collection<Source> sources, MailTemplates before, Diagnostics diagnostics) {
    Map<String, Map<String, Template>> byName = new TreeMap<>();
    Set<String> broken = new HashSet<>();
    for (Source source : sources) {
      Matcher file = FILE.matcher(source.name());
      if (file.matches()) {
        String name = file.group(1);
        var found = new Diagnostics();
        read(source, file, byName.computeIfAbsent(name, _ -> new TreeMap<>()), found);
        if (found.hasErrors()) {
          broken.add(name);
        }
        diagnostics.addAll(found.all());
      } else {
        diagnostics.error(
            "E0530",
            source.span(0, 0),
            "a mail template's file is called like `refund_confirmation.txt`, `.md` or `.html`");
      }
    }
    Map<String, MailTemplate> templates = new TreeMap<>();
    byName.forEach((name, parts) -> {
      MailTemplate template =
          broken.contains(name) ? before.byName.get(name) : new MailTemplate(parts);
      if (template != null) {
        templates.put(name, template);
      }
    });
    return new MailTemplates(templates);
  }

  private static void read(
      Source source, Matcher file, Map<String, Template> parts, Diagnostics found) {
    var reader = new TemplateReader((reference, span) -> see(reference, span, found), found);
    Matcher front = FRONT.matcher(source.text());
    int start = 0;
    if (front.lookingAt()) {
      start = front.end();
      front(source, front, reader, parts, found);
    }
    String part = file.group(2).equals("html") ? MailTemplate.HTML : "body";
    String text = source.text().substring(start);
    Span span = source.span(start, source.text().length());
    var node = new Node.Scalar(StringValue.of(text), span, false);
    if (parts.put(part, reader.read(node, Kind.TEXT)) != null) {
      found.error("E0531", source.span(0, 0), "there is another text of this template");
    }
  }

  /** Reads the front matter at its own lines, so that diagnostics tell them. */
  private static void front(
      Source source,
      Matcher front,
      TemplateReader reader,
      Map<String, Template> parts,
      Diagnostics diagnostics) {
    String before = source.text().substring(0, front.start(1)).replaceAll("[^\\r\\n]", " ");
    Source own = Source.of(source.name() + "#front.yaml", before + front.group(1));
    Optional<Node> root = Documents.read(own, diagnostics);
    if (root.isEmpty()) {
      return;
    }
    if (!(root.get() instanceof Node.Mapping mapping)) {
      diagnostics.error("E0532", root.get().span(), "expected keys like `subject:` here");
      return;
    }
    for (Node.Entry entry : mapping.entries()) {
      Kind kind = FRONT_KEYS.get(entry.key());
      if (kind == null) {
        diagnostics.error(
            "E0533",
            entry.keySpan(),
            "unknown key `" + entry.key() + "`",
            DidYouMean.hint(entry.key(), FRONT_KEYS.keySet()));
      } else if (parts.put(entry.key(), reader.read(entry.node(), kind)) != null) {
        diagnostics.error(
            "E0531", entry.keySpan(), "`" + entry.key() + "` stands in another file as well");
      }
    }
  }

  private static void see(Reference reference, Span span, Diagnostics diagnostics) {
    if (reference.root() != Reference.Root.NAME) {
      diagnostics.error(
          "E0534",
          span,
          "a mail template sees only the run's inputs, or the step's `data`",
          "give it to the step under `data`");
    }
  }

  /** The names of the templates. */
  public List<String> names() {
    return List.copyOf(new TreeMap<>(byName).keySet());
  }
}
