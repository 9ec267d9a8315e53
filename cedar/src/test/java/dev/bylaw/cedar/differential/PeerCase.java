package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.est.PolicyJsonReader;
import dev.bylaw.cedar.est.PolicyJsonWriter;
import dev.bylaw.cedar.format.Formatter;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.SchemaDeclarations;
import dev.bylaw.cedar.schema.SchemaJsonReader;
import dev.bylaw.cedar.schema.SchemaJsonWriter;
import dev.bylaw.cedar.schema.SchemaParser;
import dev.bylaw.cedar.schema.SchemaPrinter;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generated case, what we say of it, and how that differs from what the peer says. */
final class PeerCase {
  /** How often something came out; each must come out at all for a run to mean something. */
  static final class Tally {
    int valid;
    int invalid;
    int warned;
    int allowed;
    int erred;
    int refusedSchemas;
    int refusedPolicies;
    int refusedEntities;
    int refusedRequests;
    int partlyDecided;
    int partlyOpen;
    int partlyRefused;

    List<Integer> all() {
      return List.of(
          valid,
          invalid,
          warned,
          allowed,
          erred,
          refusedSchemas,
          refusedPolicies,
          refusedEntities,
          refusedRequests,
          partlyDecided,
          partlyOpen,
          partlyRefused);
    }

    @Override
    public String toString() {
      return "valid, invalid, warned, allowed, erred; refused schemas, policies, entities,"
          + " requests; partly decided, open, refused: "
          + all();
    }
  }

  private final String schemaText;
  private final String policyText;
  private final String entityText;
  private final List<Json> links;
  private final List<StoreMaker.Asked> asked;
  private final PartialPeer partial;
  private final List<String> differences = new ArrayList<>();

  private PeerCase(
      String schemaText,
      String policyText,
      String entityText,
      List<Json> links,
      List<StoreMaker.Asked> asked,
      PartialPeer partial) {
    this.partial = partial;
    this.schemaText = schemaText;
    this.policyText = policyText;
    this.entityText = entityText;
    this.links = links;
    this.asked = asked;
  }

  /** The case of a seed; a tenth of them have a text that was broken by chance. */
  static PeerCase make(long seed) {
    var random = new Random(seed * 0x9E3779B97F4A7C15L);
    var world = new World(random);
    var maker = new PolicyMaker(world);
    var policies = new ArrayList<String>();
    var links = new ArrayList<Json>();
    for (int i = 0, count = world.pick(1, 1, 2, 4); i < count; i++) {
      boolean template = world.chance(20);
      String policy = maker.policy(template);
      policies.add(policy);
      for (int l = 0; template && l < world.pick(0, 1, 2); l++) {
        var link = new LinkedHashMap<String, Json>();
        link.put("template", Json.string("policy" + i));
        link.put("id", Json.string("link" + i + l));
        for (String slot : List.of("principal", "resource")) {
          if (policy.contains("?" + slot)) {
            link.put(slot, Json.string(maker.uid(world.pick(world.entityTypes).name())));
          }
        }
        links.add(Json.object(link));
      }
    }
    var store = new StoreMaker(world, world.chance(30));
    var asked = new ArrayList<StoreMaker.Asked>();
    for (int i = 0; i < 5; i++) {
      asked.add(store.request());
    }
    String schema = world.schema();
    String text = String.join("\n", policies);
    String entities = store.entities();
    switch (random.nextInt(30)) {
      case 0 -> schema = broken(schema, random);
      case 1, 2 -> text = broken(text, random);
      case 3 -> entities = broken(entities, random);
      default -> {}
    }
    var partial = PartialPeer.make(world, store, asked);
    return new PeerCase(schema, text, entities, links, asked, partial);
  }

  private static String broken(String text, Random random) {
    String[] words = text.split("(?<=\\W)|(?=\\W)", -1);
    int at = random.nextInt(words.length);
    switch (random.nextInt(4)) {
      case 0 -> words[at] = "";
      case 1 -> words[at] = words[random.nextInt(words.length)];
      case 2 -> words[at] = words[at] + words[at];
      default -> {
        String other = words[random.nextInt(words.length)];
        words[at] = words[at] + " " + other;
      }
    }
    return String.join("", words);
  }

  String text() {
    return partial.text()
        + "\n"
        + schemaText
        + "\n"
        + policyText
        + "\n"
        + entityText
        + "\n"
        + JsonWriter.compact(Json.array(links))
        + "\n"
        + asked.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }

  /** What the peer is asked, with our renderings of the policies for it to read. */
  Json question() {
    var members = new LinkedHashMap<String, Json>();
    members.put("schema", Json.string(schemaText));
    members.put("policies", Json.string(policyText));
    members.put("links", Json.array(links));
    Json entities = or(() -> Peer.json(entityText));
    members.put("entities", entities == null ? Json.string("no JSON") : entities);
    members.put("requests", Json.array(asked.stream().map(PeerCase::request).toList()));
    partial.ask(members);
    PolicySet written = or(() -> PolicySet.parse(policyText));
    if (written != null) {
      members.put("printed", Json.string(PolicyPrinter.text(written)));
      members.put(
          "formatted_by_us", Json.string(Formatter.format(Source.of("p.cedar", policyText))));
      PolicySet linked = or(this::policies);
      if (linked != null) {
        members.put("est", PolicyJsonWriter.set(linked));
      }
    }
    return Json.object(members);
  }

