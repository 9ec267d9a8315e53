package dev.bylaw.cedar.est;

import dev.bylaw.cedar.entity.ValueJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Pattern;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes policies as JSON. */
public final class PolicyJsonWriter {
  private PolicyJsonWriter() {}

  /** A set: {@code templates}, {@code staticPolicies} and {@code templateLinks}. */
  public static Json set(PolicySet policies) {
    var templates = new LinkedHashMap<String, Json>();
    policies.templates().forEach((id, template) -> templates.put(id, policy(template)));
    var statics = new LinkedHashMap<String, Json>();
    var links = new ArrayList<Json>();
    policies
        .policies()
        .forEach((id, policy) -> {
          if (policy.isLink()) {
            links.add(link(policy));
          } else {
            statics.put(id, policy(policy.template()));
          }
        });
    var members = new LinkedHashMap<String, Json>();
    members.put("templates", Json.object(templates));
    members.put("staticPolicies", Json.object(statics));
    members.put("templateLinks", Json.array(links));
    return Json.object(members);
  }

  private static Json link(Policy link) {
    var values = new LinkedHashMap<String, Json>();
    link.links()
        .forEach((slot, uid) ->
            values.put(slot.word(), Json.object("__entity", ValueJson.uidJson(uid))));
    var members = new LinkedHashMap<String, Json>();
    members.put("templateId", Json.string(link.template().id()));
    members.put("newId", Json.string(link.id()));
    members.put("values", Json.object(values));
    return Json.object(members);
  }

  /** A policy or template. */
  public static Json policy(Template template) {
    var members = new LinkedHashMap<String, Json>();
    members.put("effect", Json.string(template.effect().word()));
    members.put("principal", scope("?principal", template.principal()));
    members.put("action", scope(template.action()));
    members.put("resource", scope("?resource", template.resource()));
    List<Json> conditions =
        template.conditions().stream()
            .<Json>map(c ->
                Json.object(
                    "kind", Json.string(c.unless() ? "unless" : "when"), "body", expr(c.body())))
            .toList();
    members.put("conditions", Json.array(conditions));
    if (!template.annotations().isEmpty()) {
      var annotations = new LinkedHashMap<String, Json>();
      template
          .annotations()
          .forEach((key, value) ->
              annotations.put(
                  key, value.isEmpty() ? new Json.Null(Place.NONE) : Json.string(value)));
      members.put("annotations", Json.object(annotations));
    }
    return Json.object(members);
  }

  private static Json operator(String word) {
    return Json.object("op", Json.string(word));
  }

  private static Json operator(String word, String key, Json operand) {
    return Json.object("op", Json.string(word), key, operand);
  }

  private static Json scope(String slot, Scope scope) {
    return switch (scope) {
      case Scope.Any _ -> operator("All");
      case Scope.Equal(var to) -> referring("==", slot, to);
      case Scope.In(var to) -> referring("in", slot, to);
      case Scope.Is(var type, _) -> operator("is", "entity_type", Json.string(type));
      case Scope.IsIn(var type, _, var to) -> {
        var members = new LinkedHashMap<String, Json>();
        members.put("op", Json.string("is"));
        members.put("entity_type", Json.string(type));
        members.put("in", Json.object(referenceKey(to), reference(slot, to)));
        yield Json.object(members);
      }
    };
  }

  private static Json referring(String word, String slot, Scope.Reference to) {
    return operator(word, referenceKey(to), reference(slot, to));
  }

  private static String referenceKey(Scope.Reference reference) {
    return switch (reference) {
      case Scope.Reference.To _ -> "entity";
      case Scope.Reference.Gap _ -> "slot";
    };
  }

  private static Json reference(String slot, Scope.Reference reference) {
    return switch (reference) {
      case Scope.Reference.To(var uid, _) -> ValueJson.uidJson(uid);
      case Scope.Reference.Gap _ -> Json.string(slot);
    };
  }

  private static Json scope(ActionScope scope) {
    return switch (scope) {
      case ActionScope.Any _ -> operator("All");
      case ActionScope.Equal(var action, _) -> operator("==", "entity", ValueJson.uidJson(action));
      case ActionScope.In(var action, _) -> operator("in", "entity", ValueJson.uidJson(action));
      case ActionScope.InList(var actions, _) when actions.size() == 1 ->
          operator("in", "entity", ValueJson.uidJson(actions.getFirst()));
      case ActionScope.InList(var actions, _) ->
          operator("in", "entities", Json.array(actions.stream().map(ValueJson::uidJson).toList()));
    };
  }

