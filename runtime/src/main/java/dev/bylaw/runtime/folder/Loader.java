package dev.bylaw.runtime.folder;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.mail.MailTemplates;
import dev.bylaw.actions.schema.Schemas;
import dev.bylaw.content.Inspector;
import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Playbooks;
import dev.bylaw.playbook.definition.Vocabulary;
import dev.bylaw.policy.effective.PolicyLoader;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.registry.Capability;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.registry.RegistryReader;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.runtime.content.ContentLibrary;
import dev.bylaw.runtime.content.ContentLibraryReader;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.runtime.settings.SettingsReader;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the folder of an identity: {@code bylaw.yaml} first, then packs, data, schemas, templates
 * and playbooks. What is broken never takes the place of what worked at the load before.
 */
public final class Loader {
  private static final Set<String> MAILS = Set.of(".txt", ".md", ".html");
  private static final Set<String> DOCUMENTS = Set.of(".yaml", ".yml", ".json");

  private final Path dir;
  private final RuleEnvironment environment;

  private Optional<Loaded> before = Optional.empty();
  // Read by actions and logs while another thread loads.
  private volatile ContentLibrary content;
  private volatile Schemas schemas = Schemas.NONE;
  private volatile MailTemplates templates = MailTemplates.NONE;

  /** A loader of a folder. */
  public Loader(Path dir) {
    this.dir = dir;
    this.environment = RuleEnvironment.standard();
    this.content = ContentLibrary.standard();
  }

  /** Finds personal data, for rules and actions alike; of the load before. */
  public Inspector inspector() {
    return content.inspector();
  }

  /**
   * The library of contents of a folder alone.
   *
   * @throws DiagnosticsException if a file of it is wrong
   */
  public static ContentLibrary content(Path dir) {
    var diagnostics = new Diagnostics();
    var files = new FolderFiles(dir, diagnostics);
    ContentLibrary library =
        ContentLibraryReader.read(files.below("content", DOCUMENTS), diagnostics);
    if (diagnostics.hasErrors()) {
      throw new DiagnosticsException(diagnostics.inOrder());
    }
    return library;
  }

  /** The schemas of the load before. */
  public Schemas schemas() {
    return schemas;
  }

  /** The templates of mails of the load before. */
  public MailTemplates templates() {
    return templates;
  }

  /** The names that templates may use beside inputs. */
  public Set<String> varNames(Settings settings) {
    return names(settings.vars());
  }

  /** Whether {@code bylaw.yaml} asks for the sandbox; false where it cannot be read. */
  public boolean wantsSandbox() {
    var diagnostics = new Diagnostics();
    return root(new FolderFiles(dir, diagnostics), diagnostics)
        .filter(Node.Mapping.class::isInstance)
        .map(root -> Fields.of(root, "`bylaw.yaml`", diagnostics).truth("sandbox", false))
        .orElse(false);
  }

  /**
   * Reads everything.
   *
   * @param sandbox where the sandbox listens, by name
   */
  public synchronized Loaded load(Map<String, String> sandbox) {
    var diagnostics = new Diagnostics();
    var files = new FolderFiles(dir, diagnostics);
    Optional<Node> root = root(files, diagnostics);
    if (root.isEmpty()) {
      if (!diagnostics.hasErrors()) {
        diagnostics.error(
            "E0705",
            Source.of("bylaw.yaml", "").span(),
            "`bylaw.yaml` is empty",
            "`bylaw init DIR` writes one to begin with");
      }
      return keep(diagnostics);
    }
    Fields fields = Fields.of(root.get(), "`bylaw.yaml`", diagnostics);
    var reader = new SettingsReader(fields, dir);
    Registry registry =
        RegistryReader.read(fields, reader).withCapabilities(declaredCapabilities());
    Settings settings = reader.settings().inSandbox(sandbox);
    fields.refuseUnknown();
    if (diagnostics.hasErrors()) {
      return keep(diagnostics);
    }
    content(files, diagnostics);
    PolicySet set = policies(files, registry, settings, diagnostics);
    schemas = Schemas.read(files.below("schemas", DOCUMENTS), schemas, diagnostics);
    templates = MailTemplates.read(files.below("templates", MAILS), templates, diagnostics);
    Map<String, Playbook> playbooks = playbooks(files, settings, set, diagnostics);
    var loaded = new Loaded(Optional.of(set), settings, playbooks, diagnostics.inOrder());
    before = Optional.of(loaded);
    return loaded;
  }

