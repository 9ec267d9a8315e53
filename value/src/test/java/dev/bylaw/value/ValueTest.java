package dev.bylaw.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueTest {
  record Order(String id, BigDecimal amount, Optional<String> note) {}

  @Test
  void javaObjectsBecomeValuesAsTheyAre() {
    Value value =
        Value.of(Map.of("order", new Order("A1", new BigDecimal("12.50"), Optional.empty())));
    assertThat(value).hasToString("{\"order\":{\"id\":\"A1\",\"amount\":12.5,\"note\":null}}");
    assertThat(Value.of(List.of(1, 2.5, true, 'x', Instant.EPOCH)))
        .hasToString("[1,2.5,true,\"x\",\"1970-01-01T00:00:00Z\"]");
    assertThat(Value.of(Set.of(3, 1, 2))).isInstanceOf(SetValue.class).hasToString("[1,2,3]");
    assertThat(Value.of(new int[] {1, 2})).hasToString("[1,2]");
  }

  @Test
  void whatJsonDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> Value.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Value.of(new Object())).isInstanceOf(IllegalArgumentException.class);
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    assertThatThrownBy(() -> Value.of(cycle)).hasMessageContaining("nested deeper");
  }

  @Test
  void numbersAreEqualByWhatTheySay() {
    assertThat(NumberValue.parse("1.0"))
        .isEqualTo(NumberValue.of(1))
        .hasSameHashCodeAs(NumberValue.of(1));
    assertThat(NumberValue.parse("1e2")).isEqualTo(NumberValue.of(100));
    assertThat(NumberValue.of(BigInteger.TWO.pow(64)))
        .isEqualTo(NumberValue.parse("18446744073709551616"));
    assertThat(NumberValue.of(0.1)).isEqualTo(NumberValue.parse("0.1"));
    assertThat(NumberValue.parse("-0")).isEqualTo(NumberValue.of(0));
    assertThat(NumberValue.parse("999.99").compareTo(NumberValue.parse("1000.00"))).isNegative();
  }

  @Test
  void aNumberThatWouldFillTheHeapIsRefused() {
    assertThatThrownBy(() -> NumberValue.parse("1e999999999"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> NumberValue.parse("1e-999999999"))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void kindsAreOrderedAndStringsByCodePoint() {
    List<Value> ordered =
        List.of(
            NullValue.NULL,
            BooleanValue.FALSE,
            BooleanValue.TRUE,
            NumberValue.of(-1),
            NumberValue.parse("0.5"),
            NumberValue.of(1),
            StringValue.of(""),
            StringValue.of("a"),
            StringValue.of("\uFFFD"),
            StringValue.of("😀"),
            ArrayValue.EMPTY,
            Value.of(List.of(1)),
            Value.of(List.of(1, 2)),
            ObjectValue.EMPTY,
            Value.of(Map.of("a", 1)),
            Value.of(Map.of("a", 2)),
            SetValue.EMPTY,
            Value.of(Set.of(1)));
    List<Value> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void anObjectFindsEachOfManyKeys() {
    ObjectValue.Builder builder = ObjectValue.builder();
    for (int i = 0; i < 5_000; i++) {
      builder.put("key" + i, NumberValue.of(i));
    }
    ObjectValue object = builder.put("key7", NumberValue.of(-7)).build();
    assertThat(object.size()).isEqualTo(5_000);
    for (int i = 0; i < 5_000; i++) {
      long wanted = i == 7 ? -7 : i;
      assertThat(object.get("key" + i)).isEqualTo(NumberValue.of(wanted));
      assertThat(object.get(StringValue.of("key" + i))).isEqualTo(NumberValue.of(wanted));
    }
    assertThat(object.get("absent")).isNull();
  }

  @Test
  void keysThatWereChosenToCollideAreFoundAllTheSame() {
    ObjectValue.Builder builder = ObjectValue.builder();
    for (int i = 0; i < 1 << 16; i++) {
      builder.put(colliding(i), NumberValue.of(i));
    }
    ObjectValue object = builder.build();
    assertThat(colliding(1).hashCode()).isEqualTo(colliding(2).hashCode());
    for (int i = 0; i < 1 << 16; i++) {
      assertThat(object.get(colliding(i))).isEqualTo(NumberValue.of(i));
    }
    assertThat(object.get("AaAa")).isNull();
    assertThat(object.get(StringValue.of(colliding(77)))).isEqualTo(NumberValue.of(77));
  }

  /** One of 65,536 texts of one hash code. */
  private static String colliding(int number) {
    var text = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  @Test
  void objectsAreEqualInWhateverOrder() {
    ObjectValue one = ObjectValue.of("a", NumberValue.of(1), "b", NumberValue.of(2));
    ObjectValue other = ObjectValue.of("b", NumberValue.of(2), "a", NumberValue.of(1));
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.compareTo(other)).isZero();
    assertThat(one.with("a", NumberValue.of(3))).isNotEqualTo(one);
    assertThat(one.without("a")).isEqualTo(ObjectValue.of("b", NumberValue.of(2)));
  }

  @Test
  void aSetHoldsEachValueOnceInOrder() {
    SetValue set = SetValue.of(NumberValue.of(2), NumberValue.of(1), NumberValue.parse("2.0"));
    assertThat(set.members()).containsExactly(NumberValue.of(1), NumberValue.of(2));
    assertThat(set.contains(NumberValue.of(2))).isTrue();
    assertThat((Value) set).isEqualTo(SetValue.of(NumberValue.of(1), NumberValue.of(2)));
  }

  @Test
  void aSetMadeMemberByMemberIsThatOfAllOfThemHoweverMany() {
    for (int size : new int[] {0, 1, 4, 5, 8, 9, 40}) {
      var one = new SetValue.Builder();
      List<Value> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Value member = i % 2 == 0 ? NumberValue.of(i) : StringValue.of("m" + i);
        all.add(member);
        assertThat(one.add(member)).isTrue();
        assertThat(one.add(i % 2 == 0 ? NumberValue.parse(i + ".0") : member)).isFalse();
        assertThat((Value) one.build()).isEqualTo(SetValue.of(all));
      }
      assertThat(one.build().size()).isEqualTo(size);
    }
  }

  @Test
  void aPathLeadsThroughObjectsAndArrays() throws JsonException {
    Value value = Json.parse("{\"a\":[{\"b\":5}]}");
    assertThat(value.at("a", "0", "b")).contains(NumberValue.of(5));
    assertThat(value.at("a", "1")).isEmpty();
    assertThat(value.at("a", "00")).isEmpty();
    assertThat(value.at("a", "x")).isEmpty();
    assertThat(value.at("a", "0", "b", "c")).isEmpty();
  }

  @Test
  void toJavaAndBackIsTheSame() throws JsonException {
    Value value = Json.parse("{\"a\":[1,2.5,null,true,\"x\",{\"b\":{}}]}");
    assertThat(Value.of(value.toJava())).isEqualTo(value);
  }
}
