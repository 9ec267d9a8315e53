package dev.bylaw.cedar.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.policy.LinkValue;
import com.cedarpolicy.model.policy.TemplateLink;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import dev.bylaw.cedar.authorize.Answer;
import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What we decide and what Cedar's native library decides are the same, on generated cases: {@code
 * -Dcedar.cases=N} for more of them, {@code -Dcedar.seed=N} for others.
 */
class NativeOracleTest {
  private final AuthorizationEngine oracle = engine();

  /** The engine, if its library is made for this machine; there is none for musl, for one. */
  private static AuthorizationEngine engine() {
    try {
      return new BasicAuthorizationEngine();
    } catch (LinkageError noLibrary) {
      String why = "bylaw-note: no native Cedar, its library does not load here: " + noLibrary;
      System.out.println(why);
      return Assumptions.abort(why);
    }
  }

  @Test
  void weDecideAndValidateAsTheNativeLibraryDoes() throws Exception {
    long seed = Long.getLong("cedar.seed", 20260101);
    int cases = Integer.getInteger("cedar.cases", 400);
    System.out.println("seed " + seed + ", " + cases + " cases");
    int allowed = 0;
    int erred = 0;
    int valid = 0;
    for (long at = seed; at < seed + cases; at++) {
      var made = new CaseGenerator(at).next();
      Schema schema = Schema.parse(made.schema());
      PolicySet policies = policies(made);
      boolean isValid = isValid(schema, policies);
      valid += isValid ? 1 : 0;
      assertThat(isValid).as("validation of case %s: %s", at, made).isEqualTo(oracleIsValid(made));
      Entities entities = EntityJson.read(Source.of("entities.json", made.entities()), schema);
      var authorizer = Authorizer.of(policies);
      for (CaseGenerator.Request asked : made.requests()) {
        Request request = request(asked, schema);
        Answer ours = authorizer.authorize(request, entities);
        AuthorizationSuccessResponse theirs = oracle(made, policies, entities, request);
        assertThat(ours.isAllowed()).as("case %s: %s", at, asked).isEqualTo(theirs.isAllowed());
        assertThat(Set.copyOf(ours.reasons())).as("case %s", at).isEqualTo(theirs.getReason());
        assertThat(Set.copyOf(ours.failed()))
            .as("case %s", at)
            .isEqualTo(
                theirs.getErrors().stream().map(e -> e.getPolicyId()).collect(Collectors.toSet()));
        assertThat(ours.failures()).hasSameSizeAs(ours.failed());
        allowed += ours.isAllowed() ? 1 : 0;
        erred += ours.failed().isEmpty() ? 0 : 1;
      }
    }
    System.out.println(allowed + " allowed, " + erred + " with errors, " + valid + " sets valid");
    assertThat(List.of(allowed, erred, valid)).allMatch(count -> count > 0);
  }

  private static PolicySet policies(CaseGenerator.Case made) {
    PolicySet policies = PolicySet.parse(String.join("\n", made.policies()));
    for (CaseGenerator.Link link : made.links()) {
      var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
      Template template = policies.templates().get(link.template());
      for (Expr.SlotId slot : template.slots()) {
        slots.put(slot, uid(slot == Expr.SlotId.PRINCIPAL ? link.principal() : link.resource()));
      }
      policies = policies.withLink(link.template(), link.id(), slots);
    }
    return policies;
  }

  private static EntityUid uid(String text) {
    return PolicyParser.parseEntity(Source.of("uid", text), new Diagnostics());
  }

  /**
   * How long a call of the native library takes, on the cases of a folder: {@code
   * -Dcedar.speed=DIR,DIR}. It is given all policies and entities each time, as its users must.
   */
  @Test
  @EnabledIfSystemProperty(named = "cedar.speed", matches = ".+")
  void howLongACallTakes() throws Exception {
    for (String folder : System.getProperty("cedar.speed", "").split(",", -1)) {
      Path dir = Path.of(folder);
      String text = Files.readString(dir.resolve("policies.cedar"));
      Schema schema = Schema.parse(Files.readString(dir.resolve("schema.cedarschema")));
      var entities =
          EntityJson.read(
              Source.of("e.json", Files.readString(dir.resolve("entities.json"))), schema);
      var known =
          com.cedarpolicy.model.entity.Entities.parse(
              JsonWriter.compact(EntityJson.json(entities)));
      var policies = com.cedarpolicy.model.policy.PolicySet.parsePolicies(text);
      var asked = new ArrayList<AuthorizationRequest>();
      Json all = Peer.json(Files.readString(dir.resolve("requests.json")));
      for (Json each : ((Json.Arr) all).elements()) {
        Request request = RequestJson.read(Source.of("r.json", JsonWriter.compact(each)), schema);
        asked.add(
            new AuthorizationRequest(
                oracleUid(request.principal()),
                oracleUid(request.action()),
                oracleUid(request.resource()),
                new Context(oracleMap(request.context()))));
      }
      var samples = new ArrayList<Long>();
      long end = System.nanoTime() + 4_000_000_000L;
      while (System.nanoTime() < end) {
        for (AuthorizationRequest request : asked) {
          long start = System.nanoTime();
          assertThat(oracle.isAuthorized(request, policies, known).success).isPresent();
          samples.add(System.nanoTime() - start);
        }
      }
      var settled = samples.subList(samples.size() / 2, samples.size());
      long median = settled.stream().sorted().skip(settled.size() / 2).findFirst().orElseThrow();
      System.out.println(dir.getFileName() + ": " + median / 1000 + " us a call");
    }
  }

