package dev.bylaw.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How values are held shows in nothing that they do. */
class CompactFormsTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void numbersAreWhatTheirTextsSay() throws JsonException {
    for (int i = 0; i < 20_000; i++) {
      BigDecimal exact = decimal();
      BigDecimal other = random.nextBoolean() ? decimal() : exact.setScale(exact.scale() + 3);
      String text = exact.toPlainString();
      Value number = Json.parse(text);
      Value second = Json.parse(other.toPlainString());
      assertThat(((NumberValue) number).decimal())
          .as("%s %d", text, seed)
          .isEqualByComparingTo(exact);
      assertThat(number).as("%s %d", text, seed).isEqualTo(NumberValue.of(exact));
      assertThat(number.hashCode()).isEqualTo(NumberValue.of(exact).hashCode());
      assertThat(number.equals(second))
          .as("%s %s %d", exact, other, seed)
          .isEqualTo(exact.compareTo(other) == 0);
      assertThat(Integer.signum(number.compareTo(second)))
          .as("%s %s %d", exact, other, seed)
          .isEqualTo(exact.compareTo(other));
      assertThat(Json.parse(number.toString())).isEqualTo(number);
    }
  }

  private BigDecimal decimal() {
    int bits = random.nextInt(4) == 0 ? 100 : 1 + random.nextInt(63);
    BigInteger digits = new BigInteger(bits, random);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(24));
  }

  @Test
  void largeObjectsHoldTextsAsSmallOnesDo() {
    ObjectValue.Builder builder = ObjectValue.builder();
    for (int i = 0; i < 200; i++) {
      Value key = i % 3 == 0 ? NumberValue.of(i) : StringValue.of("k" + i);
      builder.put(
          key, i % 2 == 0 ? StringValue.of("v" + i) : ObjectValue.of("n", StringValue.EMPTY));
    }
    ObjectValue large = builder.build();
    assertThat(large.get("k4")).isEqualTo(StringValue.of("v4"));
    assertThat(large.get(StringValue.of("k4"))).isEqualTo(StringValue.of("v4"));
    assertThat(large.get(NumberValue.of(3))).isEqualTo(ObjectValue.of("n", StringValue.EMPTY));
    assertThat(large.get("k3")).isNull();
    assertThat(large.get(NumberValue.of(4))).isNull();
    assertThat(large.has("k199")).isTrue();
    assertThat(large.key(1)).isEqualTo(StringValue.of("k1"));
    assertThat(large.sortedKey(199)).isEqualTo(StringValue.of("k98"));
    ObjectValue rebuilt =
        large.with("k4", StringValue.of("other")).with("k4", StringValue.of("v4"));
    assertThat(rebuilt).isEqualTo(large).hasSameHashCodeAs(large).hasToString(large.toString());
    assertThat(large.without("k4")).isNotEqualTo(large);
  }

  @Test
  void aNameIsTheSameTextWhoeverRemembersIt() throws JsonException {
    StringValue name = StringValue.name("compact-form-name");
    Value object = Json.parse("{\"compact-form-name\":1,\"other\":2}");
    assertThat(((ObjectValue) object).key(0)).isSameAs(name);
    assertThat(((ObjectValue) object).get(StringValue.of("compact-form-name")))
        .isEqualTo(NumberValue.of(1));
    assertThat(StringValue.name("")).isSameAs(StringValue.EMPTY);
  }
}
