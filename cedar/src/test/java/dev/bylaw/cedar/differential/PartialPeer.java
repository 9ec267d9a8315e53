package dev.bylaw.cedar.differential;

import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.est.PolicyJsonWriter;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.partial.PartialAnswer;
import dev.bylaw.cedar.partial.PartialAnswer.Outcome;
import dev.bylaw.cedar.partial.PartialAuthorizer;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The requests with gaps of a generated case, and how what we say of them differs. */
final class PartialPeer {
  /** A request; ids and the context are null where they are not known. */
  private record Asked(
      String principalType,
      @Nullable String principalId,
      String action,
      String resourceType,
      @Nullable String resourceId,
      @Nullable String context) {}

  /** Values of extensions, which the crate writes in a form of its own. */
  private static final Pattern EXTENSION =
      Pattern.compile("\"(__extn|ip|decimal|datetime|duration)\":");

  private final String entities;
  private final List<Asked> asked;

  private PartialPeer(String entities, List<Asked> asked) {
    this.entities = entities;
    this.asked = asked;
  }

  /** The requests of a case with what is known of them left out by chance. */
  static PartialPeer make(World world, StoreMaker store, List<StoreMaker.Asked> whole) {
    String entities = store.entities(world.pick(0, 0, 15, 40));
    var asked = new ArrayList<Asked>();
    for (StoreMaker.Asked each : whole) {
      EntityUid principal = uid(each.principal());
      EntityUid resource = uid(each.resource());
      asked.add(
          new Asked(
              principal.type(),
              world.chance(50) ? principal.id() : null,
              each.action(),
              resource.type(),
              world.chance(50) ? resource.id() : null,
              world.chance(60) ? each.context() : null));
    }
    return new PartialPeer(entities, asked);
  }

  private static EntityUid uid(String text) {
    return PolicyParser.parseEntity(Source.of("uid", text), new Diagnostics());
  }

  String text() {
    return entities + "\n" + asked;
  }

  void ask(Map<String, Json> question) {
    question.put("partial_entities", Peer.json(entities));
    question.put("partial", Json.array(asked.stream().map(PartialPeer::request).toList()));
  }

  private static Json request(Asked asked) {
    var members = new LinkedHashMap<String, Json>();
    members.put("principal_type", Json.string(asked.principalType));
    if (asked.principalId != null) {
      members.put("principal_id", Json.string(asked.principalId));
    }
    members.put("action", Json.string(asked.action));
    members.put("resource_type", Json.string(asked.resourceType));
    if (asked.resourceId != null) {
      members.put("resource_id", Json.string(asked.resourceId));
    }
    if (asked.context != null) {
      members.put("context", Peer.json(asked.context));
    }
    return Json.object(members);
  }

  /** How our answers differ from the peer's. */
  List<String> differences(
      @Nullable Json answers, Schema schema, PolicySet policies, PeerCase.Tally tally) {
    PartialEntities known;
    try {
      known = EntityJson.readPartial(Source.of("partial.json", entities), schema);
    } catch (DiagnosticsException wrong) {
      return answers instanceof Json.Obj
          ? List.of()
          : List.of("partial entities: the crate reads them, we say " + wrong.getMessage());
    }
    if (!(answers instanceof Json.Arr(var all, _))) {
      return List.of("partial entities: we read them, the crate says " + answers);
    }
    var found = new ArrayList<String>();
    for (int i = 0; i < asked.size(); i++) {
      var theirs = (Json.Obj) all.get(i);
      Map<String, String> ours = answer(asked.get(i), schema, policies, known, tally);
      Map<String, String> wanted = outcomes(theirs);
      // What cannot be evaluated is no Cedar in the crate's residuals; we keep the text.
      wanted.replaceAll((id, left) -> isOpen(left, ours.get(id)) ? ours.get(id) : left);
      if (!ours.equals(wanted)) {
        found.add("partial " + i + ": the crate says " + wanted + ", we " + ours + ": " + theirs);
      }
    }
    return found;
  }

  private static boolean isOpen(String left, @Nullable String ours) {
    return ours != null
        && ours.startsWith("{")
        && (left.equals("open") || (left.startsWith("{") && EXTENSION.matcher(left).find()));
  }

