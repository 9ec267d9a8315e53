package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that changes under an open runtime: what is broken or gone opens no door. */
class ReloadTest {
  private static final String PACK =
      """
      pack: friends
      name: Friends
      version: 1.0.0
      category: data_governance
      rules:
        - id: known-hosts
          on: call_partner
          allow: { hosts: partners }
          enforcement: block
      """;

  @TempDir Path folder;
  private Path dir;
  private Bylaw bylaw;

  @BeforeEach
  void open() throws IOException {
    dir = Acme.in(folder);
    Files.writeString(dir.resolve("packs/friends.yaml"), PACK);
    Files.createDirectories(dir.resolve("data"));
    Files.writeString(dir.resolve("data/partners.yaml"), "- good.example\n");
    Acme.replace(dir.resolve("bylaw.yaml"), ", operations]", ", operations, friends]");
    bylaw = Acme.open(dir, new Acme.Clock());
    assertThat(bylaw.diagnostics()).isEmpty();
  }

  @AfterEach
  void close() {
    bylaw.close();
  }

  private Decision call(String host) {
    ObjectValue params = ObjectValue.builder(1).put("host", host).build();
    return bylaw.evaluate(ActionRequest.of(Acme.AGENT, "call_partner", params));
  }

  @Test
  void aListThatChangedCountsFromTheNextDecision() throws IOException {
    assertThat(call("good.example").effect()).isEqualTo(Effect.ALLOW);
    assertThat(call("new.example").effect()).isEqualTo(Effect.BLOCK);
    Files.writeString(dir.resolve("data/partners.yaml"), "- new.example\n");
    assertThat(bylaw.reload()).isEmpty();
    assertThat(call("new.example").effect()).isEqualTo(Effect.ALLOW);
    assertThat(call("good.example").effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  void aListThatIsBrokenNowStaysAsItWas() throws IOException {
    Files.writeString(dir.resolve("data/partners.yaml"), "- [new.example\n");
    assertThat(bylaw.reload()).extracting(Diagnostic::code).containsExactly("E0100");
    assertThat(call("good.example").effect()).isEqualTo(Effect.ALLOW);
    assertThat(call("new.example").effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  void aListThatIsEmptyOrGoneLetsNothingThrough() throws IOException {
    Files.writeString(dir.resolve("data/partners.yaml"), "");
    var _ = bylaw.reload();
    assertThat(call("good.example").effect()).isEqualTo(Effect.BLOCK);
    Files.delete(dir.resolve("data/partners.yaml"));
    var _ = bylaw.reload();
    assertThat(call("good.example").effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  void twoFilesOfOneNameAreToldInsteadOfOneHidingTheOther() throws IOException {
    Files.writeString(dir.resolve("data/partners.json"), "[\"evil.example\"]");
    assertThat(bylaw.reload())
        .singleElement()
        .satisfies(each ->
            assertThat(each.render()).contains("E0706", "data/partners.yaml", "`partners`"));
  }

  @Test
  void anAttachedPackWhoseFileIsGoneBlocksEveryAgent() throws IOException {
    Files.delete(dir.resolve("packs/financial-limits.yaml"));
    assertThat(bylaw.reload()).extracting(Diagnostic::code).contains("E0213");
    Decision decision = call("good.example");
    assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    assertThat(decision.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(decision.forAuditor()).contains("financial-limits");
  }
}
