package dev.bylaw.actions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  @Test
  void allServicesStartTogetherAndTheDatabaseIsMadeOnce(@TempDir Path folder) {
    try (Sandbox first = Sandbox.start(folder)) {
      assertThat(first.orders()).exists();
    }
    try (Sandbox again = Sandbox.start(folder)) {
      assertThat(again.payments().transactions()).isEmpty();
    }
  }

  @Test
  void aSandboxWhosePortIsTakenSaysSoAndKeepsItsAddresses(@TempDir Path folder) throws IOException {
    Map<String, String> before;
    try (Sandbox first = Sandbox.start(folder)) {
      before = Sandbox.addresses(folder);
      assertThatThrownBy(() -> Sandbox.start(folder))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + first.payments().url().getPort())
          .hasCauseInstanceOf(BindException.class);
    }
    assertThat(Sandbox.addresses(folder)).isEqualTo(before);
    Files.delete(Sandbox.places(folder));
    try (Sandbox elsewhere = Sandbox.start(folder)) {
      assertThat(elsewhere.payments().url().toString())
          .isEqualTo(Sandbox.addresses(folder).get("payments"));
    }
  }

  @Test
  void theMailServerKeepsToTheOrderOfCommands() throws IOException {
    try (MailSandbox sandbox = MailSandbox.start()) {
      assertThat(
              talk(
                  sandbox,
                  "RCPT TO:<a@b>",
                  "DATA",
                  "MAIL FROM:a",
                  "MAIL FROM:<a@b>",
                  "MAIL FROM:<a@b>",
                  "VRFY x",
                  "NOPE",
                  "RSET",
                  "QUIT"))
          .containsExactly("220", "503", "503", "501", "250", "503", "252", "502", "250", "221");
      assertThat(sandbox.mails()).isEmpty();
    }
  }

  @Test
  void aClientThatNeverEndsALineIsLetGo() throws IOException {
    try (MailSandbox sandbox = MailSandbox.start()) {
      assertThat(talk(sandbox, "x".repeat(10_000))).containsExactly("220", "500");
    }
  }

  @Test
  void aMailThatIsCutOffIsNotKept() throws IOException {
    try (MailSandbox sandbox = MailSandbox.start()) {
      talk(sandbox, "HELO x", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "half a mail");
      assertThat(sandbox.mails()).isEmpty();
    }
  }

  /** Sends lines, closes its side, and gives the codes of all answers. */
  private static java.util.List<String> talk(MailSandbox sandbox, String... lines)
      throws IOException {
    try (var socket = new Socket(sandbox.host(), sandbox.port())) {
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return in.lines().map(line -> line.substring(0, 3)).toList();
    }
  }
}