  /** What worked before stays; without it nothing can be used. */
  private Loaded keep(Diagnostics diagnostics) {
    return before
        .map(it -> new Loaded(it.policySet(), it.settings(), it.playbooks(), diagnostics.inOrder()))
        .orElseGet(
            () -> new Loaded(Optional.empty(), Settings.EMPTY, Map.of(), diagnostics.inOrder()));
  }

  private static Optional<Node> root(FolderFiles files, Diagnostics diagnostics) {
    return files.file("bylaw.yaml").flatMap(file -> Documents.read(file, diagnostics));
  }

  /** What is broken changes nothing: the library of the load before goes on. */
  private void content(FolderFiles files, Diagnostics diagnostics) {
    var own = new Diagnostics();
    ContentLibrary read = ContentLibraryReader.read(files.below("content", DOCUMENTS), own);
    diagnostics.addAll(own.all());
    if (!own.hasErrors()) {
      content = read;
    }
  }

  private PolicySet policies(
      FolderFiles files, Registry registry, Settings settings, Diagnostics diagnostics) {
    RuleEnvironment looking = environment.with(content.inspector()).with(content.classifier());
    RuleEnvironment languages = PolicyLanguages.in(looking, settings);
    Set<String> endings = new java.util.TreeSet<>(DOCUMENTS);
    languages.languages().forEach(language -> endings.addAll(language.endings()));
    List<Source> packs = files.below("packs", endings);
    return new PolicyLoader(languages)
        .load(
            registry,
            packs,
            name -> files.file("packs/" + name),
            data(files, diagnostics),
            before.flatMap(Loaded::policySet),
            diagnostics);
  }

  /**
   * The named data of the folder {@code data/}: a file each, its name without the ending. What is
   * broken stays as it was at the load before.
   */
  private ObjectValue data(FolderFiles files, Diagnostics diagnostics) {
    ObjectValue old =
        before.flatMap(Loaded::policySet).map(set -> set.data().all()).orElse(ObjectValue.EMPTY);
    Map<String, Source> sources = new LinkedHashMap<>();
    ObjectValue.Builder data = ObjectValue.builder();
    for (Source source : files.below("data", DOCUMENTS)) {
      String file = source.name().substring(source.name().lastIndexOf('/') + 1);
      String name = file.substring(0, file.lastIndexOf('.'));
      Source first = sources.putIfAbsent(name, source);
      if (first != null) {
        diagnostics.add(
            Diagnostic.error(
                    "E0706", source.span(0, 0), "there are other data called `" + name + "`")
                .withHint("data go by the name of their file without folder and ending")
                .withNote("first here", first.span(0, 0)));
        continue;
      }
      var own = new Diagnostics();
      Optional<Value> read = Documents.read(source, own).map(Node::value);
      diagnostics.addAll(own.all());
      Optional<Value> value = own.hasErrors() ? Optional.ofNullable(old.get(name)) : read;
      value.ifPresent(it -> data.put(name, it));
    }
    return data.build();
  }

  private Map<String, Playbook> playbooks(
      FolderFiles files, Settings settings, PolicySet set, Diagnostics diagnostics) {
    Vocabulary vocabulary =
        new Vocabulary(
            ActionTable.BY_NAME,
            names(settings.vars()),
            Optional.of(settings.secrets().keySet()),
            Optional.of(set.checkpoints()),
            Optional.of(set.registry().people().groups()));
    var own = new Diagnostics();
    Map<String, Playbook> read =
        new LinkedHashMap<>(
            Playbooks.readAll(files.below("playbooks", DOCUMENTS), vocabulary, own));
    diagnostics.addAll(own.all());
    Set<String> broken = new java.util.HashSet<>();
    own.all().stream()
        .filter(Diagnostic::isError)
        .forEach(each -> broken.add(each.span().source().name()));
    // A playbook that worked before and is broken now stays as it was.
    before.ifPresent(it ->
        it.playbooks()
            .forEach((name, playbook) -> {
              if (broken.contains(playbook.source().name())) {
                read.putIfAbsent(name, playbook);
              }
            }));
    return read;
  }

  /** What the actions themselves declare to be. */
  private static Map<String, Capability> declaredCapabilities() {
    Map<String, Capability> declared = new LinkedHashMap<>();
    for (ActionSpec spec : ActionTable.ROWS) {
      declared.put(spec.name(), new Capability(spec.capability(), spec.resourceType()));
    }
    return declared;
  }

  private static Set<String> names(ObjectValue vars) {
    Set<String> names = new java.util.LinkedHashSet<>();
    vars.forEach((key, _) -> {
      if (key instanceof StringValue text) {
        names.add(text.text());
      }
    });
    return names;
  }
}