  /** The oracle is of a release in which a scope that fits no action is still an error. */
  private static boolean isValid(Schema schema, PolicySet policies) {
    return new Validator(schema)
        .validate(policies).stream()
            .noneMatch(d -> d.isError() || d.code().equals(Validator.INAPPLICABLE));
  }

  private static Request request(CaseGenerator.Request asked, Schema schema) {
    Source context = Source.of("context.json", asked.context());
    EntityUid action = uid(asked.action());
    return new Request(
        uid(asked.principal()),
        action,
        uid(asked.resource()),
        RequestJson.context(context, schema, action));
  }

  private static com.cedarpolicy.model.policy.PolicySet oraclePolicies(CaseGenerator.Case made) {
    var statics = new HashSet<com.cedarpolicy.model.policy.Policy>();
    var templates = new HashSet<com.cedarpolicy.model.policy.Policy>();
    for (int i = 0; i < made.policies().size(); i++) {
      String text = made.policies().get(i);
      var policy = new com.cedarpolicy.model.policy.Policy(text, "policy" + i);
      (text.contains("?") ? templates : statics).add(policy);
    }
    var links = new ArrayList<TemplateLink>();
    for (CaseGenerator.Link link : made.links()) {
      String text = made.policies().get(Integer.parseInt(link.template().substring(6)));
      var values = new ArrayList<LinkValue>();
      if (text.contains("?principal")) {
        values.add(new LinkValue("?principal", oracleUid(uid(link.principal()))));
      }
      if (text.contains("?resource")) {
        values.add(new LinkValue("?resource", oracleUid(uid(link.resource()))));
      }
      links.add(new TemplateLink(link.template(), link.id(), values));
    }
    return new com.cedarpolicy.model.policy.PolicySet(statics, templates, links);
  }

  private boolean oracleIsValid(CaseGenerator.Case made) throws Exception {
    var schema = new com.cedarpolicy.model.schema.Schema(made.schema());
    var response = oracle.validate(new ValidationRequest(schema, oraclePolicies(made)));
    return response.validationPassed();
  }

  private AuthorizationSuccessResponse oracle(
      CaseGenerator.Case made, PolicySet policies, Entities entities, Request request)
      throws Exception {
    var asked =
        new AuthorizationRequest(
            oracleUid(request.principal()),
            oracleUid(request.action()),
            oracleUid(request.resource()),
            new Context(oracleMap(request.context())));
    var known =
        com.cedarpolicy.model.entity.Entities.parse(JsonWriter.compact(EntityJson.json(entities)));
    var response = oracle.isAuthorized(asked, oraclePolicies(made), known);
    assertThat(response.success).as("%s: %s", response.errors, policies).isPresent();
    return response.success.get();
  }

  private static EntityUID oracleUid(EntityUid uid) {
    return EntityUID.parse(uid.toString()).orElseThrow();
  }

  private static Map<String, com.cedarpolicy.value.Value> oracleMap(RecordValue record) {
    var map = new HashMap<String, com.cedarpolicy.value.Value>();
    record.attributes().forEach((name, value) -> map.put(name, oracleValue(value)));
    return map;
  }

  private static com.cedarpolicy.value.Value oracleValue(Value value) {
    return switch (value) {
      case Value.Bool(var truth) -> new PrimBool(truth);
      case Value.Int(var number) -> new PrimLong(number);
      case Value.Text(var text) -> new PrimString(text);
      case IpValue ip -> new IpAddress(ip.text());
      case RecordValue record -> new CedarMap(oracleMap(record));
      case DatetimeValue at -> {
        String text = at.toString();
        yield new DateTime(text.substring(text.indexOf('"') + 1, text.lastIndexOf('"')));
      }
      default -> throw new IllegalArgumentException("not generated: " + value);
    };
  }
}
