package dev.bylaw.policy.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.policy.House;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  @Test
  void whereNothingIsSaidItBlocksRestrictsAndCountsInUtc() {
    Registry registry = House.of("identity: acme\nagents: {bot: {}}\n").registry();
    assertThat(registry.allowUncovered()).isFalse();
    assertThat(registry.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(registry.currency()).isEmpty();
    AgentEntry bot = registry.agent("bot").orElseThrow();
    assertThat(bot.precedence()).isEqualTo(Precedence.MOST_RESTRICTIVE);
    assertThat(bot.attributes()).isEqualTo(House.json("{\"id\": \"bot\"}"));
  }

  @Test
  void anAgentsNameIsItsIdWhateverItsAttributesSay() {
    Registry registry =
        House.of(
                """
                identity: acme
                agents: {bot: {role: agent, attributes: {id: admin, team: a, role: b}}}
                """)
            .registry();
    assertThat(registry.agent("bot").orElseThrow().attributes())
        .isEqualTo(House.json("{\"id\": \"bot\", \"team\": \"a\", \"role\": \"agent\"}"));
  }

  @Test
  void othersAskTheSameMappingForTheirOwnKeys() {
    Source source =
        Source.of(
            "bylaw.yaml",
            """
            identity: acme
            vars: {payment_gateway: https://pay.example}
            agents: {bot: {credential: k1}}
            approvers: {alice: {groups: [finance], email: alice@example.com}}
            connections: {orders: {url: "jdbc:x", classification: PII}}
            """);
    Diagnostics diagnostics = new Diagnostics();
    Fields root =
        Fields.of(Documents.read(source, diagnostics).orElseThrow(), "`bylaw.yaml`", diagnostics);
    List<String> seen = new ArrayList<>();
    Registry registry =
        RegistryReader.read(
            root,
            new RegistryReader.Extra() {
              @Override
              public void agent(String name, Fields fields) {
                seen.add(name + " " + fields.text("credential").orElse(""));
              }

              @Override
              public void person(String name, Fields fields) {
                seen.add(name + " " + fields.text("email").orElse(""));
              }

              @Override
              public void connection(String name, Fields fields) {
                seen.add(name + " " + fields.text("url").orElse(""));
              }
            });
    root.entries("vars");
    root.refuseUnknown();
    assertThat(diagnostics.all()).isEmpty();
    assertThat(seen).containsExactly("bot k1", "orders jdbc:x", "alice alice@example.com");
    assertThat(registry.people().among("alice", Set.of("group:finance"))).isTrue();
    // What is not asked for here never becomes an attribute: a URL may hold a password.
    assertThat(registry.resources().get(new ResourceName("connection", "orders")))
        .isEqualTo(House.json("{\"classification\": \"PII\"}"));
  }

  @Test
  void theRevisionChangesWithWhatPoliciesSay() {
    String before =
        House.allowing().rules("- {id: a, on: x, require: \"true\"}\n").policies().revision();
    String same =
        House.allowing().rules("- {id: a, on: x, require: \"true\"}\n").policies().revision();
    String after =
        House.allowing().rules("- {id: a, on: x, require: \"false\"}\n").policies().revision();
    assertThat(same).isEqualTo(before);
    assertThat(after).isNotEqualTo(before);
  }
}
