package dev.bylaw.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.bylaw.rego.builtin.PlainPattern.Answer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainPatternTest {
  private static final List<String> PIECES =
      List.of("a", "b", "-", "\\.", "\\d", "\\w", "[a-c]", "[^ab]", ".", "\\s", "[0-9_]", "\\W");
  private static final List<String> COUNTS =
      List.of("", "", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}");
  private static final String LETTERS = "aabbcd01-._ \nAB";

  @Test
  void itAnswersAsTheWholeEngineDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int plain = 0;
    for (int i = 0; i < 30_000; i++) {
      String expression = expression(random);
      PlainPattern pattern = PlainPattern.of(expression);
      if (pattern == null) {
        continue;
      }
      plain++;
      Pattern whole = Pattern.compile(expression);
      for (int t = 0; t < 8; t++) {
        String text = text(random);
        assertThat(pattern.in(text))
            .as("seed %d: `%s` in `%s`", seed, expression, text)
            .isEqualTo(whole.matcher(text).find() ? Answer.MATCHES : Answer.DIFFERS);
      }
    }
    assertThat(plain).as("expressions that are plain").isGreaterThan(5_000);
  }

  @Test
  void usualExpressionsArePlain() {
    for (String usual :
        List.of(
            "\\b\\d{3}-\\d{2}-\\d{4}\\b",
            "^[a-z]+-[0-9]+$",
            "(?i)^team-[a-z0-9_]{1,20}$",
            "[0-9]{3}-[0-9]{2}-[0-9]{4}",
            "^/api/v[0-9]+/")) {
      assertThat(PlainPattern.of(usual)).as(usual).isNotNull();
    }
  }

  @Test
  void whereACountCouldEndInSeveralPlacesItIsNotPlain() {
    for (String open : List.of("a+a", "\\w*\\d", "(a|b)", "\\d?\\b", ".*x", "a+?", "a**")) {
      assertThat(PlainPattern.of(open)).as(open).isNull();
    }
  }

  @Test
  void textsBeyondAsciiAndLongSearchesAreLeftToTheWholeEngine() {
    assertThat(plain("[^a]").in("\u00e9")).isEqualTo(Answer.ELSEWHERE);
    assertThat(plain("a[ab]*-").in("ab".repeat(2000))).isEqualTo(Answer.ELSEWHERE);
    assertThat(plain("a").in("b".repeat(5000))).isEqualTo(Answer.ELSEWHERE);
  }

  private static PlainPattern plain(String expression) {
    return Objects.requireNonNull(PlainPattern.of(expression), expression);
  }

  private static String expression(Random random) {
    var out = new StringBuilder(random.nextInt(4) == 0 ? "(?i)" : "");
    out.append(random.nextInt(3) == 0 ? "^" : "");
    int parts = random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      out.append(random.nextInt(6) == 0 ? "\\b" : "");
      out.append(PIECES.get(random.nextInt(PIECES.size())));
      out.append(COUNTS.get(random.nextInt(COUNTS.size())));
    }
    return out.append(random.nextInt(6) == 0 ? "\\b" : "")
        .append(random.nextInt(3) == 0 ? "$" : "")
        .toString();
  }

  private static String text(Random random) {
    var out = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }
}
