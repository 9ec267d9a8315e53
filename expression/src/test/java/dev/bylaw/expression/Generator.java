package dev.bylaw.expression;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes expressions and inputs at random: well-typed ones for the most part, with keys that are
 * missing and values of the wrong kind among them.
 *
 * <p>Numbers keep to where CEL and we mean the same: arithmetic is on operands of one known type,
 * and decimals are quarters, which binary holds exactly. What dev.cel 0.14.0 fails at by mistake is
 * left out: {@code ''.indexOf('a')}, {@code ''.split('a', -1)}, durations below zero with a
 * fraction in arithmetic, the text of durations of more than 292 years, and {@code x['k'] < 1}
 * without {@code dyn()} round the index, whose type its checker takes for the first that fits.
 */
final class Generator {
  private static final List<String> TEXTS =
      List.of(
          "''", "'a'", "'b'", "'abc'", "'Abc d'", "'a,b,,c'", "'  x '", "'äöü'", "'😀b'", "'1'");
  private static final List<String> PATTERNS =
      List.of("'a'", "'^a'", "'b$'", "'[a-c]+'", "'^$'", "'a|😀'", "'('", "'\\\\d{1,2}'");
  private static final List<String> TIMESTAMPS =
      List.of(
          "timestamp('2026-01-31T08:00:00Z')",
          "timestamp('2024-02-29T23:59:59+02:00')",
          "timestamp('0001-01-01T00:00:00Z')",
          "timestamp('2026-02-30T00:00:00Z')",
          "timestamp(p.when)",
          "timestamp(1700000000)",
          "now");
  private static final List<String> DURATIONS =
      List.of(
          "duration('1h30m')",
          "duration('-2s')",
          "duration('3s')",
          "duration('36h')",
          "duration('1d')",
          "duration(p.span)",
          "duration('900000000s')");
  private static final List<String> FIELDS =
      List.of(
          "getFullYear()",
          "getMonth()",
          "getDate()",
          "getDayOfMonth()",
          "getDayOfWeek()",
          "getDayOfYear('Europe/Berlin')",
          "getHours('-02:30')",
          "getHours()",
          "getMinutes()",
          "getSeconds()",
          "getMilliseconds()");
  private static final List<String> PATHS =
      List.of(
          "p.i",
          "p.d",
          "p.s",
          "p.b",
          "p.z",
          "p.li",
          "p.ls",
          "p.m",
          "p.lm",
          "p.m.x",
          "p.gone",
          "p.m.gone",
          "dyn(p['s'])",
          "dyn(p.li[0])",
          "dyn(p.ls[1])",
          "dyn(p.lm[0].k)",
          "dyn(p.li[7])",
          "dyn(p.m['y'])",
          "action");

  private final RandomGenerator random;
  private final Deque<String> locals = new ArrayDeque<>();

