package dev.bylaw.playbook.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.Shop;
import dev.bylaw.playbook.action.ActionSpec.Kind;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Scope SCOPE =
      new Scope(
          Shop.json(
                  """
                  {"order_id": 7, "amount": 10.50, "name": "Ann",
                   "nested": {"list": [{"a": "deep"}]}, "nothing": null, "yes": true,
                   "template": "{{order_id}} {{secrets.key}}", "lines": "a\\r\\nBcc: b@example.org",
                   "path": "../../admin?x=1#y", "dots": "..", "blank": "a b", "unicode": "Zoë/ä"}
                  """)
              .with("hostile", StringValue.of("x' OR '1'='1")),
          Shop.json("{'gateway': 'https://pay.example:8443/v1', 'host': 'pay.example:8443'}"),
          Shop.json("{'read': {'status': 'completed', 'output': {'rows': [{'total': 3}]}}}"));

  private static Template template(String yaml, Kind kind) {
    var found = new Diagnostics();
    Node node = Documents.read(Source.of("t.yaml", yaml), found).orElseThrow();
    Template template = new TemplateReader((_, _) -> {}, found).read(node, kind);
    found.throwIfErrors();
    return template;
  }

  private static Value rendered(String yaml, Kind kind) {
    try {
      return template(yaml, kind).render(SCOPE);
    } catch (TemplateException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(String yaml, Kind kind) {
    return ((StringValue) rendered(yaml, kind)).text();
  }

  private static void refused(String yaml, Kind kind, String why) {
    Template template = template(yaml, kind);
    assertThatThrownBy(() -> template.render(SCOPE))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aWholeTemplateKeepsItsType() {
    assertThat(rendered("\"{{order_id}}\"", Kind.ANY)).isEqualTo(NumberValue.of(7));
    assertThat(rendered("\"{{ nested.list.0 }}\"", Kind.ANY)).isEqualTo(Shop.json("{'a': 'deep'}"));
    assertThat(rendered("\"{{nothing}}\"", Kind.ANY).kind()).isEqualTo(Value.Kind.NULL);
    assertThat(rendered("\"{{steps.read.output.rows.0.total}}\"", Kind.NUMBER))
        .isEqualTo(NumberValue.of(3));
  }

  @Test
  void anUnquotedTemplateIsUnderstood() {
    assertThat(rendered("order_id: {{order_id}}", Kind.OBJECT))
        .isEqualTo(Shop.json("{'order_id': 7}"));
  }

  @Test
  void inATextAValueIsItsText() {
    assertThat(text("\"{{order_id}}: {{amount}} {{yes}} {{nested}}\"", Kind.TEXT))
        .isEqualTo("7: 10.5 true {\"list\":[{\"a\":\"deep\"}]}");
    refused("\"a {{nothing}}\"", Kind.TEXT, "is null");
    refused("\"a {{missing.x}}\"", Kind.TEXT, "`{{missing.x}}` has no value");
  }

  @Test
  void aValueIsNeverRenderedAgain() {
    assertThat(text("\"a {{template}}\"", Kind.TEXT)).isEqualTo("a {{order_id}} {{secrets.key}}");
    assertThat(text("\"{{template}}\"", Kind.TEXT)).isEqualTo("{{order_id}} {{secrets.key}}");
  }

  @Test
  void quotedBracesAreThemselves() {
    assertThat(text("\"{{'{{'}}order_id{{'}}'}}\"", Kind.TEXT)).isEqualTo("{{order_id}}");
  }

  @Test
  void inSqlAValueIsABindParameter() throws TemplateException {
    var found = new Diagnostics();
    Node node =
        Documents.read(
                Source.of(
                    "t.yaml",
                    "query: SELECT * FROM t WHERE a = {{hostile}} AND b = {{order_id}}\nlimit: 3"),
                found)
            .orElseThrow();
    Template.Members members =
        new TemplateReader((_, _) -> {}, found)
            .members((Node.Mapping) node, key -> key.equals("query") ? Kind.SQL : Kind.ANY);
    assertThat(members.render(SCOPE))
        .isEqualTo(
            ObjectValue.builder()
                .put("query", "SELECT * FROM t WHERE a = ? AND b = ?")
                .put("binds", Value.of(List.of("x' OR '1'='1", 7)))
                .put("limit", NumberValue.of(3))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "{{gateway}}/refund, https://pay.example:8443/v1/refund",
        "https://{{host}}/refund, https://pay.example:8443/refund",
        "https://{{name}}.example/x, https://Ann.example/x",
        "https://{{path}}/x, https://..%2F..%2Fadmin%3Fx%3D1%23y/x",
        "{{gateway}}/{{path}}/x, https://pay.example:8443/v1/..%2F..%2Fadmin%3Fx%3D1%23y/x",
        "{{gateway}}?q={{unicode}}, https://pay.example:8443/v1?q=Zo%C3%AB%2F%C3%A4",
        "{{gateway}}?q={{blank}}&a={{amount}}, https://pay.example:8443/v1?q=a%20b&a=10.5",
        "{{gateway}}?next={{gateway}}, https://pay.example:8443/v1?next=https%3A%2F%2Fpay.example%3A8443%2Fv1"
      })
  void inAUrlAValueIsEncodedUnlessItIsItsBeginning(String written, String url) {
    assertThat(text("\"" + written + "\"", Kind.URL)).isEqualTo(url);
  }

  @Test
  void aUrlsPathCannotBeClimbed() {
    refused("\"{{gateway}}/{{dots}}/x\"", Kind.URL, "would change the path");
    refused("\"{{gateway}}/.{{steps.read.output.dot}}\"", Kind.URL, "has no value");
    refused("\"{{blank}}/x\"", Kind.URL, "a blank");
    refused("\"{{lines}}\"", Kind.URL, "a blank or a control character");
  }

  @Test
  void aHeaderHoldsNoLineBreak() {
    refused("\"{{lines}}\"", Kind.HEADER, "line break");
    refused("\"Order {{lines}}\"", Kind.HEADER, "line break");
    refused("[\"{{lines}}\"]", Kind.HEADER, "line break");
    refused("\"{{order_id}}\\nBcc: b@example.org\"", Kind.HEADER, "more than one line");
    assertThat(text("\"Order {{order_id}}\"", Kind.HEADER)).isEqualTo("Order 7");
  }

  @Test
  void aSecretStaysAReferenceThatNoDataCanForge() {
    Value rendered =
        rendered("{ token: \"Bearer {{secrets.key}}\", note: \"{{template}}\" }", Kind.OBJECT);
    assertThat(Json.write(rendered)).doesNotContain("s3cr3t");
    assertThat(Secrets.names(rendered)).containsExactly("key");
    assertThat(Secrets.shown((ObjectValue) rendered).text("token"))
        .isEqualTo("Bearer {{secrets.key}}");
    assertThat(Secrets.resolve((ObjectValue) rendered, name -> "s3cr3t"))
        .isEqualTo(Shop.json("{'token': 'Bearer s3cr3t', 'note': '{{order_id}} {{secrets.key}}'}"));

    Value forged = Secrets.clean((Value) Secrets.reference("key"));
    assertThat(Secrets.names(forged)).isEmpty();
    Value deep = Secrets.clean(Value.of(Map.of("\uFDD0key\uFDD1", List.of("\uFDD0key\uFDD1"))));
    assertThat(Secrets.names(deep)).isEmpty();
  }

  @Test
  void whatPeopleEditHasNoReferencesButThoseTheyLeftAlone() {
    var original =
        (ObjectValue)
            rendered(
                "{ token: \"Bearer {{secrets.key}}\", amount: 5, list: [\"{{secrets.key}}\"] }",
                Kind.OBJECT);
    ObjectValue edited =
        Shop.json(
            "{'token': 'Bearer {{secrets.key}}', 'amount': 3, 'list': ['{{secrets.key}}', '{{secrets.key}}'], 'new': '{{secrets.key}}'}");
    ObjectValue restored = Secrets.restore(edited, original);
    assertThat(Secrets.resolve(restored, name -> "s"))
        .isEqualTo(
            Shop.json(
                "{'token': 'Bearer s', 'amount': 3, 'list': ['s', '{{secrets.key}}'], 'new': '{{secrets.key}}'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "}}",
        "{{}}",
        "{{{{",
        "{{a}} {{",
        "{{'",
        "{{'}}",
        "{{a.}}",
        "{{.a}}",
        "{{a..b}}",
        "{{é}}",
        "{{a b}}"
      })
  void hostileTextsAreToldOrTextButNeverAnError(String text) {
    var found = new Diagnostics();
    Node node = new Node.Scalar(StringValue.of(text), Source.of("t", text).span(), false);
    for (Kind kind : Kind.values()) {
      assertThat(new TemplateReader((_, _) -> {}, found).read(node, kind)).isNotNull();
    }
  }
}
