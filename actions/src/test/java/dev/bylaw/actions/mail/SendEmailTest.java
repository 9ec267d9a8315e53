package dev.bylaw.actions.mail;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static dev.bylaw.actions.Calls.object;
import static dev.bylaw.actions.Calls.perform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.actions.mail.MailServer.Security;
import dev.bylaw.actions.sandbox.MailSandbox;
import dev.bylaw.actions.sandbox.MailSandbox.Trouble;
import dev.bylaw.actions.sandbox.ReceivedMail;
import dev.bylaw.playbook.action.Action.Resource;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send_email} against the sandbox's mail server, over real SMTP. */
class SendEmailTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-05T10:00:00Z"));

  private static final Source TEXT =
      Source.of(
          "templates/refund_confirmation.txt",
          """
          ---
          subject: Your refund of {{refund_amount}} USD
          to: "{{customer_email}}"
          ---
          Dear {{name}},
          order {{order_id}} is refunded.
          .
          The line above is a single dot.
          """);

  private static final Source HTML =
      Source.of("templates/refund_confirmation.html", "<p>Dear {{name}}</p>");

  private static final Map<String, Object> INPUTS =
      Map.of(
          "refund_amount", 99.99,
          "customer_email", "ada@example.com",
          "name", "Ada <b>Example</b> & Söhne",
          "order_id", "o-1001");

  private final MailSandbox sandbox = MailSandbox.start();
  private final SendEmail send =
      new SendEmail(Optional.of(server(sandbox.port())), () -> templates(TEXT, HTML), CLOCK);

  private static MailServer server(int port) {
    return new MailServer(
        "127.0.0.1", port, Security.NONE, "", "", "Acme Support <support@acme.example>");
  }

  private static MailTemplates templates(Source... sources) {
    var diagnostics = new Diagnostics();
    MailTemplates templates = MailTemplates.read(List.of(sources), MailTemplates.NONE, diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return templates;
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void theSpecificationsStepIsFilledFromTheRunsInputsBeforeItIsDecided()
      throws InterruptedException {
    var prepared = send.prepare(object(Map.of("template", "refund_confirmation")), object(INPUTS));
    assertThat(prepared.params().text("subject")).isEqualTo("Your refund of 99.99 USD");
    assertThat(prepared.params().text("to")).isEqualTo("ada@example.com");
    assertThat(prepared.params().text("body")).contains("order o-1001 is refunded");
    assertThat(prepared.params().text("html"))
        .isEqualTo("<p>Dear Ada &lt;b&gt;Example&lt;/b&gt; &amp; Söhne</p>");
    assertThat(prepared.resources()).containsExactly(new Resource("recipient", "ada@example.com"));

    var outcome = send.perform(call(prepared.params(), "run-1/notify/0"));
    assertThat(outcome.output().get("recipients")).isEqualTo(json("1"));
    ReceivedMail mail = sandbox.mails().getFirst();
    assertThat(mail.sender()).isEqualTo("support@acme.example");
    assertThat(mail.recipients()).containsExactly("ada@example.com");
    assertThat(mail.subject()).isEqualTo("Your refund of 99.99 USD");
    assertThat(mail.text()).contains("Söhne", "\r\n.\r\nThe line above is a single dot.");
    assertThat(mail.html()).contains("&lt;b&gt;");
  }

  @Test
  void whatAnObligationAddsToTheTextIsSent() throws InterruptedException {
    var prepared =
        send.prepare(object(Map.of("template", "refund_confirmation")), object(INPUTS)).params();
    var signed =
        prepared.with(
            "body", dev.bylaw.value.StringValue.of(prepared.text("body") + "\n-- \nAcme"));
    send.perform(call(signed, "run-1/notify/0"));
    assertThat(sandbox.mails().getFirst().text()).contains("-- \r\nAcme");
  }

  @Test
  void theMessageIdComesFromTheIdempotencyKey() throws InterruptedException {
    Map<String, Object> mail = Map.of("to", "a@example.com", "subject", "x", "body", "y");
    String first =
        perform(send, mail, "run-1/a/0", Duration.ofSeconds(5), Optional.empty())
            .output()
            .text("message_id");
    String again =
        perform(send, mail, "run-1/a/0", Duration.ofSeconds(5), Optional.empty())
            .output()
            .text("message_id");
    String other =
        perform(send, mail, "run-1/b/0", Duration.ofSeconds(5), Optional.empty())
            .output()
            .text("message_id");
    assertThat(first).isEqualTo(again).isNotEqualTo(other).endsWith("@acme.example>");
    assertThat(sandbox.mails().getFirst().header("Message-ID")).isEqualTo(first);
  }

  @Test
  void allRecipientsGetItAndBlindOnesStayHidden() throws InterruptedException {
    done(
        send,
        Map.of(
            "to", List.of("Ada <a@example.com>", "b@example.com"),
            "cc", "c@example.com",
            "bcc", "d@example.com",
            "subject", "x",
            "body", "y"));
    ReceivedMail mail = sandbox.mails().getFirst();
    assertThat(mail.recipients())
        .containsExactly("a@example.com", "b@example.com", "c@example.com", "d@example.com");
    assertThat(mail.raw()).doesNotContain("d@example.com");
  }

  @Test
  void attachmentsAreSent() throws InterruptedException {
    done(
        send,
        Map.of(
            "to",
            "a@example.com",
            "subject",
            "x",
            "body",
            "y",
            "attachments",
            List.of(
                Map.of("name", "note.txt", "content", "hello", "type", "text/plain"),
                Map.of(
                    "name", "rechnung-ä.pdf", "base64", "JVBERi0=", "type", "application/pdf"))));
    ReceivedMail mail = sandbox.mails().getFirst();
    assertThat(mail.attachments()).hasSize(2).contains("note.txt");
    assertThat(mail.text()).isEqualToIgnoringWhitespace("y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.com\r\nBcc: evil@example.com",
        "a@example.com, b@example.com",
        "nobody",
        "a@",
        "@example.com",
        "a b@example.com",
        "group: a@example.com;",
        "a@example.com\nx",
        "",
        "\"x\r\ny\" <a@example.com>",
        "a@exa mple.com",
        "а@example.com"
      })
  void anAddressThatIsNotExactlyOneIsRefused(String address) throws InterruptedException {
    Failed failed = failed(send, Map.of("to", List.of(address), "subject", "x", "body", "y"));
    assertThat(failed.code()).isEqualTo("bad_params");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(sandbox.mails()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: evil@example.com", "a\nb", "a\u2028b", "a\u0000b", "a\u0085b"})
  void aSubjectWithALineBreakIsRefused(String subject) throws InterruptedException {
    Failed failed = failed(send, Map.of("to", "a@example.com", "subject", subject, "body", "y"));
    assertThat(failed.code()).isEqualTo("bad_params");
    assertThat(sandbox.mails()).isEmpty();
  }

  @Test
  void aBodyThatLooksLikeSmtpStaysABody() throws InterruptedException {
    String body =
        "hello\r\n.\r\nMAIL FROM:<evil@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nevil\r\n.\r\n";
    done(send, Map.of("to", "a@example.com", "subject", "x", "body", body));
    assertThat(sandbox.mails()).hasSize(1);
    assertThat(sandbox.mails().getFirst().text()).contains("victim@example.com");
  }

  @Test
  void everythingMissingIsToldAtOnce() throws InterruptedException {
    assertThat(failed(send, Map.of("cc", "a@example.com")).message())
        .contains("`to` is missing", "`subject` is missing", "`body` is missing");
  }

  @Test
  void aTemplateThatLacksAValueSaysWhich() throws InterruptedException {
    Failed failed =
        failed(send, Map.of("template", "refund_confirmation", "data", Map.of("name", "Ada")));
    assertThat(failed.message()).contains("cannot be filled", "has no value");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
  }

  @Test
  void aMistypedTemplateIsTold() throws InterruptedException {
    assertThat(failed(send, Map.of("template", "refund_confirmaton")).message())
        .contains("did you mean `refund_confirmation`?");
  }

  @Test
  void aValueIsNeverRenderedAgain() throws InterruptedException {
    var mail =
        Map.of(
            "template",
            "refund_confirmation",
            "data",
            Map.of(
                "refund_amount",
                1,
                "customer_email",
                "a@example.com",
                "name",
                "{{order_id}}",
                "order_id",
                "o-1"));
    done(send, mail);
    assertThat(sandbox.mails().getFirst().text()).contains("Dear {{order_id}},");
  }

  @Test
  void whatTheServerRefusesHadNoEffect() throws InterruptedException {
    Map<Trouble, String> codes =
        Map.of(
            Trouble.REFUSES_RECIPIENTS, "recipient_refused",
            Trouble.REFUSES_FOR_NOW, "mail_refused",
            Trouble.REFUSES_CONTENT, "mail_refused",
            Trouble.HANGS_UP_BEFORE, "connection_lost");
    for (var expected : codes.entrySet()) {
      sandbox.nextTime(expected.getKey());
      Failed failed = failed(send, Map.of("to", "a@example.com", "subject", "x", "body", "y"));
      assertThat(failed.code()).as(expected.getKey().name()).isEqualTo(expected.getValue());
      assertThat(failed.effect()).as(expected.getKey().name()).isEqualTo(Effect.NONE);
      assertThat(failed.retryable())
          .as(expected.getKey().name())
          .isEqualTo(
              expected.getKey() == Trouble.REFUSES_FOR_NOW
                  || expected.getKey() == Trouble.HANGS_UP_BEFORE);
    }
    assertThat(sandbox.mails()).isEmpty();
  }

  @Test
  void aServerThatHangsUpAfterTheContentMayHaveTakenIt() throws InterruptedException {
    sandbox.nextTime(Trouble.HANGS_UP_AFTER);
    Failed failed = failed(send, Map.of("to", "a@example.com", "subject", "x", "body", "y"));
    assertThat(failed.code()).isEqualTo("connection_lost");
    assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
    assertThat(sandbox.mails()).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereOrNeverSpeaksHadNoEffect() throws Exception {
    var gone = new SendEmail(Optional.of(server(1)), () -> MailTemplates.NONE, CLOCK);
    Map<String, Object> mail = Map.of("to", "a@example.com", "subject", "x", "body", "y");
    assertThat(failed(gone, mail).effect()).isEqualTo(Effect.NONE);
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var mute =
          new SendEmail(
              Optional.of(server(silent.getLocalPort())), () -> MailTemplates.NONE, CLOCK);
      var outcome = perform(mute, mail, "k", Duration.ofMillis(300), Optional.empty());
      assertThat(((Failed) outcome).effect()).isEqualTo(Effect.NONE);
      assertThat(((Failed) outcome).retryable()).isTrue();
    }
  }

  @Test
  void withoutAServerNothingIsSent() throws InterruptedException {
    assertThat(
            failed(
                    new SendEmail(Optional.empty(), () -> MailTemplates.NONE, CLOCK),
                    Map.of("to", "a@example.com"))
                .code())
        .isEqualTo("not_configured");
  }

  @Test
  void aPasswordIsNeverSentInTheClearNorShown() {
    assertThatThrownBy(() ->
            new MailServer("mail.example.com", 25, Security.NONE, "u", "hunter2", "a@b.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
    assertThat(
            new MailServer("mail.example.com", 465, Security.TLS, "u", "hunter2", "a@b.example")
                .toString())
        .doesNotContain("hunter2");
  }

  @Test
  void aTemplateThatIsBrokenNowStaysAsItWasAndNeverBecomesHalfAMail() {
    MailTemplates before = templates(TEXT, HTML);
    Source broken = Source.of(HTML.name(), "{{steps.x.output.y}}");
    List<Source> files = List.of(TEXT, broken);
    assertThat(MailTemplates.read(files, before, new Diagnostics()).byName())
        .isEqualTo(before.byName());
    assertThat(MailTemplates.read(files, MailTemplates.NONE, new Diagnostics()).byName()).isEmpty();
  }

  @Test
  void mistakesInTemplatesAreToldAtTheirPlace() {
    var diagnostics = new Diagnostics();
    var _ =
        MailTemplates.read(
            List.of(
                Source.of(
                    "templates/a.txt",
                    "---\nsubjct: x\n---\n{{steps.x.output.y}} {{secrets.z}} {{open"),
                Source.of("templates/a.md", "again"),
                Source.of("templates/b.pdf", "x")),
            MailTemplates.NONE,
            diagnostics);
    assertThat(diagnostics.all().stream().map(Diagnostic::render))
        .anySatisfy(text ->
            assertThat(text)
                .contains(":2:1: E0533: unknown key `subjct`", "did you mean `subject`?"))
        .anySatisfy(text -> assertThat(text).contains("templates/a.txt:4:", "E0534"))
        .anySatisfy(text -> assertThat(text).contains("E0320"))
        .anySatisfy(text -> assertThat(text).contains("templates/a.md:1:1: E0531"))
        .anySatisfy(text -> assertThat(text).contains("templates/b.pdf:1:1: E0530"));
  }

  private static ActionCall call(ObjectValue params, String key) {
    return new ActionCall(
        "send_email", params, key, Duration.ofSeconds(5), Optional.empty(), "agent-1");
  }
}