  Generator(RandomGenerator random) {
    this.random = random;
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  private final String any(Supplier<String>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  /** An expression of any type. */
  String expression(int depth) {
    return any(
        () -> bool(depth),
        () -> bool(depth),
        () -> bool(depth),
        () -> whole(depth),
        () -> quarter(depth),
        () -> text(depth),
        () -> list(depth),
        () -> timestamp(depth),
        () -> duration(depth),
        () -> "{" + text(1) + ": " + text(1) + ", 'k': " + text(depth - 1) + "}",
        () -> dynamic());
  }

  private String dynamic() {
    return !locals.isEmpty() && random.nextBoolean() ? locals.peek() : one(PATHS);
  }

  private String bool(int depth) {
    if (depth <= 0) {
      return any(() -> "true", () -> "false", () -> "p.b", this::dynamic);
    }
    int next = depth - 1;
    return any(
        () -> "(" + bool(next) + " && " + bool(next) + ")",
        () -> "(" + bool(next) + " || " + bool(next) + ")",
        () -> bool(next) + " && " + bool(next) + " && " + bool(next),
        () -> "!(" + bool(next) + ")",
        () -> "(" + bool(next) + " ? " + bool(next) + " : " + bool(next) + ")",
        () -> comparison(next),
        () -> comparison(next),
        () -> comparison(next),
        () ->
            "has(" + one(List.of("p.i", "p.gone", "p.m.x", "p.m.gone", "p.s.x", "p.gone.x")) + ")",
        () -> loop(next, one(List.of("all", "exists", "exists_one"))),
        () ->
            text(next)
                + one(List.of(".startsWith(", ".endsWith(", ".contains("))
                + text(next)
                + ")",
        () -> text(next) + ".matches(" + one(PATTERNS) + ")",
        () -> dynamic() + " in " + any(() -> list(next), () -> dynamic(), () -> "['a', 'abc']"),
        () ->
            "type("
                + one(List.of("p.s", "p.b", "p.z", "p.li", "p.m", "now"))
                + ") == "
                + one(List.of("string", "bool", "null_type", "list", "map", "type('a')")),
        () -> "bool(" + one(List.of("'true'", "'False'", "'0'", "'yes'", "p.b", "p.s")) + ")");
  }

  private String comparison(int depth) {
    String relation = one(List.of(" < ", " <= ", " > ", " >= "));
    String equality = one(List.of(" == ", " != "));
    return any(
        () -> whole(depth) + relation + whole(depth),
        () -> whole(depth) + relation + quarter(depth),
        () -> unsigned(depth) + relation + whole(depth),
        () -> unsigned(depth) + equality + unsigned(depth),
        () -> dynamic() + relation + any(() -> whole(0), () -> quarter(0), () -> "'abc'"),
        () -> quarter(0) + relation + dynamic(),
        () ->
            dynamic()
                + equality
                + any(() -> "1", () -> "0.25", () -> "'a'", () -> "null", () -> "true"),
        () -> dynamic() + equality + dynamic(),
        () -> dynamic() + relation + dynamic(),
        () -> text(depth) + equality + text(depth),
        () -> text(depth) + relation + text(depth),
        () -> list(depth) + equality + dynamic(),
        () -> timestamp(depth) + relation + timestamp(depth),
        () -> duration(depth) + relation + duration(depth),
        () -> "dyn(" + whole(depth) + ")" + equality + quarter(depth));
  }

  private String loop(int depth, String macro) {
    String range = any(() -> list(depth), this::dynamic, () -> "p.lm", () -> "p.li", () -> "p.m");
    String local = one(List.of("x", "y", "p"));
    locals.push(local);
    String body = local.equals("p") ? one(List.of("p == 'a'", "p != 1", "p")) : bool(depth);
    locals.pop();
    return range + "." + macro + "(" + local + ", " + body + ")";
  }

  private String whole(int depth) {
    if (depth <= 0) {
      return any(
          () -> Integer.toString(random.nextInt(20)),
          () -> Integer.toString(random.nextInt(20)),
          () -> "9223372036854775807",
          () -> "-3");
    }
    int next = depth - 1;
    return any(
        () ->
            "(" + whole(next) + one(List.of(" + ", " - ", " * ", " / ", " % ")) + whole(next) + ")",
        () -> "-(" + whole(next) + ")",
        () -> "size(" + any(() -> text(next), () -> list(next), this::dynamic) + ")",
        () ->
            "int("
                + any(
                    () -> quarter(next),
                    () -> "'42'",
                    () -> "p.s",
                    () -> "p.i",
                    () -> "p.d",
                    () -> timestamp(next),
                    () -> unsigned(next))
                + ")",
        () -> timestamp(next) + "." + one(FIELDS),
        () -> duration(next) + ".getMinutes()",
        () -> "('_' + " + text(next) + ").indexOf(" + text(next) + ")",
        () -> text(next) + ".lastIndexOf('b')",
        () -> "[1, 2, 3].map(x, x / 2)[" + random.nextInt(4) + "]",
        () -> "(" + bool(next) + " ? " + whole(next) + " : " + whole(next) + ")");
  }

  private String unsigned(int depth) {
    if (depth <= 0) {
      return any(() -> random.nextInt(9) + "u", () -> "18446744073709551615u");
    }
    int next = depth - 1;
    return any(
        () ->
            "("
                + unsigned(next)
                + one(List.of(" + ", " - ", " * ", " / ", " % "))
                + unsigned(next)
                + ")",
        () ->
            "uint(" + any(() -> whole(next), () -> quarter(next), () -> "'7'", () -> "'-7'") + ")");
  }

  /**
   * A decimal that is so many quarters; products stay far below what binary holds, and none is the
   * zero below zero, which dev.cel holds for another number than 0.
   */
  private String quarter(int depth) {
    if (depth <= 0) {
      return BigDecimal.valueOf(random.nextInt(80) - 40L)
          .multiply(new BigDecimal("0.25"))
          .toPlainString();
    }
    return any(
        () -> "(" + quarter(0) + one(List.of(" + ", " - ", " * ")) + quarter(0) + " + 0.0)",
        () -> "(" + quarter(0) + " / " + one(List.of("0.5", "2.0", "-4.0")) + " + 0.0)",
        () -> "(-(" + quarter(0) + ") + 0.0)",
        () ->
            "double("
                + any(() -> "'1.25'", () -> "'x'", () -> "7", () -> "p.d", () -> "p.s")
                + ")");
  }

  private String text(int depth) {
    if (depth <= 0) {
      return any(
          () -> one(TEXTS), () -> one(TEXTS), () -> "p.s", () -> "action", () -> "string(p.s)");
    }
    int next = depth - 1;
    return any(
        () -> "(" + text(next) + " + " + text(next) + ")",
        () -> text(next) + one(List.of(".lowerAscii()", ".upperAscii()", ".trim()")),
        () -> text(next) + ".substring(" + random.nextInt(3) + ")",
        () -> text(next) + ".substring(" + random.nextInt(3) + ", " + random.nextInt(4) + ")",
        () -> text(next) + ".charAt(" + random.nextInt(4) + ")",
        () ->
            text(next)
                + ".replace("
                + text(0)
                + ", 'zz'"
                + one(List.of("", ", 1", ", -1", ", 0"))
                + ")",
        () ->
            text(next)
                + ".split("
                + one(List.of("','", "''", "'b'"))
                + ").join("
                + one(List.of("", "'+'"))
                + ")",
        () ->
            "string("
                + any(
                    () -> whole(next),
                    () -> unsigned(0),
                    () -> timestamp(next),
                    () -> duration(next),
                    () -> "true",
                    () -> "b'abc'")
                + ")",
        () -> one(List.of("p.ls", "['a', 'b']")) + "[" + random.nextInt(3) + "]",
        () -> "{'a': 'x', 'b': 'y'}[" + text(0) + "]",
        () -> "(" + bool(next) + " ? " + text(next) + " : " + text(next) + ")");
  }

  private String list(int depth) {
    if (depth <= 0) {
      return one(List.of("p.ls", "p.li", "['a', 'b', 'abc']", "[]", "[1, 2, 3]"));
    }
    int next = depth - 1;
    return any(
        () -> "[" + text(next) + ", " + text(next) + "]",
        () -> "[" + text(next) + ", " + whole(next) + ", null]",
        () -> "(" + list(next) + " + " + list(next) + ")",
        () ->
            "('_' + "
                + text(next)
                + ").split("
                + one(List.of("','", "''", "'b', 2", "',', 0", "'a', -1"))
                + ")",
        () -> "[" + timestamp(next) + ", " + timestamp(next) + "]",
        () -> loop(next, "filter"),
        () -> mapped(next));
  }

  private String mapped(int depth) {
    String local = one(List.of("x", "y"));
    String range = any(() -> list(depth), () -> "p.lm", () -> "p.m");
    locals.push(local);
    String body =
        any(
            () -> text(depth),
            this::dynamic,
            () -> "[" + dynamic() + "]",
            () -> "size(" + dynamic() + ")");
    String filter = random.nextInt(4) == 0 ? bool(depth) + ", " : "";
    locals.pop();
    return range + ".map(" + local + ", " + filter + body + ")";
  }

  private String timestamp(int depth) {
    return depth <= 0
        ? one(TIMESTAMPS)
        : any(
            () -> one(TIMESTAMPS),
            () ->
                "("
                    + timestamp(depth - 1)
                    + one(List.of(" + ", " - "))
                    + duration(depth - 1)
                    + ")");
  }

  private String duration(int depth) {
    return depth <= 0
        ? one(DURATIONS)
        : any(
            () -> one(DURATIONS),
            () -> "(" + timestamp(depth - 1) + " - " + timestamp(depth - 1) + ")",
            () ->
                "(" + duration(depth - 1) + one(List.of(" + ", " - ")) + duration(depth - 1) + ")");
  }

  /** An object for {@code p}: each key at times missing, or of another kind. */
  ObjectValue input() {
    ObjectValue.Builder p = ObjectValue.builder();
    put(p, "i", NumberValue.of(random.nextInt(10) - 2L));
    put(
        p,
        "d",
        NumberValue.of(new BigDecimal("0.25").multiply(BigDecimal.valueOf(random.nextInt(40)))));
    put(p, "s", word());
    put(p, "b", BooleanValue.of(random.nextBoolean()));
    put(p, "z", NullValue.NULL);
    put(p, "li", ArrayValue.of(scalar(), NumberValue.of(random.nextInt(5)), NumberValue.of(2)));
    put(p, "ls", ArrayValue.of(word(), word()));
    put(p, "m", ObjectValue.of("x", scalar(), "a", word()));
    put(
        p,
        "lm",
        ArrayValue.of(ObjectValue.of("k", scalar()), ObjectValue.of("k", word(), "s", scalar())));
    put(p, "when", StringValue.of(random.nextBoolean() ? "2026-11-22T10:30:00Z" : "yesterday"));
    put(p, "span", StringValue.of(random.nextBoolean() ? "90m" : "soon"));
    return p.build();
  }

  private void put(ObjectValue.Builder object, String key, Value value) {
    int chance = random.nextInt(10);
    if (chance > 0) {
      object.put(key, chance == 1 ? scalar() : value);
    }
  }

  private Value scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> NullValue.NULL;
      case 1 -> BooleanValue.of(random.nextBoolean());
      case 2 -> NumberValue.of(random.nextInt(5));
      case 3 -> NumberValue.of(new BigDecimal("1.25"));
      default -> word();
    };
  }

  private Value word() {
    return StringValue.of(List.of("", "a", "b", "abc", "äö", "😀", "12").get(random.nextInt(7)));
  }
}
