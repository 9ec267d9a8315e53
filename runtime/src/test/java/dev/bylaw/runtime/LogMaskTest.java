package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.Masking;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogMaskTest {
  private static final String CARD = "4111 1111 1111 1111";

  private final Masking mask = LogMask.of(Inspector::standard, Set.of(EntityType.CREDIT_CARD));

  private static ObjectValue record(String field, String text) {
    return ObjectValue.of(field, StringValue.of(text));
  }

  @Test
  void whateverACallerCanSayInADecisionIsMasked() {
    for (String field :
        new String[] {"params", "key", "resource", "note", "agent", "explanation", "caps"}) {
      assertThat(mask.mask(LogEvent.POLICY_DECISION, record(field, CARD)).text(field))
          .as(field)
          .isEqualTo("[CREDIT_CARD]");
    }
  }

  @Test
  void whatADecisionIsKnownByStaysWhateverItsDigitsLookLike() {
    for (String field : new String[] {"id", "digest", "revision"}) {
      ObjectValue record = record(field, CARD).with("note", StringValue.of(CARD));
      ObjectValue masked = mask.mask(LogEvent.POLICY_DECISION, record);
      assertThat(masked.text(field)).isEqualTo(CARD);
      assertThat(masked.text("note")).isEqualTo("[CREDIT_CARD]");
    }
  }

  @Test
  void theSameNamesInOtherRecordsAreCallersAndMasked() {
    assertThat(mask.mask(LogEvent.OUTCOME_REPORTED, record("digest", CARD)).text("digest"))
        .isEqualTo("[CREDIT_CARD]");
  }
}
