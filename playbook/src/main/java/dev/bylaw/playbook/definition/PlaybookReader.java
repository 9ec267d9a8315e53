package dev.bylaw.playbook.definition;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.playbook.template.TemplateReader;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one file. Made for one file. */
final class PlaybookReader {
  private static final String EMPTY = "E0301";
  private static final String BAD_NAME = "E0303";

  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern NAMED = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_-]*)");

  private final Source source;
  private final Vocabulary vocabulary;
  private final Diagnostics all;

  /** Of this file alone, so that one broken playbook does not take others with it. */
  private final Diagnostics diagnostics = new Diagnostics();

  private final Names names;

  PlaybookReader(Source source, Vocabulary vocabulary, Diagnostics all) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.all = all;
    this.names = new Names(vocabulary, diagnostics);
  }

  Playbooks.Read read() {
    Span start = source.span(0, 0);
    Optional<Node> root = Documents.read(source, diagnostics);
    if (root.isEmpty()) {
      if (!diagnostics.hasErrors()) {
        diagnostics.error(EMPTY, start, "expected a playbook, found an empty document");
      }
      tell();
      return new Playbooks.Read("", start, Optional.empty(), List.of());
    }
    Fields file = Fields.of(root.get(), "the file", diagnostics);
    Optional<Node> body = file.requiredNode("playbook");
    file.refuseUnknown();
    Playbooks.Read read =
        body.map(this::playbook).orElse(new Playbooks.Read("", start, Optional.empty(), List.of()));
    tell();
    return read;
  }

  private void tell() {
    all.addAll(diagnostics.all());
  }

  private Playbooks.Read playbook(Node body) {
    Fields fields = Fields.of(body, "a playbook", diagnostics);
    String name = fields.requiredText("name");
    Span nameSpan = fields.node("name").map(Node::span).orElse(fields.span());
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      diagnostics.error(
          BAD_NAME,
          nameSpan,
          "expected a name of letters, digits, `_`, `-` and `.`, found `" + name + "`");
    }
    String version = fields.requiredText("version");
    String description = fields.text("description").orElse("");
    Optional<InputsReader.Declared> declared =
        fields.node("inputs").map(node -> new InputsReader(vocabulary, diagnostics).read(node));
    declared.ifPresent(inputs -> names.declare(inputs.inputs().names()));

    var steps =
        new StepReader(vocabulary, names, conditionNames(declared.isPresent()), diagnostics);
    List<Step> list = steps.readAll(fields.requiredNode("steps"));
    Template.Members output = output(fields.node("output"), steps.templates());
    fields.refuseUnknown();

    Set<String> used = new LinkedHashSet<>(names.used().keySet());
    used.addAll(steps.namesInConditions());
    if (diagnostics.hasErrors() || !steps.calls().isEmpty()) {
      return new Playbooks.Read(name, nameSpan, Optional.empty(), steps.calls());
    }
    Inputs inputs = declared.map(InputsReader.Declared::inputs).orElseGet(() -> implied(used));
    var playbook =
        new Playbook(
            name, version, description, inputs, list, output, used, source, digest(source));
    return new Playbooks.Read(name, nameSpan, Optional.of(playbook), steps.calls());
  }

  private Template.Members output(Optional<Node> node, TemplateReader templates) {
    if (node.isEmpty()) {
      return Template.Members.NONE;
    }
    names.enterStep(Set.of());
    Fields fields = Fields.of(node.get(), "the output", diagnostics);
    Template.Members members = templates.members(fields.mapping(), _ -> ActionSpec.Kind.ANY);
    StepReader.refuseSecrets(names.secretsHere(), node.get().span(), diagnostics);
    return members;
  }

  /** What conditions may name. Where inputs are not declared, what templates name is one. */
  private Set<String> conditionNames(boolean declared) {
    Set<String> known = new TreeSet<>(names.forConditions());
    if (!declared) {
      Matcher named = NAMED.matcher(source.text());
      while (named.find()) {
        known.add(named.group(1));
      }
    }
    known.removeAll(CelCondition.RESERVED);
    return known;
  }

  private Inputs implied(Set<String> used) {
    List<Inputs.Input> inputs = new ArrayList<>();
    for (String name : used) {
      if (!vocabulary.vars().contains(name)) {
        inputs.add(new Inputs.Input(name, "", ObjectValue.EMPTY, true, Optional.empty()));
      }
    }
    return new Inputs(inputs, Optional.empty(), false);
  }

  private static String digest(Source source) {
    try {
      byte[] bytes = source.text().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