  /** An expression. */
  public static Json expr(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> Json.object("Value", ValueJson.json(value));
      case Expr.Var(var variable, _) -> Json.object("Var", Json.string(variable.word()));
      case Expr.Slot(var slot, _) -> Json.object("Slot", Json.string(slot.word()));
      case Expr.Unknown(var name, _) ->
          Json.object("unknown", Json.array(List.of(Json.object("Value", Json.string(name)))));
      case Expr.If(var test, var yes, var no, _) -> {
        var members = new LinkedHashMap<String, Json>();
        members.put("if", expr(test));
        members.put("then", expr(yes));
        members.put("else", expr(no));
        yield Json.object("if-then-else", Json.object(members));
      }
      case Expr.And(var operands, _) -> chain("&&", operands);
      case Expr.Or(var operands, _) -> chain("||", operands);
      case Expr.Unary(var operator, var operand, _) ->
          Json.object(operator.word(), Json.object("arg", expr(operand)));
      case Expr.Binary(var operator, var left, var right, _) ->
          Json.object(operator.word(), Json.object("left", expr(left), "right", expr(right)));
      case Expr.Attribute(var target, var name, _) ->
          Json.object(".", Json.object("left", expr(target), "attr", Json.string(name)));
      case Expr.Has(var target, var path, _) ->
          Json.object("has", Json.object("left", expr(target), "attr", path(path)));
      case Expr.Like(var target, var pattern, _) ->
          Json.object("like", Json.object("left", expr(target), "pattern", pattern(pattern)));
      case Expr.Is(var target, var type, var container, _) -> {
        var members = new LinkedHashMap<String, Json>();
        members.put("left", expr(target));
        members.put("entity_type", Json.string(type));
        if (container != null) {
          members.put("in", expr(container));
        }
        yield Json.object("is", Json.object(members));
      }
      case Expr.SetOf(var elements, _) -> Json.object("Set", exprs(elements));
      case Expr.RecordOf(var attributes, _) -> {
        var members = new LinkedHashMap<String, Json>();
        attributes.forEach((name, value) -> members.put(name, expr(value)));
        yield Json.object("Record", Json.object(members));
      }
      case Expr.Call(var function, var arguments, _) ->
          Json.object(function.word(), exprs(arguments));
    };
  }

  /** How deep the JSON of an expression nests: a chain of operators does once for each operand. */
  private static int depth(Expr expr) {
    int deepest = 0;
    int at = 0;
    for (Expr child : expr.children()) {
      int levels =
          expr instanceof Expr.And || expr instanceof Expr.Or
              ? 2 * (expr.children().size() - Math.max(at, 1))
              : 2;
      deepest = Math.max(deepest, levels + depth(child));
      at++;
    }
    return deepest;
  }

  /** Tells conditions whose JSON would nest deeper than it can be written. */
  public static void refuseDeep(PolicySet policies, Diagnostics diagnostics) {
    for (Template template : policies.written()) {
      for (Template.Condition condition : template.conditions()) {
        if (depth(condition.body()) > JsonReader.DEEPEST) {
          diagnostics.error(
              "C0131",
              condition.place().spanOr(Source.of("policies", "").span()),
              "as JSON this nests more than " + JsonReader.DEEPEST + " levels deep",
              "write several conditions or policies");
        }
      }
    }
  }

  private static Json exprs(List<Expr> exprs) {
    return Json.array(exprs.stream().map(PolicyJsonWriter::expr).toList());
  }

  /** {@code a && b && c} is {@code (a && b) && c}. */
  private static Json chain(String word, List<Expr> operands) {
    Json left = expr(operands.getFirst());
    for (Expr operand : operands.subList(1, operands.size())) {
      left = Json.object(Map.of(word, Json.object("left", left, "right", expr(operand))));
    }
    return left;
  }

  private static Json path(List<String> path) {
    return path.size() == 1
        ? Json.string(path.getFirst())
        : Json.array(path.stream().map(Json::string).toList());
  }

  private static Json pattern(Pattern pattern) {
    var elements = new ArrayList<Json>();
    for (int i = 0; i < pattern.parts().size(); i++) {
      if (i > 0) {
        elements.add(Json.string("Wildcard"));
      }
      pattern
          .parts()
          .get(i)
          .codePoints()
          .forEach(c -> elements.add(Json.object("Literal", Json.string(Character.toString(c)))));
    }
    return Json.array(elements);
  }
}
