package dev.bylaw.rego.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.TreeValue;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatterTest {
  private static String format(String text) {
    return Formatter.format(Source.of("p.rego", text), Formatting.standard());
  }

  private static String old(String text, Formatting.Target target) {
    var how = Formatting.standard().withDialect(Dialect.V0).withTarget(target);
    return Formatter.format(Source.of("p.rego", text), how);
  }

  @Test
  void layoutIsTheUsualOne() {
    String written =
        """
        package a
        import data.foo as bar
        import data.abc   # trailing
        # above
        p := 1+2*3
        q contains "x" if { true }
        deny contains msg if { msg := "m"; input.a["b"].c["x y"]  # end
           w := [1,2,
             3,4]


           every x in w { x > 1 }
        } else := 4 if false
        f(x) := y if { y := x }
        o := {"a": 1, # one
         "b":
           [ a | a := w[_]; a > 1 ] }
        # last
        """;
    assertThat(format(written.replace("} else := 4 if false", "}")))
        .isEqualTo(
            """
            package a

            import data.abc # trailing
            import data.foo as bar

            # above
            p := 1 + (2 * 3)
            q contains "x"

            deny contains msg if { # end
            \tmsg := "m"
            \tinput.a.b.c["x y"]
            \tw := [
            \t\t1, 2,
            \t\t3, 4,
            \t]

            \tevery x in w { x > 1 }
            }

            f(x) := y if y := x
            o := {
            \t"a": 1, # one
            \t"b": [a | a := w[_]; a > 1],
            }

            # last
            """);
  }

  @Test
  void parenthesesStayWhereTheyMeanSomething() {
    List<String> bodies =
        List.of(
            "x == (a in b)",
            "(1 + 2) * 3",
            "1 - (2 - 3) == 2",
            "(a == b) == c",
            "a == (b == c)",
            "count(x) - 1 == 2",
            "[(a | b) | c]",
            "{(a | b): 1}",
            "[(1, 2 in x), 3]",
            "not x in y",
            "(x | y) & z");
    for (String body : bodies) {
      String text = "package a\n\np if {\n\tinput\n\t" + body + "\n}\n";
      assertThat(tree(format(text), Dialect.V1)).as(body).isEqualTo(tree(text, Dialect.V1));
    }
  }

  @Test
  void v0IsWrittenAsV1OrForBoth() {
    String text =
        """
        package a
        p[x] { x := input.xs[_] }
        q[x] = y { x := 1; y := 2 } { x = 3; y = 4 }
        r { true }
        f(x) = y { y = x } else = 3 { false }
        default u = 1
        """;
    String rules =
        """
        p contains x if x := input.xs[_]

        q[x] := y if {
        \tx := 1
        \ty := 2
        }

        q[x] := y if {
        \tx = 3
        \ty = 4
        }

        r := true

        f(x) := y if y = x

        else := 3 if false

        default u := 1
        """;
    assertThat(old(text, Formatting.Target.V1)).isEqualTo("package a\n\n" + rules);
    assertThat(old(text, Formatting.Target.BOTH))
        .isEqualTo("package a\n\nimport rego.v1\n\n" + rules);
    assertThat(old(text, Formatting.Target.SAME)).contains("p[x] {\n\tx := input.xs[_]\n}\n");
  }

  @Test
  void importsOfKeywordsGoWhereTheDialectHasThem() {
    String text = "package a\n\nimport rego.v1\n\nimport data.x\n\np if x\n";
    var how = Formatting.standard().withDropOldImports(true);
    assertThat(Formatter.format(Source.of("p.rego", text), how))
        .isEqualTo("package a\n\nimport data.x\n\np if x\n");
    assertThat(format(text)).isEqualTo(text);
  }

  @Test
  void differencesAreShownByLines() {
    assertThat(UnifiedDiff.of("p.rego", "a\nb\nc\n", "a\nB\nc\nd\n"))
        .isEqualTo("--- p.rego\n+++ p.rego\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n");
    assertThat(UnifiedDiff.of("p.rego", "a\n", "a\n")).isEmpty();
  }

  private static String tree(String text, Dialect dialect) {
    return TreeValue.of(Parser.module(Source.of("p.rego", text), dialect))
        .without("imports")
        .toString()
        .replaceAll("\\$\\d+", "_")
        .replace("\"generated\":true,", "");
  }

  /** The comments of a text, in order. */
  private static List<String> comments(String text) {
    return Parser.module(Source.of("p.rego", text), Dialect.V1).comments().stream()
        .map(c -> c.text().stripTrailing())
        .sorted()
        .toList();
  }

  @Test
  void whatIsFormattedMeansTheSameAndStaysAsItIsAndKeepsEveryComment() {
    long seed = 20_261_125;
    var random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      String text = new RandomModule(random).text();
      String as = "seed " + seed + ", module " + i + ":\n" + text;
      String formatted = format(text);
      boolean same = tree(formatted, Dialect.V1).equals(tree(text, Dialect.V1));
      assertThat(same).as(as + "\nbecame\n" + formatted).isTrue();
      assertThat(format(formatted)).as(as).isEqualTo(formatted);
      assertThat(comments(formatted)).as(as).isEqualTo(comments(text));
    }
  }

  /** A module of all forms, with white space, line breaks and comments at random. */
  private static final class RandomModule {
    private final Random random;
    private int comments;

    RandomModule(Random random) {
      this.random = random;
    }

    String text() {
      var text = new StringBuilder("package a.b\n\n");
      List<String> imports = new ArrayList<>(List.of("data.x", "input.y as z", "data.a.c"));
      imports.stream()
          .limit(random.nextInt(4))
          .forEach(n -> text.append("import ").append(n).append(end()));
      int rules = 1 + random.nextInt(5);
      for (int i = 0; i < rules; i++) {
        text.append(rule(i)).append(end()).append(random.nextBoolean() ? "\n" : "");
      }
      return text.toString();
    }

    private String one(String... of) {
      return of[random.nextInt(of.length)];
    }

    private String end() {
      return random.nextInt(5) == 0 ? " # c" + comments++ + "\n" : "\n";
    }

    private String gap() {
      return one(" ", " ", "  ", end(), "\t");
    }

    private String rule(int i) {
      String name = "r" + i;
      return switch (random.nextInt(7)) {
        case 0 -> "default " + name + " := " + random.nextInt(9);
        case 1 -> name + " contains " + term(2) + " if " + body();
        case 2 ->
            name + "(x, " + one("y", "[y, 1]", "{\"k\": y}") + ") := " + term(2) + " if " + body();
        case 3 ->
            name + " := " + term(3) + " if " + body() + " else := " + term(1) + " if " + body();
        case 4 -> name + "." + one("k", "k.m") + "[input.x] := " + term(2) + " if " + body();
        case 5 -> name + " := " + term(3);
        default -> name + " if " + body();
      };
    }

    private String body() {
      if (random.nextInt(3) == 0) {
        return literal();
      }
      var text = new StringBuilder("{" + gap());
      int literals = 1 + random.nextInt(3);
      for (int i = 0; i < literals; i++) {
        text.append(literal()).append(random.nextInt(3) == 0 && i < literals - 1 ? "; " : end());
      }
      return text.append("}").toString();
    }

    private String literal() {
      String with = random.nextInt(6) == 0 ? gap().strip() + " with input.q as " + term(1) : "";
      int kind = random.nextInt(8);
      return switch (kind) {
            case 0 -> "not " + atom();
            case 1 -> "some i, v in " + term(1);
            case 2 -> "every k, v in " + term(1) + " {" + gap() + atom() + end() + "}";
            case 3 -> "v" + random.nextInt(100) + " := " + term(2);
            case 4 -> term(2) + " == " + term(2);
            case 5 -> "some w";
            default -> atom();
          }
          + (kind == 5 || with.startsWith("#") ? "" : with);
    }

    private String atom() {
      return one("input.a", "data.x[\"y\"].z[_]", "is_number(input.b)", "r0", "input[\"if\"]");
    }

    private String term(int depth) {
      if (depth == 0) {
        return one(
            "1",
            "\"s\"",
            "`raw`",
            "x",
            "null",
            "1.50",
            "\"\\u00e9\\n\"",
            "-3",
            "[]",
            "{}",
            "set()");
      }
      int d = depth - 1;
      return switch (random.nextInt(10)) {
        case 0 -> "[" + gap() + term(d) + "," + gap() + term(d) + gap() + "]";
        case 1 -> "{" + gap() + "\"k\":" + gap() + term(d) + ", \"l\": " + term(d) + "}";
        case 2 -> "{" + gap() + "7, " + gap() + term(d) + "}";
        case 3 -> "(" + term(d) + one(" + ", " - ", " * ", " & ", " == ", " < ") + term(d) + ")";
        case 4 -> "[x |" + gap() + "x := " + term(d) + "; " + atom() + "]";
        case 5 -> "{x: 1 | " + "x := " + term(d) + end() + atom() + "}";
        case 6 -> "count(" + gap() + term(d) + ")";
        case 7 -> "$\"a {input.x} b\\n{" + one("x", "count(input.y)") + "}\"";
        case 8 -> "{x | x := " + term(d) + "}";
        default -> term(0);
      };
    }
  }
}
