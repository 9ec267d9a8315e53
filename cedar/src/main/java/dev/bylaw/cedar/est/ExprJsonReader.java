package dev.bylaw.cedar.est;

import dev.bylaw.cedar.entity.ValueJson;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.text.Pattern;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads expressions from JSON; null is what has been reported. */
final class ExprJsonReader {
  private static final int DEEPEST = 200;
  private static final Map<String, Expr.BinaryOperator> BINARY =
      Arrays.stream(Expr.BinaryOperator.values())
          .collect(Collectors.toMap(Expr.BinaryOperator::word, Function.identity()));
  private static final Map<String, Expr.UnaryOperator> UNARY =
      Arrays.stream(Expr.UnaryOperator.values())
          .collect(Collectors.toMap(Expr.UnaryOperator::word, Function.identity()));

  private final Source source;
  private final Diagnostics diagnostics;
  private final ValueJson values;
  private int depth;

  ExprJsonReader(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.values = new ValueJson(source, diagnostics);
  }

  private @Nullable Expr error(Json json, String message) {
    diagnostics.error("C0441", json.place().spanOr(source.span(0, 0)), message);
    return null;
  }

  @Nullable EntityUid uid(Json json) {
    return values.uid(json);
  }

  static Expr.@Nullable SlotId slot(String word) {
    for (Expr.SlotId slot : Expr.SlotId.values()) {
      if (slot.word().equals(word)) {
        return slot;
      }
    }
    return null;
  }

  static boolean hasSlot(Expr expr) {
    return expr instanceof Expr.Slot || expr.children().stream().anyMatch(ExprJsonReader::hasSlot);
  }

  @Nullable Expr expr(Json json) {
    if (!(json instanceof Json.Obj(var members, var place)) || members.size() != 1) {
      return error(json, "expected an expression as an object with one member");
    }
    if (depth >= DEEPEST) {
      return error(json, "nested more than " + DEEPEST + " levels deep");
    }
    depth++;
    try {
      var member = members.firstEntry();
      refuseUnknown(member.getKey(), member.getValue());
      return expr(member.getKey(), member.getValue(), place);
    } finally {
      depth--;
    }
  }

  private @Nullable Expr expr(String key, Json body, Place place) {
    Expr.UnaryOperator unary = UNARY.get(key);
    if (unary != null) {
      Expr operand = child(body, "arg");
      return operand == null ? null : new Expr.Unary(unary, operand, place);
    }
    Expr.BinaryOperator binary = BINARY.get(key);
    if (binary != null) {
      Expr left = child(body, "left");
      Expr right = child(body, "right");
      return left == null || right == null ? null : new Expr.Binary(binary, left, right, place);
    }
    return switch (key) {
      case "Value" -> {
        Value value = values.value(body, null);
        yield value == null ? null : written(value, place);
      }
      case "Var" -> variable(body, place);
      case "Slot" -> slotExpr(body, place);
      case "&&", "||" -> chain(key, body, place);
      case "." -> attribute(body, place);
      case "has" -> has(body, place);
      case "like" -> like(body, place);
      case "is" -> is(body, place);
      case "if-then-else" -> {
        Expr test = child(body, "if");
        Expr yes = child(body, "then");
        Expr no = child(body, "else");
        yield test == null || yes == null || no == null ? null : new Expr.If(test, yes, no, place);
      }
      case "Set" -> {
        List<Expr> elements = exprs(body);
        yield elements == null ? null : new Expr.SetOf(elements, place);
      }
      case "Record" -> record(body, place);
      default -> call(key, body, place);
    };
  }

  /** The members of the bodies that are objects. */
  private static Set<String> known(String key) {
    if (UNARY.containsKey(key)) {
      return Set.of("arg");
    }
    if (BINARY.containsKey(key)) {
      return Set.of("left", "right");
    }
    return switch (key) {
      case "&&", "||" -> Set.of("left", "right");
      case ".", "has" -> Set.of("left", "attr");
      case "like" -> Set.of("left", "pattern");
      case "is" -> Set.of("left", "entity_type", "in");
      case "if-then-else" -> Set.of("if", "then", "else");
      default -> Set.of();
    };
  }

