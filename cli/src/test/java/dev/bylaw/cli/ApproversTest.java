package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals that nobody could give are told before they are asked for, and when they are. */
class ApproversTest extends CommandTest {
  private static final String PACK =
      """
      pack: people
      name: People
      version: 1.0.0
      category: escalation
      description: Who agrees to what.
      enforcement: require_approval
      severity: high
      rules:
        - id: finance-agrees
          on: issue_refund
          approval: { approvers: [finance], required: true }
        - id: managers-agree
          on: ON
          approval: { approvers: [managers], quorum: QUORUM, required: true }
      """;

  @TempDir private Path temporary = Path.of("");

  private String dir = "";

  @BeforeEach
  void aHouseWithPeople() throws Exception {
    dir = temporary.resolve("house").toString();
    assertThat(run("init", dir)).isZero();
    Path yaml = Path.of(dir, "bylaw.yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace("packs: [safety, caps]", "packs: [safety, caps, people]")
            .replace(
                "  you: { groups: [owners] }",
                "  ann: { groups: [finance] }\n  bob: { groups: [managers] }\n"
                    + "  cat: { groups: [managers] }"));
    pack("send_email", 2);
    assertThat(run("check", dir)).isZero();
    assertThat(printed()).contains("nothing is wrong");
  }

  private void pack(String on, int quorum) throws Exception {
    Files.writeString(
        Path.of(dir, "packs", "people.yaml"),
        PACK.replace("ON", on).replace("QUORUM", Integer.toString(quorum)));
  }

  @Test
  void aQuorumThatIsLargerThanItsGroupIsToldByCheck() throws Exception {
    pack("send_email", 3);
    assertThat(run("check", dir)).isZero();
    assertThat(told())
        .contains("packs/people.yaml:12:", "W0203")
        .contains("3 people have to agree, and no more than 2 of `managers` may")
        .contains("lower `quorum`, or add people to `approvers` in `bylaw.yaml`")
        .contains("1 warning");
  }

  @Test
  void twoRulesThatNobodyCanAnswerTogetherAreToldByCheck() throws Exception {
    pack("issue_*", 1);
    assertThat(run("check", dir)).isZero();
    assertThat(told())
        .contains("packs/people.yaml:12:", "W0203")
        .contains(
            "where `people/finance-agrees` holds as well, one person has to agree, and nobody")
        .contains("`finance & managers`", "the other rule", "1 warning");
  }

  @Test
  void aQuestionThatNobodyCanAnswerSaysWhyAndIsAnsweredOnceSomebodyCan() throws Exception {
    pack("issue_refund", 1);
    Path request = temporary.resolve("request.json");
    Files.writeString(
        request,
        """
        {"agent": "assistant", "action": "issue_refund", "key": "k1", "params": {"amount": 5}}
        """);
    String why = "one person has to agree, and nobody of `finance & managers` may";
    assertThat(run("decide", request.toString(), "--record", "--dir", dir)).isEqualTo(Exit.WAITING);
    assertThat(printed()).contains("can be answered by nobody: " + why);
    assertThat(run("approvals", "list", "--dir", dir)).isZero();
    assertThat(printed()).contains("can be answered by nobody: " + why);
    assertThat(run("approvals", "list", "--dir", dir, "-o", "json")).isZero();
    assertThat(Json.parse(printed()).toString()).contains(why);

    Path yaml = Path.of(dir, "bylaw.yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace("ann: { groups: [finance] }", "ann: { groups: [finance, managers] }"));
    assertThat(run("check", dir)).isZero();
    assertThat(printed()).contains("nothing is wrong");
    assertThat(run("approvals", "list", "--dir", dir, "-o", "json")).isZero();
    assertThat(printed()).doesNotContain("shortage");
    assertThat(Json.parse(printed())).isNotEqualTo(ObjectValue.EMPTY);
  }
}
