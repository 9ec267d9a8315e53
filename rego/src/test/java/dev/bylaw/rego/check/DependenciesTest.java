package dev.bylaw.rego.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependenciesTest {
  private static final Policy POLICY =
      Policy.compile(
          List.of(
              Source.of(
                  "p.rego",
                  """
                  package app

                  import data.roles as r

                  default allow := false

                  allow if {
                    user := input.user
                    "admin" in r.of[user.name]
                  }

                  allow if helper(input.x)

                  helper(x) if x > data.limits.n

                  denied contains k if {
                    some k, v in input.attrs
                    v == "bad"
                  }

                  level := 1 if input.a else := 2 if {
                    count(input.a.b) > 1
                    input.b
                  }

                  inside.deep[x] := y if some x, y in denied
                  """)),
          Options.standard());

  private static String written(List<ArrayValue> paths) {
    return String.join(
        " ",
        paths.stream()
            .map(p -> String.join(".", p.elements().stream().map(DependenciesTest::key).toList()))
            .toList());
  }

  private static String key(dev.bylaw.value.Value v) {
    return v.toString().replace("\"", "");
  }

  /** As {@code opa deps} 1.22.2 answers. */
  @ParameterizedTest
  @CsvSource({
    "data.app.allow, data.limits.n data.roles.of input.user.name input.x,"
        + " data.app.allow data.app.helper",
    "data.app.denied, input.attrs, data.app.denied",
    "data.app.level, input.a input.b, data.app.level",
    "data.app.inside, input.attrs, data.app.denied data.app.inside.deep",
    "data.app.inside.deep.q, input.attrs, data.app.denied data.app.inside.deep",
    "data.app[x], data.limits.n data.roles.of input.a input.attrs input.b input.user.name input.x,"
        + " data.app.allow data.app.denied data.app.helper data.app.inside.deep data.app.level",
    "input.x, input.x, ''",
    "data.nope.x, data.nope.x, ''",
    "x := 1, '', ''",
    "x := input.a; x.b == 1, input.a, ''",
    "[x | x := input.z.a[_]], input.z.a, ''",
    "data.app.denied with input.attrs as data.w, data.w input.attrs, data.app.denied",
  })
  void aQueryDependsOnWhatItAndItsRulesRead(String query, String base, String virtual) {
    Dependencies found = POLICY.dependencies(query);
    assertThat(written(found.base())).isEqualTo(base);
    assertThat(written(found.virtual())).isEqualTo(virtual);
  }

  @Test
  void aQueryThatIsWrongIsRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> POLICY.dependencies("x == 1"))
        .isInstanceOf(dev.bylaw.syntax.DiagnosticsException.class)
        .hasMessageContaining("var x is unsafe");
  }
}
