package dev.bylaw.store.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.StringValue;
import org.junit.jupiter.api.Test;

class MentionTest {
  private static boolean mentions(String wanted, String text) {
    return new Mention(wanted).inJson(Json.write(StringValue.of(text)));
  }

  @Test
  void aTextIsMentionedAsAWordOfItsOwn() {
    assertThat(mentions("c-17", "c-17")).isTrue();
    assertThat(mentions("c-17", "refund (C-17), again")).isTrue();
    assertThat(mentions("c-17", "line\nc-17\tend")).isTrue();
    assertThat(mentions("c-17", "c-171")).isFalse();
    assertThat(mentions("c-17", "abc-17")).isFalse();
    assertThat(mentions("c-17", "c-17-b")).isFalse();
    assertThat(mentions("c-17", "c-171 and c-17")).isTrue();
    assertThat(mentions("say \"bob\"", "he did say \"bob\" loudly")).isTrue();
    assertThat(mentions("Zoë Müller", "dear zoë müller,")).isTrue();
  }
}