  private void refuseUnknown(String key, Json body) {
    Set<String> known = known(key);
    if (!known.isEmpty() && body instanceof Json.Obj(var members, _)) {
      members.forEach((name, member) -> {
        if (!known.contains(name)) {
          String hint = DidYouMean.hint(name, known);
          diagnostics.error(
              "C0441",
              member.place().spanOr(source.span(0, 0)),
              "unknown member `" + name + "` of `" + key + "`",
              hint);
        }
      });
    }
  }

  private @Nullable Expr child(Json body, String name) {
    if (body instanceof Json.Obj object) {
      Json child = object.member(name);
      if (child != null) {
        return expr(child);
      }
    }
    return error(body, "expected an object with `" + name + "`");
  }

  private @Nullable List<Expr> exprs(Json body) {
    if (!(body instanceof Json.Arr(var elements, _))) {
      error(body, "expected an array, found " + body.kindName());
      return null;
    }
    var all = new ArrayList<Expr>();
    for (Json element : elements) {
      Expr expr = expr(element);
      if (expr != null) {
        all.add(expr);
      }
    }
    return all.size() == elements.size() ? all : null;
  }

  private @Nullable Expr slotExpr(Json body, Place place) {
    Expr.SlotId slot = body instanceof Json.Str(var word, _) ? slot(word) : null;
    return slot == null
        ? error(body, "expected `?principal` or `?resource`")
        : new Expr.Slot(slot, place);
  }

  private @Nullable Expr variable(Json body, Place place) {
    for (Expr.Variable variable : Expr.Variable.values()) {
      if (body instanceof Json.Str(var word, _) && word.equals(variable.word())) {
        return new Expr.Var(variable, place);
      }
    }
    return error(body, "expected `principal`, `action`, `resource` or `context`");
  }

  /** Goes down the left sides without recursion: a chain can be long. */
  private @Nullable Expr chain(String key, Json body, Place place) {
    var operands = new ArrayList<Expr>();
    Json at = body;
    while (true) {
      Expr right = child(at, "right");
      if (right == null) {
        return null;
      }
      operands.add(right);
      Json left = at instanceof Json.Obj object ? object.member("left") : null;
      if (left instanceof Json.Obj object
          && object.members().size() == 1
          && object.member(key) instanceof Json.Obj next) {
        at = next;
        continue;
      }
      Expr first = child(at, "left");
      if (first == null) {
        return null;
      }
      operands.add(first);
      Collections.reverse(operands);
      return key.equals("&&") ? new Expr.And(operands, place) : new Expr.Or(operands, place);
    }
  }

  private @Nullable Expr attribute(Json body, Place place) {
    Expr target = child(body, "left");
    if (body instanceof Json.Obj object && object.member("attr") instanceof Json.Str(var name, _)) {
      return target == null ? null : new Expr.Attribute(target, name.intern(), place);
    }
    return error(body, "expected `attr` as a string");
  }

  private @Nullable Expr has(Json body, Place place) {
    Expr target = child(body, "left");
    var path = new ArrayList<String>();
    Json attr = body instanceof Json.Obj object ? object.member("attr") : null;
    if (attr instanceof Json.Str(var name, _)) {
      path.add(name);
    } else if (attr instanceof Json.Arr(var elements, _)) {
      for (Json element : elements) {
        if (element instanceof Json.Str(var name, _)
            && CedarText.isIdentifier(name)
            && !CedarText.isReserved(name)) {
          path.add(name);
        } else {
          return error(element, "expected the name of an attribute");
        }
      }
    }
    if (path.isEmpty()) {
      return error(body, "expected `attr` as a string or an array of names");
    }
    return target == null ? null : new Expr.Has(target, path, place);
  }

