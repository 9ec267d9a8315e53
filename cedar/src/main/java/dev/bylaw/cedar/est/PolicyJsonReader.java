package dev.bylaw.cedar.est;

import dev.bylaw.cedar.entity.ValueJson;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Effect;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads policies from JSON. */
public final class PolicyJsonReader {
  private final Source source;
  private final Diagnostics diagnostics;
  private final ExprJsonReader exprs;
  private final Set<String> policies;

  private PolicyJsonReader(Source source, Diagnostics diagnostics) {
    this(source, diagnostics, Set.of());
  }

  private PolicyJsonReader(Source source, Diagnostics diagnostics, Set<String> policies) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.policies = policies;
    this.exprs = new ExprJsonReader(source, diagnostics);
  }

  /** The code of a link that is one, but that fits no template. */
  public static final String MISFIT = "C0441";

  /** The code of a link whose template is a static policy. */
  public static final String NO_TEMPLATE = "C0444";

  /**
   * A set with {@code templates}, {@code staticPolicies} and {@code templateLinks}, or a single
   * policy or template, which is then called {@code JSON policy}, as Cedar's own tool calls it.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static PolicySet read(Source source) {
    var diagnostics = new Diagnostics();
    var reader = new PolicyJsonReader(source, diagnostics);
    Json json = JsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    PolicySet set =
        json instanceof Json.Obj object
            ? reader.set(object)
            : reader.error(json, "expected policies as an object", PolicySet.EMPTY);
    diagnostics.throwIfErrors();
    return set;
  }

  /**
   * The links of a JSON array, {@code [{templateId, newId, values}]}, joined to a set.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static PolicySet link(PolicySet policies, Source source) {
    var diagnostics = new Diagnostics();
    var reader = new PolicyJsonReader(source, diagnostics, policies.policies().keySet());
    Json json = JsonReader.read(source, diagnostics);
    diagnostics.throwIfErrors();
    List<Policy> links = new ArrayList<>(policies.links());
    links.addAll(reader.links(json, policies.templates()));
    diagnostics.throwIfErrors();
    return reader.joined(policies.written(), links, json);
  }

  private <T extends @Nullable Object> T error(@Nullable Json json, String message, T instead) {
    Place place = json == null ? Place.NONE : json.place();
    diagnostics.error("C0440", place.spanOr(source.span(0, 0)), message);
    return instead;
  }

  private <T extends @Nullable Object> T misfit(
      @Nullable Json json, String message, String hint, T instead) {
    Place place = json == null ? Place.NONE : json.place();
    diagnostics.error(MISFIT, place.spanOr(source.span(0, 0)), message, hint);
    return instead;
  }

  private PolicySet set(Json.Obj object) {
    var written = new ArrayList<Template>();
    if (object.member("effect") != null) {
      Template only = policy("JSON policy", object);
      if (only != null) {
        written.add(only);
      }
      return joined(written, List.of(), object);
    }
    var wanted = List.of("templates", "staticPolicies", "templateLinks");
    members(object, Set.copyOf(wanted));
    for (String name : wanted) {
      if (object.member(name) == null) {
        error(object, "a set of policies without `" + name + "`", "");
      }
    }
    var templates = new LinkedHashMap<String, Template>();
    policies(object.member("staticPolicies"), true, written);
    policies(object.member("templates"), false, written);
    written.stream().filter(t -> !t.isStatic()).forEach(t -> templates.put(t.id(), t));
    List<Policy> links = links(object.member("templateLinks"), templates);
    return joined(written, links, object);
  }

  private PolicySet joined(List<Template> written, List<Policy> links, @Nullable Json json) {
    if (diagnostics.hasErrors()) {
      return PolicySet.EMPTY;
    }
    try {
      return PolicySet.of(written, links);
    } catch (IllegalArgumentException twice) {
      PolicySet none = misfit(json, String.valueOf(twice.getMessage()), "", PolicySet.EMPTY);
      diagnostics.throwIfErrors();
      return none;
    }
  }

  private void policies(@Nullable Json json, boolean wantStatic, List<Template> into) {
    if (!(json instanceof Json.Obj(var members, _))) {
      if (json != null) {
        error(json, "expected policies by id as an object, found " + json.kindName(), "");
      }
      return;
    }
    members.forEach((id, body) -> {
      Template template = policy(id, body);
      if (template != null && template.isStatic() != wantStatic) {
        error(body, wantStatic ? "a static policy has no slots" : "a template has slots", "");
      } else if (template != null) {
        into.add(template);
      }
    });
  }

  private List<Policy> links(@Nullable Json json, Map<String, Template> templates) {
    var links = new ArrayList<Policy>();
    if (json instanceof Json.Arr(var elements, _)) {
      for (Json element : elements) {
        Policy link = link(element, templates);
        if (link != null) {
          links.add(link);
        }
      }
    } else if (json != null) {
      error(json, "expected links as an array, found " + json.kindName(), "");
    }
    return links;
  }

  private @Nullable Policy link(Json json, Map<String, Template> templates) {
    Json.Obj object = json instanceof Json.Obj members ? members : Json.object(Map.of());
    String templateId = string(object, "templateId", "template_id");
    String newId = string(object, "newId", "link_id");
    if (templateId == null
        || newId == null
        || !(member(object, "values", "args") instanceof Json.Obj(var values, _))) {
      return error(json, "expected a link `{\"templateId\", \"newId\", \"values\"}`", null);
    }
    var slots = new EnumMap<Expr.SlotId, EntityUid>(Expr.SlotId.class);
    values.forEach((name, value) -> {
      EntityUid uid =
          value instanceof Json.Str(var text, _)
              ? PolicyParser.parseNormalEntity(Source.of(name, text), diagnostics)
              : object.member("args") == null
                  ? exprs.uid(value)
                  : error(value, "expected an entity as text, found " + value.kindName(), null);
      Expr.SlotId slot = ExprJsonReader.slot(name);
      if (slot == null) {
        String known = "slots are `?principal` and `?resource`";
        diagnostics.error(
            "C0440", value.place().spanOr(source.span(0, 0)), "unknown slot `" + name + "`", known);
      } else if (uid != null) {
        slots.put(slot, uid);
      }
    });
    Template template = templates.get(templateId);
    if (template == null) {
      String hint = DidYouMean.hint(templateId, templates.keySet());
      Json place = member(object, "templateId", "template_id");
      if (policies.contains(templateId)) {
        diagnostics.error(
            NO_TEMPLATE,
            (place == null ? json : place).place().spanOr(source.span(0, 0)),
            "expected a template, but `" + templateId + "` is a static policy",
            hint);
        return null;
      }
      return misfit(place, "no template `" + templateId + "`", hint, null);
    }
    if (!diagnostics.hasErrors() && !slots.keySet().equals(template.slots())) {
      String wanted =
          template.slots().stream()
              .map(slot -> "`" + slot.word() + "`")
              .collect(Collectors.joining(", "));
      return misfit(json, "the template `" + templateId + "` has the slots " + wanted, "", null);
    }
    return new Policy(newId, template, slots);
  }

  private static @Nullable Json member(Json.Obj object, String name, String older) {
    Json found = object.member(name);
    return found == null ? object.member(older) : found;
  }

  private static @Nullable String string(Json.Obj object, String name, String older) {
    return member(object, name, older) instanceof Json.Str(var text, _) ? text : null;
  }

  private void members(Json.Obj object, Set<String> known) {
    object
        .members()
        .forEach((name, value) -> {
          if (!known.contains(name)) {
            error(value, "unknown member `" + name + "`", "");
          }
        });
  }

  private @Nullable Template policy(String id, Json json) {
    if (!(json instanceof Json.Obj object)) {
      return error(json, "expected a policy as an object, found " + json.kindName(), null);
    }
    members(
        object, Set.of("effect", "principal", "action", "resource", "conditions", "annotations"));
    Effect effect = effect(object.member("effect"), object);
    Scope principal = scope(object, "principal");
    ActionScope action = actionScope(object);
    Scope resource = scope(object, "resource");
    var conditions = new ArrayList<Template.Condition>();
    if (object.member("conditions") instanceof Json.Arr(var elements, _)) {
      for (Json element : elements) {
        Template.Condition condition = condition(element);
        if (condition != null) {
          conditions.add(condition);
        }
      }
    } else {
      error(object, "a policy without `conditions`", "");
    }
    return new Template(
        id,
        annotations(object.member("annotations")),
        effect,
        principal,
        action,
        resource,
        conditions,
        json.place());
  }

  private SequencedMap<String, String> annotations(@Nullable Json json) {
    var annotations = new LinkedHashMap<String, String>();
    if (json instanceof Json.Obj(var members, _)) {
      members.forEach((key, value) -> {
        if (!CedarText.isIdentifier(key)) {
          error(value, "`" + key + "` is not the name of an annotation", "");
        } else if (value instanceof Json.Str(var text, _)) {
          annotations.put(key, text);
        } else if (value instanceof Json.Null) {
          annotations.put(key, "");
        } else {
          error(value, "expected an annotation as a string, found " + value.kindName(), "");
        }
      });
    } else if (json != null) {
      error(json, "expected annotations as an object, found " + json.kindName(), "");
    }
    return annotations;
  }

  private Effect effect(@Nullable Json json, Json policy) {
    for (Effect effect : Effect.values()) {
      if (json instanceof Json.Str(var word, _) && word.equals(effect.word())) {
        return effect;
      }
    }
    return error(
        json == null ? policy : json,
        "expected `effect` to be `permit` or `forbid`",
        Effect.FORBID);
  }

  private Template.@Nullable Condition condition(Json json) {
    if (json instanceof Json.Obj object
        && object.member("kind") instanceof Json.Str(var kind, _)
        && object.member("body") instanceof Json.Obj body
        && (kind.equals("when") || kind.equals("unless"))) {
      members(object, Set.of("kind", "body"));
      Expr expr = exprs.expr(body);
      if (expr == null) {
        return null;
      }
      if (ExprJsonReader.hasSlot(expr)) {
        return error(body, "slots belong into the scope", null);
      }
      return new Template.Condition(kind.equals("unless"), expr, json.place());
    }
    return error(json, "expected `{\"kind\": \"when\" or \"unless\", \"body\": …}`", null);
  }

  private Scope scope(Json.Obj policy, String name) {
    var any = new Scope.Any();
    if (!(policy.member(name) instanceof Json.Obj object
        && object.member("op") instanceof Json.Str(var operator, _))) {
      return error(policy, "expected `" + name + "` as `{\"op\": …}`", any);
    }
    return switch (operator) {
      case "All" -> any;
      case "==", "in" -> {
        Scope.Reference to = reference(object, name);
        yield to == null ? any : operator.equals("==") ? new Scope.Equal(to) : new Scope.In(to);
      }
      case "is" -> is(object, name);
      default -> error(object, "expected `op` to be `All`, `==`, `in` or `is`", any);
    };
  }

  private Scope is(Json.Obj object, String name) {
    if (!(object.member("entity_type") instanceof Json.Str(var type, var place))
        || !CedarText.isName(type)) {
      return error(object, "expected `entity_type` to name an entity type", new Scope.Any());
    }
    Json in = object.member("in");
    if (in == null) {
      return new Scope.Is(type.intern(), place);
    }
    Scope.Reference to = in instanceof Json.Obj inner ? reference(inner, name) : null;
    return to == null
        ? error(in, "expected `in` as `{\"entity\": …}` or `{\"slot\": …}`", new Scope.Any())
        : new Scope.IsIn(type.intern(), place, to);
  }

  private Scope.@Nullable Reference reference(Json.Obj object, String name) {
    if (object.member("slot") instanceof Json.Str(var slot, var place)) {
      return slot.equals("?" + name)
          ? new Scope.Reference.Gap(place)
          : error(object, "expected the slot `?" + name + "`", null);
    }
    Json entity = object.member("entity");
    if (entity == null) {
      return error(object, "expected `entity` or `slot`", null);
    }
    EntityUid uid = exprs.uid(entity);
    return uid == null ? null : new Scope.Reference.To(uid, entity.place());
  }

  private ActionScope actionScope(Json.Obj policy) {
    var any = new ActionScope.Any();
    if (!(policy.member("action") instanceof Json.Obj object
        && object.member("op") instanceof Json.Str(var operator, _))) {
      return error(policy, "expected `action` as `{\"op\": …}`", any);
    }
    if (operator.equals("All")) {
      return any;
    }
    if (operator.equals("in") && object.member("entities") instanceof Json.Arr(var elements, _)) {
      var actions = new ArrayList<EntityUid>();
      var places = new ArrayList<Place>();
      for (Json element : elements) {
        EntityUid action = action(element);
        if (action != null) {
          actions.add(action);
          places.add(element.place());
        }
      }
      return new ActionScope.InList(actions, places);
    }
    Json entity = object.member("entity");
    EntityUid action = entity == null ? null : action(entity);
    if (entity == null || !(operator.equals("==") || operator.equals("in"))) {
      return error(
          object, "expected `op` to be `All`, `==` or `in`, with `entity` or `entities`", any);
    }
    if (action == null) {
      return any;
    }
    return operator.equals("==")
        ? new ActionScope.Equal(action, entity.place())
        : new ActionScope.In(action, entity.place());
  }

  private @Nullable EntityUid action(Json json) {
    EntityUid uid = new ValueJson(source, diagnostics).uid(json);
    return uid == null || uid.isAction()
        ? uid
        : error(json, "expected an action, found an entity of type `" + uid.type() + "`", null);
  }
}