  /** The decision, and by policy what is known of it; nothing but that a request is refused. */
  private static Map<String, String> answer(
      Asked asked, Schema schema, PolicySet policies, PartialEntities known, PeerCase.Tally tally) {
    PartialAnswer answer;
    try {
      EntityUid action = uid(asked.action);
      var request =
          new PartialRequest(
              entity(asked.principalType, asked.principalId),
              action,
              entity(asked.resourceType, asked.resourceId),
              asked.context == null
                  ? null
                  : RequestJson.context(Source.of("c", asked.context), schema, action),
              Set.of());
      if (!request.mismatches(schema).isEmpty()) {
        tally.partlyRefused++;
        return Map.of("", "refused");
      }
      answer = PartialAuthorizer.authorizeBySome(policies, request, known, schema);
    } catch (DiagnosticsException | IllegalArgumentException refused) {
      tally.partlyRefused++;
      return Map.of("", "refused");
    }
    tally.partlyDecided += answer.decision().isPresent() ? 1 : 0;
    tally.partlyOpen += answer.open().isEmpty() ? 0 : 1;
    var all = new TreeMap<String, String>();
    all.put("", answer.decision().map(d -> d == Decision.ALLOW ? "allow" : "deny").orElse("open"));
    for (Outcome outcome : answer.outcomes()) {
      all.put(
          outcome.policy(),
          switch (outcome) {
            case Outcome.Satisfied _ -> "true";
            case Outcome.Unsatisfied _ -> "false";
            case Outcome.Failed _ -> "error";
            case Outcome.Open open -> condition(answer, open);
          });
    }
    return all;
  }

  private static PartialEntity entity(String type, @Nullable String id) {
    return id == null
        ? new PartialEntity.Some(type)
        : new PartialEntity.Known(EntityUid.of(type, id));
  }

  private static String condition(PartialAnswer answer, Outcome.Open open) {
    Template residual =
        answer.residuals().stream().filter(t -> t.id().equals(open.policy())).findFirst().get();
    return conditions(PolicySet.of(List.of(residual), List.of()));
  }

  /**
   * What the only policy asks for; texts that differ in brackets, in the order of sets and in how
   * comparisons are turned round are the same.
   */
  private static String conditions(PolicySet one) {
    Template template = one.written().getFirst();
    return JsonText.sorted(plain(PolicyJsonWriter.expr(template.conditions().getFirst().body())));
  }

  private static Json plain(@Nullable Json json) {
    return switch (json) {
      case Json.Obj(var members, _) when members.size() == 1 && negated(members) != null ->
          Json.object(
              "!",
              Json.object(
                  "arg", Json.object(negated(members), plain(members.values().iterator().next()))));
      case Json.Obj object when object.member("Set") instanceof Json.Arr(var elements, _) ->
          Json.object(
              "Set",
              Json.array(
                  elements.stream()
                      .map(PartialPeer::plain)
                      .sorted(Comparator.comparing(JsonText::sorted))
                      .toList()));
      case Json.Obj object when object.member("&&") != null -> chain("&&", object);
      case Json.Obj object when object.member("||") != null -> chain("||", object);
      case Json.Obj(var members, _) -> {
        var all = new LinkedHashMap<String, Json>();
        members.forEach((name, member) -> all.put(name, plain(member)));
        yield Json.object(all);
      }
      case Json.Arr(var elements, _) ->
          Json.array(elements.stream().map(PartialPeer::plain).toList());
      case null -> Json.string("");
      default -> json;
    };
  }

  private static @Nullable String negated(Map<String, Json> operation) {
    return switch (operation.keySet().iterator().next()) {
      case "!=" -> "==";
      case ">" -> "<=";
      case ">=" -> "<";
      default -> null;
    };
  }

  private static Json chain(String word, Json.Obj chain) {
    var operands = new ArrayList<Json>();
    collect(word, chain, operands);
    return Json.object(word, Json.array(operands));
  }

  private static void collect(String word, Json operand, List<Json> into) {
    if (operand instanceof Json.Obj object
        && object.member(word) instanceof Json.Obj(var sides, _)) {
      sides.forEach((_, side) -> collect(word, side, into));
    } else {
      into.add(plain(operand));
    }
  }

  private static Map<String, String> outcomes(Json.Obj theirs) {
    if (!(theirs.member("outcomes") instanceof Json.Obj(var outcomes, _))) {
      return new TreeMap<>(Map.of("", "refused"));
    }
    var all = new TreeMap<String, String>();
    all.put("", theirs.member("decision") instanceof Json.Str(var made, _) ? made : "open");
    outcomes.forEach((id, outcome) -> all.put(id, theirs(((Json.Str) outcome).value())));
    return all;
  }

  /** What is left of a policy, in the form of JSON, in which no text is told from another. */
  private static String theirs(String outcome) {
    if (!outcome.contains("(")) {
      return outcome;
    }
    if (outcome.contains("error()")) {
      return "open";
    }
    try {
      return conditions(PolicySet.parse(outcome));
    } catch (DiagnosticsException unreadable) {
      return outcome;
    }
  }
}