  private @Nullable Expr like(Json body, Place place) {
    Expr target = child(body, "left");
    Json written = body instanceof Json.Obj object ? object.member("pattern") : null;
    if (!(written instanceof Json.Arr(var elements, _))) {
      return error(body, "expected `pattern` as an array");
    }
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (Json element : elements) {
      if (element instanceof Json.Str(var word, _) && word.equals("Wildcard")) {
        parts.add(part.toString());
        part.setLength(0);
      } else if (element instanceof Json.Obj object
          && object.member("Literal") instanceof Json.Str(var text, _)) {
        part.append(text);
      } else {
        return error(element, "expected `\"Wildcard\"` or `{\"Literal\": …}`");
      }
    }
    parts.add(part.toString());
    return target == null ? null : new Expr.Like(target, new Pattern(parts), place);
  }

  private @Nullable Expr is(Json body, Place place) {
    Expr target = child(body, "left");
    if (!(body instanceof Json.Obj object
        && object.member("entity_type") instanceof Json.Str(var type, _)
        && CedarText.isName(type))) {
      return error(body, "expected `entity_type` to name an entity type");
    }
    boolean contained = object.member("in") != null;
    Expr container = contained ? child(body, "in") : null;
    if (target == null || (contained && container == null)) {
      return null;
    }
    return new Expr.Is(target, type.intern(), container, place);
  }

  private @Nullable Expr record(Json body, Place place) {
    if (!(body instanceof Json.Obj(var members, _))) {
      return error(body, "expected attributes as an object");
    }
    var attributes = new LinkedHashMap<String, Expr>();
    members.forEach((name, value) -> {
      Expr expr = expr(value);
      if (expr != null) {
        attributes.put(name.intern(), expr);
      }
    });
    return attributes.size() == members.size() ? new Expr.RecordOf(attributes, place) : null;
  }

  private @Nullable Expr call(String name, Json body, Place place) {
    ExtensionFunction function = ExtensionFunction.named(name).orElse(null);
    if (function == null) {
      return error(body, "unknown operator or function `" + name + "`");
    }
    List<Expr> arguments = exprs(body);
    if (arguments != null
        && arguments.isEmpty()
        && function.style() == ExtensionFunction.Style.METHOD) {
      return error(body, "`" + name + "` is a method and needs what it is called on");
    }
    return arguments == null ? null : new Expr.Call(function, arguments, place);
  }

  /** A value as the expression it would be written as. */
  private static Expr written(Value value, Place place) {
    return switch (value) {
      case Value.Bool _, Value.Int _, Value.Text _, EntityUid _ -> new Expr.Literal(value, place);
      case SetValue set ->
          new Expr.SetOf(set.elements().stream().map(e -> written(e, place)).toList(), place);
      case RecordValue record -> {
        var attributes = new LinkedHashMap<String, Expr>();
        record.attributes().forEach((name, each) -> attributes.put(name, written(each, place)));
        yield new Expr.RecordOf(attributes, place);
      }
      case DecimalValue decimal -> made(ExtensionFunction.DECIMAL, decimal.text(), place);
      case IpValue ip -> made(ExtensionFunction.IP, ip.text(), place);
      case DurationValue span -> made(ExtensionFunction.DURATION, span.text(), place);
      case DatetimeValue at ->
          new Expr.Call(
              ExtensionFunction.OFFSET,
              List.of(
                  made(ExtensionFunction.DATETIME, "1970-01-01", place),
                  made(ExtensionFunction.DURATION, at.epochMillis() + "ms", place)),
              place);
    };
  }

  private static Expr made(ExtensionFunction constructor, String text, Place place) {
    return new Expr.Call(
        constructor, List.of(new Expr.Literal(new Value.Text(text), place)), place);
  }
}
