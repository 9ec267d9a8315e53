package dev.bylaw.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.command.CedarCommands;
import dev.bylaw.cedar.command.Outcome;
import dev.bylaw.cedar.command.Text;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made to break us ends with an error that says where. */
class HostileInputTest {
  private static String policy(String condition) {
    return "permit(principal, action, resource) when { " + condition + " };";
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{a: ", "!", "-", "if true then ", "!(", "principal == ["})
  void nestingWithoutEndIsAMistakeWithAPlace(String open) {
    assertThatThrownBy(() -> PolicySet.parse(policy(open.repeat(200_000))))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("policies.cedar:1:");
  }

  @Test
  void chainsWithoutEndAreNotTooDeep() {
    String ands = "true" + " && true".repeat(20_000);
    PolicySet policies = PolicySet.parse(policy(ands));
    Request request =
        Request.of(EntityUid.of("U", "u"), EntityUid.of("Action", "a"), EntityUid.of("R", "r"));

    assertThat(Authorizer.of(policies).authorize(request, Entities.EMPTY).isAllowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", ".a", ".contains(1)"})
  void chainsThatNestAreAnswersOrMistakes(String link) {
    String text = policy("1" + link.repeat(100_000) + " == 1");
    try {
      PolicySet policies = PolicySet.parse(text);
      Request request =
          Request.of(EntityUid.of("U", "u"), EntityUid.of("Action", "a"), EntityUid.of("R", "r"));
      assertThat(Authorizer.of(policies).authorize(request, Entities.EMPTY).isAllowed()).isFalse();
    } catch (DiagnosticsException deep) {
      assertThat(deep).hasMessageContaining("policies.cedar:1:");
    }
  }

  @Test
  void aLargeSetIsHashed() {
    String set =
        IntStream.range(0, 200_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    var authorizer = Authorizer.of(PolicySet.parse(policy("[" + set + "].contains(199999)")));
    Request request =
        Request.of(EntityUid.of("U", "u"), EntityUid.of("Action", "a"), EntityUid.of("R", "r"));

    for (int i = 0; i < 1_000; i++) {
      assertThat(authorizer.authorize(request, Entities.EMPTY).isAllowed()).isTrue();
    }
  }

  @Test
  void tenMegabytesOfPoliciesAreReadAndTheirMistakesAreTold() {
    String good = policy("principal.name == \"" + "x".repeat(900) + "\"") + "\n";
    int count = 10_000_000 / good.length();

    assertThat(PolicySet.parse(good.repeat(count)).policies()).hasSize(count);
    assertThatThrownBy(() -> PolicySet.parse(good.repeat(count) + "permit(principal);"))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("policies.cedar:" + (count + 1) + ":");
  }

  @Test
  void aHierarchyInItselfIsAMistake() {
    String entities =
        IntStream.range(0, 10_000)
            .mapToObj(i ->
                "{\"uid\": {\"type\": \"G\", \"id\": \"%d\"}, \"attrs\": {}, \"parents\": [{\"type\": \"G\", \"id\": \"%d\"}]}"
                    .formatted(i, (i + 1) % 10_000))
            .collect(Collectors.joining(",\n", "[", "]"));

    assertThatThrownBy(() -> EntityJson.read(Source.of("e.json", entities)))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("e.json:1:")
        .hasMessageContaining("is in itself");
  }

  @Test
  void jsonWithoutEndIsAMistake() {
    assertThatThrownBy(() -> EntityJson.read(Source.of("e.json", "[".repeat(200_000))))
        .isInstanceOf(DiagnosticsException.class);
    assertThatThrownBy(() -> Schema.parseJson(Source.of("s.json", "{\"a\":".repeat(200_000))))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void typesWithoutEndAreAMistake() {
    assertThatThrownBy(() -> Schema.parse("entity A { a: " + "Set<".repeat(100_000) + "};"))
        .isInstanceOf(DiagnosticsException.class);
    String doubling =
        IntStream.range(0, 60)
            .mapToObj(i -> "type T%d = { a: T%d, b: T%d };".formatted(i, i + 1, i + 1))
            .collect(Collectors.joining("\n"));
    Schema schema = Schema.parse(doubling + "type T60 = Long; entity A { t: T0 };");

    assertThat(schema.entityType("A")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "@x(\"1\") ", "permit(principal); ", "#", "@"})
  void aMillionMistakesOnOneLineAreToldInBrief(String mistake) {
    assertThatThrownBy(() -> PolicySet.parse(mistake.repeat(500_000) + policy("true")))
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            told -> {
              assertThat(told.diagnostics()).hasSizeBetween(1, 200);
              assertThat(told.getMessage()).hasSizeLessThan(200_000);
            });
  }

  @Test
  void aNameWithoutEndMakesNoMessageWithoutEnd() {
    assertThatThrownBy(() -> PolicySet.parse(policy("x".repeat(5_000_000))))
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            told -> assertThat(told.getMessage()).hasSizeLessThan(5_000));
    for (int digits : new int[] {25, 999, 100_000}) {
      assertThatThrownBy(() -> EntityJson.read(Source.of("e.json", numbered("9".repeat(digits)))))
          .isInstanceOfSatisfying(
              DiagnosticsException.class,
              told -> assertThat(told.getMessage()).hasSizeLessThan(5_000).contains("e.json:1:"));
    }
  }

  @Test
  void ofManyPoliciesThatAreNotValidTheFirstAreTold() {
    Schema schema = Schema.parse("entity U; action a appliesTo { principal: U, resource: U };");
    var found =
        new Validator(schema)
            .validate(
                PolicySet.parse(
                    policy("false").repeat(300) + policy("principal.x").repeat(20_000)));

    assertThat(found).hasSize(400);
    assertThat(Validator.hasErrors(found)).isTrue();
  }

  private static String numbered(String number) {
    return "[{\"uid\": {\"type\": \"U\", \"id\": \"a\"}, \"attrs\": {\"n\": "
        + number
        + "}, \"parents\": []}]";
  }

  @Test
  void chainsTooDeepForJsonAreToldWhereTheyAre() {
    Outcome outcome =
        CedarCommands.policiesToJson(
            Text.of(Source.of("p.cedar", "\n" + policy("true" + " && true".repeat(20_000)))));

    assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
    assertThat(outcome.err())
        .contains("p.cedar:2:37: C0131: as JSON this nests more than 1000 levels deep");
    assertThat(
            CedarCommands.policiesToJson(
                    Text.of(Source.of("p.cedar", policy("true" + " && true".repeat(400)))))
                .exitCode())
        .isEqualTo(Outcome.OK);
  }

  @Test
  void typesThatAreAllInEachOtherAreTooMany() {
    String chain =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "entity E" + i + " in E" + (i + 1) + ";")
            .collect(Collectors.joining("\n", "", "\nentity E20000;"));

    assertThatThrownBy(() -> Schema.parse(chain))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("have more than 2000000 ancestors together");
  }

  @Test
  void patternsOfThousandsOfStarsAreMatchedInTime() {
    String text = "\"" + "a".repeat(20_000) + "\" like \"" + "*a".repeat(2_000) + "b\"";
    var authorizer = Authorizer.of(PolicySet.parse(policy(text)));
    Request request =
        Request.of(EntityUid.of("U", "u"), EntityUid.of("Action", "a"), EntityUid.of("R", "r"));

    assertThat(authorizer.authorize(request, Entities.EMPTY).isAllowed()).isFalse();
  }
}
