package dev.bylaw.policy.rule;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.request.ActionRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListRulesTest {
  @Test
  void onlyAllowedHostsAreCalled() {
    House house = House.allowing().rules("- {id: a, on: http, allow: {hosts: [api.x.com]}}\n");
    assertThat(house.effect("{\"action\": \"http\", \"url\": \"https://api.x.com/\"}"))
        .isEqualTo(ALLOW);
    for (String url :
        List.of(
            "https://api.x.com:8080/",
            "https://api.x.com.evil.com",
            "https://u@api.x.com",
            "https://evil.com",
            "")) {
      assertThat(house.effect("{\"action\": \"http\", \"url\": \"" + url + "\"}"))
          .as(url)
          .isEqualTo(BLOCK);
    }
    assertThat(house.effect("{\"action\": \"http\"}")).isEqualTo(BLOCK);
    assertThat(
            house.effect(
                "{\"action\": \"http\", \"url\": \"https://api.x.com\", \"webhook\":"
                    + " \"https://evil.com\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"http\", \"url\": 5}")).isEqualTo(BLOCK);
  }

  @Test
  void deniedHostsAreDeniedOnEveryPort() {
    House house = House.allowing().rules("- {id: a, deny: {hosts: [evil.com, \"*.evil.com\"]}}\n");
    assertThat(house.effect("{\"action\": \"y\", \"host\": \"EVIL.com.:99\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"y\", \"host\": \"a.evil.com\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"y\", \"host\": \"good.com\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"y\", \"host\": \"0x7f.1\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"y\"}")).isEqualTo(ALLOW);
  }

  @Test
  void everyRecipientMustBeAllowed() {
    House house =
        House.allowing().rules("- {id: a, on: mail, allow: {recipients: [company.com]}}\n");
    assertThat(house.effect("{\"action\": \"mail\", \"to\": \"Ann <ann@company.com>\"}"))
        .isEqualTo(ALLOW);
    for (String to :
        List.of(
            "\"ann@company.com, eve@evil.com\"",
            "[\"ann@company.com\", \"eve@evil.com\"]",
            "\"ann@company.com\", \"bcc\": \"eve@evil.com\"",
            "\"ann@company.com.evil.com\"",
            "\"nobody\"",
            "5")) {
      assertThat(house.effect("{\"action\": \"mail\", \"to\": " + to + "}"))
          .as(to)
          .isEqualTo(BLOCK);
    }
  }

  @Test
  void anyFieldCanBeLookedUp() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: a, on: x, allow: {field: params.region, values: [eu, us]}}
                - {id: d, deny: {field: [agent.role, context.team], values: [intern]}}
                """);
    assertThat(house.effect("{\"action\": \"x\", \"region\": \"eu\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"x\", \"region\": [\"eu\", \"xx\"]}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"x\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"z\", \"context\": {\"team\": \"intern\"}}"))
        .isEqualTo(BLOCK);
  }

  @Test
  void actionsAreAllowedAndDeniedByNameAndCapability() {
    House house =
        House.allowing().rules("- {id: a, on: \"*\", deny: {actions: [api_call, drop]}}\n");
    assertThat(house.effect("{\"action\": \"http\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"drop\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"read\"}")).isEqualTo(ALLOW);
  }

  @Test
  void namedDataAreReloadedWithoutCompiling() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                agents: {bot: {}}
                data: {vendors: [a.com]}
                """)
            .rules("- {id: a, on: http, allow: {hosts: vendors}}\n");
    assertThat(house.problemText()).isEmpty();
    PolicySet before = house.policies();
    DecisionPoint point = house.point();
    ActionRequest request =
        ActionRequest.fromValue(
            House.json("{\"action\": \"http\", \"url\": \"https://b.com\"}"), "bot");
    var facts = before.registry().facts(request, List.of(), House.NOW);
    assertThat(point.prepare(request, facts).settle(house.usage()).decision().denied()).isTrue();
    point.use(
        before.withData(new NamedData(House.json("{\"vendors\": [\"b.com\"]}")), "revision 2"));
    var after = point.prepare(request, facts).settle(house.usage()).decision();
    assertThat(after.allowed()).isTrue();
    assertThat(after.revision()).isEqualTo("revision 2");
    point.use(before.withData(NamedData.NONE, "revision 3"));
    assertThat(point.prepare(request, facts).settle(house.usage()).decision().violations())
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.detail()).isEqualTo("there are no data named `vendors`"));
  }

  @ParameterizedTest
  @CsvSource({
    "report.pdf, , ALLOW",
    "report.PDF.exe, , BLOCK",
    "'setup.exe ', , BLOCK",
    "setup.exe., , BLOCK",
    "setup.exe:x, , BLOCK",
    "dir/setup.bat, , BLOCK",
    "sheet.xlsm, , BLOCK",
    "sheet.xlsx, , ALLOW",
    "data.zip, , BLOCK",
    "picture.png, application/x-msdownload, BLOCK",
    "picture.png, 'Application/X-MSDownload; name=x', BLOCK",
    "noending, , ALLOW",
    "ｅvil.ｅxe, , BLOCK",
  })
  void attachmentsAreToldByNameAndDeclaredType(
      String name, @org.jspecify.annotations.Nullable String type, String effect) {
    House house =
        House.allowing()
            .rules("- {id: a, attachments: {forbid: [executable, macro, encrypted_archive]}}\n");
    String declared = type == null ? "" : ", \"type\": \"" + type + "\"";
    assertThat(
            house.effect(
                "{\"action\": \"mail\", \"attachments\": [{\"name\": \""
                    + name
                    + "\""
                    + declared
                    + "}]}"))
        .hasToString(effect);
  }

  private static String attached(String name, byte[] content) {
    return "{\"action\": \"mail\", \"attachments\": [{\"name\": \""
        + name
        + "\", \"size\": 1, \"base64\": \""
        + Base64.getEncoder().encodeToString(content)
        + "\"}]}";
  }

  private static byte[] zipped(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void anAttachmentThatCarriesItsContentIsToldByIt() throws IOException {
    House house =
        House.allowing()
            .rules(
                "- {id: a, attachments: {max_size: 10KB, forbid: [executable, macro,"
                    + " encrypted_archive]}}\n");
    byte[] program = new byte[512];
    program[0] = 'M';
    program[1] = 'Z';
    program[0x3c] = (byte) 0x80;
    program[0x80] = 'P';
    program[0x81] = 'E';
    byte[] script = "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.UTF_8);
    byte[] letter = "Dear Ana, the report is ready.\n".getBytes(StandardCharsets.UTF_8);
    assertThat(house.effect(attached("holiday.jpg", program))).isEqualTo(BLOCK);
    assertThat(house.effect(attached("notes.txt", script))).isEqualTo(BLOCK);
    assertThat(house.effect(attached("notes.txt", letter))).isEqualTo(ALLOW);
    // Looked into, an archive is no riddle any more.
    assertThat(house.effect(attached("a.zip", zipped("letter.txt", letter)))).isEqualTo(ALLOW);
    assertThat(house.effect(attached("a.zip", zipped("letter.txt", program)))).isEqualTo(BLOCK);
    byte[] locked = zipped("letter.txt", letter);
    locked[6] |= 1;
    for (int i = 0; i + 4 < locked.length; i++) {
      if (locked[i] == 'P' && locked[i + 1] == 'K' && locked[i + 2] == 1 && locked[i + 3] == 2) {
        locked[i + 8] |= 1;
      }
    }
    assertThat(house.effect(attached("a.zip", locked))).isEqualTo(BLOCK);
    // The size that counts is that of the content, not the one that is claimed.
    assertThat(house.effect(attached("notes.txt", new byte[20_000]))).isEqualTo(BLOCK);
    assertThat(
            house.effect(
                "{\"action\": \"mail\", \"attachments\": [{\"name\": \"a.txt\","
                    + " \"base64\": \"!\"}]}"))
        .isEqualTo(BLOCK);
    assertThat(
            house.effect(
                "{\"action\": \"mail\", \"attachments\": [{\"name\": \"a.txt\","
                    + " \"content\": \"hello\"}]}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void anAttachmentOfUnknownSizeOrWithAHiddenNameFails() {
    House house = House.allowing().rules("- {id: a, attachments: {max_size: 1KB, max_count: 2}}\n");
    for (String attachments :
        List.of(
            "[{\"name\": \"a.pdf\"}]",
            "[\"a.pdf\"]",
            "[{\"name\": \"a\\u202efdp.exe\", \"size\": 1}]",
            "[{\"size\": 1}]",
            "[{\"name\": \"a\", \"size\": -1}]",
            "[{\"name\": \"a\", \"size\": \"1\"}]",
            "[{\"name\": \"a\", \"size\": 1001}]",
            "[5]")) {
      assertThat(house.effect("{\"action\": \"mail\", \"attachments\": " + attachments + "}"))
          .as(attachments)
          .isEqualTo(BLOCK);
    }
    assertThat(
            house.effect(
                "{\"action\": \"mail\", \"attachments\": {\"name\": \"a\", \"size\": 1000}}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void retentionExportAndSharingAreHeld() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: keep, on: store, retention: {keep: 90d}}
                - {id: share, on: share, sharing: {deny: {}}}
                """
                    .replace("{deny: {}}", "{deny: [bad.example]}"));
    assertThat(house.effect("{\"action\": \"store\", \"retention\": 90}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"store\", \"retention\": \"P90D\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"store\", \"retention\": 90.5}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"store\", \"retention\": \"91 days\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"store\", \"retention\": \"forever\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"store\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"share\", \"host\": \"bad.example\"}")).isEqualTo(BLOCK);
  }
}
