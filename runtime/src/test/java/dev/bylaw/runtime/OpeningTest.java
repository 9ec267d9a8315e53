package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.actions.sandbox.Sandbox;
import dev.bylaw.store.StoreUnavailable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that could not be opened is as it was before. */
class OpeningTest {
  @TempDir Path folder;

  @Test
  void aSandboxWhosePortAnotherProgramHasIsASentenceWithAWayOut() throws Exception {
    Path dir = Acme.in(folder);
    try (Bylaw bylaw = Acme.open(dir, new Acme.Clock())) {
      assertThat(bylaw.diagnostics()).isEmpty();
    }
    int port = URI.create(Sandbox.addresses(dir.resolve(".bylaw/sandbox")).get("api")).getPort();
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Acme.open(dir, new Acme.Clock()))
          .isInstanceOf(BylawException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("end that program, or delete")
          .hasMessageContaining("ports.json");
    }
    try (Bylaw again = Acme.open(dir, new Acme.Clock())) {
      assertThat(again.sandbox().addresses().get("api")).endsWith(":" + port);
    }
  }

  @Test
  void aSecondProcessLeavesTheSandboxOfTheFirstWhereItIs() throws Exception {
    Path dir = Acme.in(folder);
    try (Bylaw first = Acme.open(dir, new Acme.Clock())) {
      assertThatThrownBy(() -> Acme.open(dir, new Acme.Clock()))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(Sandbox.addresses(dir.resolve(".bylaw/sandbox")))
          .isEqualTo(first.sandbox().addresses());
    }
  }

  private static long callingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient-"))
        .count();
  }

  @Test
  void whatCallsWebApisIsClosedWhereTheRestCannotBeWired() throws Exception {
    Path dir = Acme.in(folder);
    long before = callingThreads();
    assertThatThrownBy(() ->
            Wiring.of(
                dir,
                Bylaw.Options.looking(),
                _ -> {
                  throw new IllegalStateException("no such wire");
                }))
        .hasMessage("no such wire");
    for (int i = 0; i < 1_000 && callingThreads() > before; i++) {
      Thread.sleep(10); // a client's thread ends shortly after the client
    }
    assertThat(callingThreads()).isEqualTo(before);
  }

  @Test
  void aStoreIsNotKeptWhenWhatIsWiredOverItCannotBeMade() throws Exception {
    Path dir = Acme.in(folder);
    String right = "port: \"{{sandbox.mail_port}}\"";
    String wrong = "port: \"many\"";
    Path yaml = dir.resolve("bylaw.yaml");
    Acme.replace(yaml, right, wrong);

    assertThatThrownBy(() -> Acme.open(dir, new Acme.Clock()))
        .isInstanceOf(BylawException.class)
        .hasMessageContaining("`many` is not a port");

    assertThat(dir.resolve(".bylaw/store/bylaw.db")).as("the store had been opened").exists();
    Acme.replace(yaml, wrong, right);
    try (Bylaw bylaw = Acme.open(dir, new Acme.Clock())) {
      assertThat(Acme.run(bylaw, "process_payment", Acme.payment("999.99"))).isEqualTo("completed");
    }
  }
}
