package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Templates and policies under distinct ids; immutable. */
public final class PolicySet {
  /** The set without policies. */
  public static final PolicySet EMPTY = new PolicySet(new LinkedHashMap<>(), new LinkedHashMap<>());

  private final SequencedMap<String, Template> templates;
  private final SequencedMap<String, Policy> policies;

  private PolicySet(
      SequencedMap<String, Template> templates, SequencedMap<String, Policy> policies) {
    this.templates = Collections.unmodifiableSequencedMap(templates);
    this.policies = Collections.unmodifiableSequencedMap(policies);
  }

  /**
   * Reads Cedar text. Policies are called {@code policy0}, {@code policy1}, … by their place,
   * templates counted.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static PolicySet parse(Source source) {
    var diagnostics = new Diagnostics();
    List<Template> written = PolicyParser.parse(source, diagnostics);
    diagnostics.throwIfErrors();
    return of(written, List.of());
  }

  /** Reads Cedar text that has no name. */
  public static PolicySet parse(String text) {
    return parse(Source.of("policies.cedar", text));
  }

  /**
   * The set of what was written, static policies and templates, and of links.
   *
   * @throws IllegalArgumentException if two have the same id, or a link's template is not there
   */
  public static PolicySet of(Collection<Template> written, Collection<Policy> links) {
    var templates = new LinkedHashMap<String, Template>();
    var policies = new LinkedHashMap<String, Policy>();
    for (Template template : written) {
      if (templates.containsKey(template.id()) || policies.containsKey(template.id())) {
        throw new IllegalArgumentException("two policies have the id `" + template.id() + "`");
      }
      if (template.isStatic()) {
        policies.put(template.id(), Policy.of(template));
      } else {
        templates.put(template.id(), template);
      }
    }
    for (Policy link : links) {
      if (!link.template().equals(templates.get(link.template().id()))) {
        throw new IllegalArgumentException("no template `" + link.template().id() + "`");
      }
      if (templates.containsKey(link.id()) || policies.put(link.id(), link) != null) {
        throw new IllegalArgumentException("two policies have the id `" + link.id() + "`");
      }
    }
    return new PolicySet(templates, policies);
  }

  /**
   * The same with one more link of a template.
   *
   * @throws IllegalArgumentException if there is no such template, the id is taken, or the slots
   *     are not those of the template
   */
  public PolicySet withLink(String template, String id, Map<Expr.SlotId, EntityUid> slots) {
    Template found = templates.get(template);
    if (found == null) {
      throw new IllegalArgumentException(
          policy(template).isPresent()
              ? "expected a template, but `" + template + "` is a static policy"
              : "failed to find a template with id `" + template + "`");
    }
    var links = new ArrayList<>(links());
    links.add(new Policy(id, found, slots));
    return of(written(), links);
  }

  /** The same, with each policy and template that has an annotation {@code @id} called by it. */
  public PolicySet namedByAnnotation() {
    List<Template> renamed = written().stream().map(PolicySet::named).toList();
    var links = links().stream().map(p -> new Policy(p.id(), named(p.template()), p.links()));
    return of(renamed, links.toList());
  }

  private static Template named(Template template) {
    String id = template.annotations().get("id");
    return id == null ? template : template.withId(id);
  }

  /** The templates that have slots, by id. */
  public SequencedMap<String, Template> templates() {
    return templates;
  }

  /** The policies that apply, static ones and links, by id. */
  public SequencedMap<String, Policy> policies() {
    return policies;
  }

  /** The policy that applies under an id. */
  public Optional<Policy> policy(String id) {
    return Optional.ofNullable(policies.get(id));
  }

  /** The links. */
  public List<Policy> links() {
    return policies.values().stream().filter(Policy::isLink).toList();
  }

  /** Static policies and templates, in the order of their text as far as they have one. */
  public List<Template> written() {
    var all = new ArrayList<Template>();
    policies.values().stream().filter(p -> !p.isLink()).map(Policy::template).forEach(all::add);
    all.addAll(templates.values());
    all.sort(java.util.Comparator.comparingInt(t -> t.place().start()));
    return all;
  }
}
