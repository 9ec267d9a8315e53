package dev.bylaw.cedar.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {
  private static final Schema SCHEMA =
      Schema.parse(
          """
          entity User in [Group] { name: String, boss?: User, home: { zip?: Long } } tags Long;
          entity Group;
          entity Photo { owner: User };
          entity Color enum ["red"];
          action view appliesTo { principal: User, resource: Photo, context: { n?: Long } };
          """);

  private static List<Diagnostic> validate(String condition) {
    String text = "permit(principal, action, resource) when { " + condition + " };";
    return new Validator(SCHEMA).validate(PolicySet.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principal.nme == 1 | C0314 | did you mean `name`?",
        "principal.boss.name == \"x\" | C0315 | test for it with `has` before",
        "principal in Grop::\"a\" | C0301 | did you mean `Group`?",
        "action == Action::\"veiw\" | C0302 | did you mean `Action::\"view\"`?",
        "Color::\"rid\" == Color::\"red\" | C0303 | did you mean `red`?",
        "principal.name == 1 | C0311 | ''",
        "[].contains(1) | C0316 | ''",
        "principal.getTag(\"x\") == 1 | C0312 | test for it with `hasTag` before",
        "ip(\"nope\").isIpv4() | C0319 | ''",
        "ip(principal.name).isIpv4() | C0318 | ''"
      })
  void mistakesHaveACodeAndAWayOut(String condition, String code, String hint) {
    assertThat(validate(condition))
        .filteredOn(Diagnostic::isError)
        .extracting(Diagnostic::code)
        .containsOnly(code);
    assertThat(validate(condition)).extracting(Diagnostic::hint).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principal has boss && principal.boss.name == \"x\"",
        "principal has boss.boss && principal.boss.boss.name == \"x\"",
        "principal.hasTag(\"x\") && principal.getTag(\"x\") == 1",
        "if principal has boss then principal.boss == resource.owner else false",
        "!(principal has boss) || principal.name like \"a*\"",
        "principal.home has zip && principal.home.zip > 1"
      })
  void whatIsTestedForMayBeUsed(String condition) {
    assertThat(validate(condition)).filteredOn(Diagnostic::isError).hasSizeLessThanOrEqualTo(1);
    if (!condition.startsWith("!")) {
      assertThat(validate(condition)).isEmpty();
    }
  }

  @Test
  void allMistakesOfAConditionAreToldAtOnce() {
    String chain =
        "principal.nme == \"x\" && (resource.owne == principal || context.m) && context.k";
    assertThat(validate(chain))
        .filteredOn(Diagnostic::isError)
        .extracting(d -> d.span().text())
        .containsExactlyInAnyOrder("principal.nme", "resource.owne", "context.m", "context.k");
  }

  @Test
  void aTypeOfTheScopeIsToldWhereItStands() {
    String text = "permit(principal is Usr in Group::\"g\", action, resource is Phto);";
    assertThat(new Validator(SCHEMA).validate(PolicySet.parse(text)))
        .filteredOn(d -> d.code().equals("C0301"))
        .extracting(d -> d.span().text())
        .containsExactly("Usr", "Phto");
  }

  @Test
  void aPolicyThatNeverAppliesIsAWarning() {
    assertThat(validate("principal is Photo"))
        .singleElement()
        .matches(d -> !d.isError() && d.code().equals("C0332"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, context has n, true",
    "0, principal.name == \"x\", false",
    "1, principal.name == \"x\", true",
    "1, resource.owner.name == \"x\", false",
    "2, resource.owner.name == \"x\", true",
    "1, User::\"a\".name == \"x\", false"
  })
  void levelsBoundHowDeepAPolicyLooks(int level, String condition, boolean fits) {
    String text = "permit(principal, action, resource) when { " + condition + " };";
    var found = new Validator(SCHEMA).validate(PolicySet.parse(text), level);

    assertThat(Validator.hasErrors(found)).isEqualTo(!fits);
  }

  @Test
  void typesThatMultiplyAreDescribedBriefly() {
    var schema = new StringBuilder("type T0 = { x: Long };\n");
    for (int i = 1; i < 60; i++) {
      schema.append("type T").append(i).append(" = { a: T").append(i - 1);
      schema.append(", b: T").append(i - 1).append(" };\n");
    }
    schema.append(
        "entity User; action a appliesTo { principal: User, resource: User, context: T59 };");
    var policies = PolicySet.parse("permit(principal, action, resource) when { context == 1 };");

    var found = new Validator(Schema.parse(schema.toString())).validate(policies);

    assertThat(found).singleElement().extracting(d -> d.message().length()).matches(n -> n < 2_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entity User in Grup; entity Group; | unknown entity type `Grup`",
        "entity User { x: Lnog }; | did you mean `Long`?",
        "type A = { b: B }; type B = { a: A }; | is made of itself",
        "action a in b; action b in a; | is in itself",
        "entity Action; | is the type of actions",
        "type Long = String; | reserved",
        "entity A; entity A; | declared twice",
        "entity A; namespace N { entity A; } | shadows",
        "action a appliesTo { principal: [], resource: [] }; | which is invalid",
        "entity E in F enum [\"x\"]; | expected `;`"
      })
  void schemasThatMeanNothingAreRefused(String schema, String message) {
    assertThatThrownBy(() -> Schema.parse(schema))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"a\u202Eb, C0333", "s\u0441ope, C0334", "say\uFF10, C0335", "\uD83D\uDE00, C0335"})
  void idsInScopesThatLookLikeOthersAreWarnings(String id, String code) {
    String text = "permit(principal == User::\"" + id + "\", action, resource);";
    assertThat(new Validator(SCHEMA).validate(PolicySet.parse(text)))
        .filteredOn(d -> !d.isError())
        .extracting(Diagnostic::code)
        .containsExactly(code);
  }

  @Test
  void namesOfOneScriptAreNone() {
    for (String id : List.of("plain-id_1.x@y", "Jürgen", "Мария", "東京タワー", "ελ")) {
      String text = "permit(principal == User::\"" + id + "\", action, resource);";
      assertThat(new Validator(SCHEMA).validate(PolicySet.parse(text))).isEmpty();
    }
  }
}
