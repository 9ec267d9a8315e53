package dev.bylaw.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.value.CanonicalJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogRecordTest {
  @Test
  void theHashIsThatOfTheHeadersCanonicalJson() {
    for (String name : new String[] {"acme", "Zoë \"& Söhne\"", "a\\b\n\u0001", "𝒳\ud800", ""}) {
      var chain = new Chain(name, LogName.POLICY, "w");
      Instant time = Instant.parse("2026-03-01T12:00:00.120Z");
      assertThat(LogRecord.hash(chain, 7, time, "run_started", name, name, "00", "11"))
          .isEqualTo(
              Digests.of(
                  CanonicalJson.write(
                      LogRecord.header(chain, 7, time, "run_started", name, name, "00", "11"))));
    }
  }
}
