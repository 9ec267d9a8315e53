package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that could not be opened is as it was before. */
class OpeningTest {
  @TempDir Path folder;

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