  private static Json request(StoreMaker.Asked asked) {
    return Json.object(
        new LinkedHashMap<>(
            Map.of(
                "principal", Json.string(asked.principal()),
                "action", Json.string(asked.action()),
                "resource", Json.string(asked.resource()),
                "context", Peer.json(asked.context()))));
  }

  /** The value, or null if it has mistakes. */
  private static <T> @Nullable T or(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DiagnosticsException | IllegalArgumentException mistakes) {
      return null;
    }
  }

  private PolicySet policies() {
    PolicySet policies = PolicySet.parse(policyText);
    for (Json each : links) {
      var link = (Json.Obj) each;
      var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
      for (Expr.SlotId slot : Expr.SlotId.values()) {
        if (link.member(slot.word().substring(1)) instanceof Json.Str(var uid, _)) {
          slots.put(slot, uid(uid));
        }
      }
      policies = policies.withLink(text(link, "template"), text(link, "id"), slots);
    }
    return policies;
  }

  private static EntityUid uid(String text) {
    var diagnostics = new Diagnostics();
    EntityUid uid = PolicyParser.parseEntity(Source.of("uid", text), diagnostics);
    diagnostics.throwIfErrors();
    return uid;
  }

  private static String text(Json.Obj object, String name) {
    return ((Json.Str) object.member(name)).value();
  }

  /** How we differ from the answer of the peer. */
  List<String> differences(Json.Obj answer, Tally tally) {
    Schema schema = or(() -> Schema.parse(schemaText));
    same("schema refused", answer.member("schema_error") != null, schema == null);
    tally.refusedSchemas += schema == null ? 1 : 0;
    PolicySet policies = or(this::policies);
    same("policies refused", answer.member("policies_error") != null, policies == null);
    tally.refusedPolicies += policies == null ? 1 : 0;
    if (!differences.isEmpty()) {
      differences.add(String.valueOf(answer.member("schema_error")));
      differences.add(String.valueOf(answer.member("policies_error")));
      return differences;
    }
    if (schema != null) {
      translations(answer, schema);
    }
    if (policies != null) {
      renderings(answer, policies);
    }
    if (schema != null && policies != null) {
      validation((Json.Obj) answer.member("validation"), schema, policies, tally);
      differences.addAll(partial.differences(answer.member("partial"), schema, policies, tally));
    }
    Entities entities = or(() -> EntityJson.read(Source.of("e.json", entityText), schema));
    same("entities refused", answer.member("entities_error") != null, entities == null);
    tally.refusedEntities += entities == null ? 1 : 0;
    if (policies != null && entities != null && answer.member("entities_error") == null) {
      ancestors((Json.Obj) answer.member("ancestors"), entities);
      decisions((Json.Arr) answer.member("answers"), schema, policies, entities, tally);
    } else if (entities == null ^ answer.member("entities_error") != null) {
      differences.add(String.valueOf(answer.member("entities_error")));
    }
    return differences;
  }

  private void same(String what, @Nullable Object theirs, @Nullable Object ours) {
    if (!java.util.Objects.equals(theirs, ours)) {
      differences.add(what + ": the crate says " + theirs + ", we " + ours);
    }
  }

  private static boolean isTrue(@Nullable Json json) {
    return json instanceof Json.Bool(var value, _) && value;
  }

  private void translations(Json.Obj answer, Schema schema) {
    var diagnostics = new Diagnostics();
    SchemaDeclarations written = SchemaParser.parse(Source.of("s", schemaText), diagnostics);
    Json ours = SchemaJsonWriter.json(written);
    same(
        "schema as JSON",
        JsonText.sorted(Peer.json(text(answer, "schema_to_json"))),
        JsonText.sorted(ours));
    Source theirs = Source.of("s.json", text(answer, "schema_to_json"));
    same("schema from JSON", model(schema), model(or(() -> Schema.parseJson(theirs))));
    SchemaDeclarations back = SchemaJsonReader.read(theirs, diagnostics);
    same("schema printed", model(schema), model(or(() -> Schema.parse(SchemaPrinter.text(back)))));
    if (answer.member("schema_to_text") instanceof Json.Str(var text, _)) {
      same("schema printed by the crate", model(schema), model(or(() -> Schema.parse(text))));
    }
  }

  /** What a schema says, in an order of its own. */
  private static Object model(@Nullable Schema schema) {
    return schema == null
        ? "refused"
        : List.of(
            new java.util.TreeMap<>(schema.entityTypes()),
            new java.util.TreeMap<>(schema.actions()));
  }

  private void renderings(Json.Obj answer, PolicySet policies) {
    for (String name : List.of("printed_is_same", "formatted_by_us_is_same", "est_is_same")) {
      if (!isTrue(answer.member(name))) {
        differences.add(name + ": " + answer.member(name));
      }
    }
    String est = JsonText.sorted(answer.member("est"));
    same("policies as JSON", est, JsonText.sorted(PolicyJsonWriter.set(policies)));
    PolicySet read = or(() -> PolicyJsonReader.read(Source.of("est", est)));
    same(
        "policies from JSON",
        est,
        read == null ? null : JsonText.sorted(PolicyJsonWriter.set(read)));
    PolicySet written = PolicySet.parse(policyText);
    if (answer.member("formatted") instanceof Json.Str(var text, _)) {
      PolicySet formatted = or(() -> PolicySet.parse(text));
      same(
          "formatted by the crate",
          JsonText.sorted(PolicyJsonWriter.set(written)),
          formatted == null ? null : JsonText.sorted(PolicyJsonWriter.set(formatted)));
    }
    String once = Formatter.format(Source.of("p", policyText));
    same("formatted twice", once, Formatter.format(Source.of("p", once)));
  }

  private void validation(Json.Obj theirs, Schema schema, PolicySet policies, Tally tally) {
    var validator = new Validator(schema);
    List<Diagnostic> found = validator.validate(policies);
    boolean invalid = Validator.hasErrors(found);
    tally.invalid += invalid ? 1 : 0;
    tally.valid += invalid ? 0 : 1;
    boolean warned = found.stream().anyMatch(d -> !d.isError());
    tally.warned += warned ? 1 : 0;
    int before = differences.size();
    same("invalid", !strings(theirs.member("invalid")).isEmpty(), invalid);
    if (!invalid) {
      same(
          "warnings",
          (long) strings(theirs.member("warnings")).size(),
          found.stream().filter(d -> !d.isError()).map(Diagnostic::render).distinct().count());
    }
    List<Boolean> levels =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(level -> !Validator.hasErrors(validator.validate(policies, level)))
            .toList();
    same(
        "levels",
        ((Json.Arr) theirs.member("levels")).elements().stream().map(PeerCase::isTrue).toList(),
        levels);
    if (differences.size() > before) {
      differences.add("errors of the crate: " + strings(theirs.member("errors")));
      differences.add("warnings of the crate: " + strings(theirs.member("warnings")));
      differences.add(
          "ours: " + found.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    }
  }

  private static Set<String> strings(@Nullable Json json) {
    return ((Json.Arr) java.util.Objects.requireNonNull(json))
        .elements().stream()
            .map(each -> ((Json.Str) each).value())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private void ancestors(Json.Obj theirs, Entities entities) {
    for (Entity entity : entities.all()) {
      Json above = theirs.member(entity.uid().toString());
      if (above != null) {
        Set<String> ours =
            Arrays.stream(entities.ancestors(entity.uid()))
                .map(EntityUid::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        same("ancestors of " + entity.uid(), strings(above), ours);
      } else {
        same("entity " + entity.uid(), false, true);
      }
    }
    same("number of entities", theirs.members().size(), entities.size());
  }

  private void decisions(
      Json.Arr theirs,
      @Nullable Schema schema,
      PolicySet policies,
      Entities entities,
      Tally tally) {
    var authorizer = Authorizer.of(policies);
    for (int i = 0; i < asked.size(); i++) {
      StoreMaker.Asked each = asked.get(i);
      var answer = (Json.Obj) theirs.elements().get(i);
      Source context = Source.of("c", each.context());
      EntityUid action = uid(each.action());
      Request request =
          or(() ->
              new Request(
                  uid(each.principal()),
                  action,
                  uid(each.resource()),
                  RequestJson.context(context, schema, action, false)));
      same("request " + i + " unreadable", answer.member("unreadable") != null, request == null);
      if (request == null || answer.member("answer") == null) {
        tally.refusedRequests++;
        differences.add(0, "");
        differences.remove(0);
        continue;
      }
      boolean valid =
          schema == null
              || Conformance.ofRequest(
                      schema,
                      request.principal(),
                      request.action(),
                      request.resource(),
                      request.context())
                  .isEmpty();
      same(
          "request " + i + " valid " + answer.member("why"), isTrue(answer.member("valid")), valid);
      tally.refusedRequests += valid ? 0 : 1;
      Answer ours = authorizer.authorize(request, entities);
      tally.allowed += ours.isAllowed() ? 1 : 0;
      tally.erred += ours.failed().isEmpty() ? 0 : 1;
      Decision decision = ours.decision();
      String text =
          "[\""
              + (decision == Decision.ALLOW ? "allow" : "deny")
              + "\","
              + ids(ours.reasons())
              + ","
              + ids(ours.failed())
              + "]";
      same("answer " + i, JsonWriter.compact(answer.member("answer")), text);
      same("decision alone " + i, decision, authorizer.decide(request, entities));
      same("failures " + i, ours.failed().size(), ours.failures().size());
    }
  }

  private static String ids(List<String> ids) {
    return JsonWriter.compact(Json.array(ids.stream().sorted().map(Json::string).toList()));
  }
}
