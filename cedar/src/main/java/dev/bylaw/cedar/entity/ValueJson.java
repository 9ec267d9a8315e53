package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.extension.ExtensionCall;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Interned;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from JSON, by their type where it is known, and writes them.
 *
 * <p>With a type, {@code {"type": …, "id": …}} is an entity and a string an extension value;
 * without one, only the escapes {@code __entity} and {@code __extn} are.
 */
public final class ValueJson {
  private static final String ENTITY = "__entity";
  private static final String EXTENSION = "__extn";

  private final Source source;
  private final Diagnostics diagnostics;
  private final boolean mustFit;

  /** A reader of the JSON of a source; values must be of the types that are asked for. */
  public ValueJson(Source source, Diagnostics diagnostics) {
    this(source, diagnostics, true);
  }

  /**
   * A reader of the JSON of a source.
   *
   * @param mustFit whether values must be of the types that are asked for; else a type only says
   *     how the JSON is read, and a value of another entity type, extension type or primitive type
   *     is what it is
   */
  public ValueJson(Source source, Diagnostics diagnostics, boolean mustFit) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.mustFit = mustFit;
  }

  /** The value, or null if it is none, which is reported. */
  public @Nullable Value value(Json json, @Nullable Type type) {
    return type == null ? untyped(json) : typed(json, type);
  }

  private @Nullable Value typed(Json json, Type type) {
    return switch (type) {
      case Type.Entity(var name) -> {
        EntityUid uid = uid(json);
        if (uid != null && !uid.type().equals(name)) {
          mismatch(json, type, uid.typeName());
        }
        yield uid;
      }
      case Type.Extension(var kind) -> extension(json, kind);
      case Type.SetOf(var element) when json instanceof Json.Arr(var elements, _) ->
          set(elements, element);
      case Type.RecordOf(var attributes, _) when json instanceof Json.Obj object ->
          record(object, attributes);
      default -> {
        Value value = untyped(json);
        boolean nested = type instanceof Type.SetOf || type instanceof Type.RecordOf;
        if (nested && value != null) {
          yield error("C0410", json, expected(type, value.typeName()), "");
        }
        if (value != null && !Conformance.isOf(value, type)) {
          mismatch(json, type, value.typeName());
        }
        yield value;
      }
    };
  }

  private void mismatch(Json json, Type type, String found) {
    if (mustFit) {
      error("C0410", json, expected(type, found), "");
    }
  }

  private static String expected(Type type, String found) {
    return "expected `" + type + "`, found " + found;
  }

  private @Nullable Value untyped(Json json) {
    return switch (json) {
      case Json.Str(var text, _) -> new Value.Text(text);
      case Json.Int(var number, _) -> new Value.Int(number);
      case Json.Bool(var value, _) -> Value.Bool.of(value);
      case Json.Arr(var elements, _) -> set(elements, null);
      case Json.Obj object -> object(object);
      case Json.Null _, Json.Other _ ->
          error("C0411", json, "expected a value, found " + json.kindName(), "");
    };
  }

  private @Nullable Value set(List<Json> elements, @Nullable Type type) {
    var values = new ArrayList<Value>(elements.size());
    for (Json element : elements) {
      Value value = value(element, type);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == elements.size() ? SetValue.of(values) : null;
  }

  private @Nullable Value object(Json.Obj object) {
    if (object.members().size() == 1) {
      if (object.member(ENTITY) instanceof Json.Obj inner && isUid(inner)) {
        return uid(inner);
      }
      if (object.member(EXTENSION) instanceof Json.Obj call
          && call.member("fn") instanceof Json.Str) {
        return call(call);
      }
      if (object.member("__expr") instanceof Json.Str) {
        return error(
            "C0412", object, "`__expr` is no longer supported", "use `__entity` or `__extn`");
      }
    }
    return record(object);
  }

  private @Nullable RecordValue record(Json.Obj object) {
    var values = new LinkedHashMap<String, Value>();
    object.members().forEach((name, json) -> put(values, name, value(json, null)));
    return values.size() == object.members().size() ? RecordValue.of(values) : null;
  }

  private static void put(Map<String, Value> values, String name, @Nullable Value value) {
    if (value != null) {
      values.put(Interned.name(name), value);
    }
  }

  private @Nullable RecordValue record(Json.Obj object, Map<String, Type.Attribute> attributes) {
    var values = new LinkedHashMap<String, Value>();
    for (var member : object.members().entrySet()) {
      Type.Attribute attribute = attributes.get(member.getKey());
      if (attribute == null) {
        String hint = DidYouMean.hint(member.getKey(), attributes.keySet());
        String message = "unexpected attribute `" + member.getKey() + "`";
        error("C0413", member.getValue(), message, hint);
      } else {
        put(values, member.getKey(), value(member.getValue(), attribute.type()));
      }
    }
    attributes.forEach((name, attribute) -> {
      if (attribute.required() && object.member(name) == null) {
        error("C0414", object, "missing attribute `" + name + "`", "");
      }
    });
    return values.size() == object.members().size() ? RecordValue.of(values) : null;
  }

  private static boolean isUid(Json.Obj object) {
    return object.member("type") instanceof Json.Str && object.member("id") instanceof Json.Str;
  }

  /** The entity reference, with or without its escape, or null if it is none. */
  public @Nullable EntityUid uid(Json json) {
    Json escaped = json instanceof Json.Obj object ? object.member(ENTITY) : null;
    Json inner = escaped == null ? json : escaped;
    if (inner instanceof Json.Obj object
        && object.member("type") instanceof Json.Str(var type, _)
        && object.member("id") instanceof Json.Str(var id, _)) {
      EntityUid uid = EntityUid.ofText(type, id);
      if (uid == null) {
        error("C0415", object, "`" + type + "` is not the name of an entity type", "");
      }
      return uid;
    }
    error(
        "C0416",
        json,
        "expected an entity, found " + json.kindName(),
        "write `{\"type\": \"User\", \"id\": \"alice\"}`");
    return null;
  }

  private @Nullable Value extension(Json json, ExtensionFunction.Kind kind) {
    Value value;
    if (json instanceof Json.Str(var text, _)) {
      value = constructed(json, constructor(kind), text);
    } else if (json instanceof Json.Obj object) {
      Json call = object.member(EXTENSION) instanceof Json.Obj escaped ? escaped : object;
      value = call(call);
    } else {
      return error(
          "C0417", json, "expected `" + kind.typeName() + "`, found " + json.kindName(), "");
    }
    if (value != null && !Conformance.isOf(value, Type.of(kind))) {
      mismatch(json, Type.of(kind), value.typeName());
    }
    return value;
  }

  /** The function that makes values of a type out of strings. */
  static ExtensionFunction constructor(ExtensionFunction.Kind kind) {
    return switch (kind) {
      case DECIMAL -> ExtensionFunction.DECIMAL;
      case IPADDR -> ExtensionFunction.IP;
      case DATETIME -> ExtensionFunction.DATETIME;
      case DURATION -> ExtensionFunction.DURATION;
      case BOOL, LONG, STRING -> throw new IllegalArgumentException("not constructed: " + kind);
    };
  }

  private @Nullable Value constructed(Json json, ExtensionFunction constructor, String text) {
    Value value = ExtensionCall.construct(constructor, text);
    return value != null
        ? value
        : error(
            "C0418", json, CedarText.quote(text) + " is no " + constructor.result().typeName(), "");
  }

  private @Nullable Value call(Json json) {
    if (!(json instanceof Json.Obj object
        && object.member("fn") instanceof Json.Str(var name, _))) {
      return error("C0419", json, "expected `{\"fn\": …, \"arg\": …}`", "");
    }
    ExtensionFunction function = ExtensionFunction.named(name).orElse(null);
    if (function == null) {
      String hint =
          DidYouMean.hint(name, ExtensionFunction.names(ExtensionFunction.Style.CONSTRUCTOR));
      return error("C0419", json, "unknown function `" + name + "`", hint);
    }
    Json single = object.member("arg");
    List<Json> arguments =
        single != null
            ? List.of(single)
            : object.member("args") instanceof Json.Arr(var several, _) ? several : List.of();
    var values = new ArrayList<Value>();
    for (Json argument : arguments) {
      Value value = untyped(argument);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    Value result = ExtensionCall.apply(function, values.toArray(Value[]::new));
    return result != null
        ? result
        : error("C0418", json, "`" + name + "` cannot be applied to " + values, "");
  }

  private @Nullable Value error(String code, Json json, String message, String hint) {
    diagnostics.error(code, span(json), message, hint);
    return null;
  }

  private Span span(Json json) {
    return json.place().spanOr(source.span(0, 0));
  }

  /** The JSON of a value, with escapes. */
  public static Json json(Value value) {
    return switch (value) {
      case Value.Bool(var truth) -> Json.bool(truth);
      case Value.Int(var number) -> Json.integer(number);
      case Value.Text(var text) -> Json.string(text);
      case EntityUid uid -> Json.object(ENTITY, uidJson(uid));
      case SetValue set -> Json.array(set.elements().stream().map(ValueJson::json).toList());
      case RecordValue record -> recordJson(record);
      case DecimalValue decimal -> call("decimal", decimal.text());
      case IpValue ip -> call("ip", ip.text());
      case DurationValue span -> call("duration", span.text());
      case DatetimeValue at ->
          Json.object(
              EXTENSION,
              Json.object(
                  "fn",
                  Json.string("offset"),
                  "args",
                  Json.array(
                      List.of(
                          call("datetime", "1970-01-01"),
                          call("duration", at.epochMillis() + "ms")))));
    };
  }

  /** The JSON of an entity reference, without its escape. */
  public static Json uidJson(EntityUid uid) {
    return Json.object("type", Json.string(uid.type()), "id", Json.string(uid.id()));
  }

  /** The JSON of a record. */
  public static Json recordJson(RecordValue record) {
    var members = new LinkedHashMap<String, Json>();
    record.attributes().forEach((name, value) -> members.put(name, json(value)));
    return Json.object(members);
  }

  private static Json call(String function, String argument) {
    return Json.object(
        EXTENSION, Json.object("fn", Json.string(function), "arg", Json.string(argument)));
  }
}
