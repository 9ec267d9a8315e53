package dev.bylaw.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void positionsCountFromOneAndColumnsCountCodePoints() {
    Source source = Source.of("a", "x\n😀y\r\n");
    assertThat(source.position(0)).isEqualTo(new Position(1, 1));
    assertThat(source.position(4)).isEqualTo(new Position(2, 2));
    assertThat(source.position(source.text().length())).isEqualTo(new Position(3, 1));
  }

  @Test
  void everyOffsetComesBackFromItsPosition() {
    Source source = Source.of("a", "one\r\n\ntwo 😀 three\nlast");
    for (int i = 0; i <= source.text().length(); i++) {
      if (i < source.text().length() && Character.isLowSurrogate(source.text().charAt(i))) {
        continue;
      }
      Position position = source.position(i);
      assertThat(source.offset(position.line(), position.column())).isEqualTo(i);
    }
  }

  @Test
  void aLineHasNoLineBreak() {
    Source source = Source.of("a", "one\r\ntwo\n");
    assertThat(source.line(1)).isEqualTo("one");
    assertThat(source.line(2)).isEqualTo("two");
    assertThat(source.line(3)).isEmpty();
    assertThat(source.lines()).isEqualTo(3);
  }

  @Test
  void aByteOrderMarkIsNotText() {
    assertThat(Source.of("a", "\uFEFFx").text()).isEqualTo("x");
  }

  @Test
  void aSpanOutsideTheTextIsABug() {
    assertThatThrownBy(() -> Source.of("a", "xy").span(1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void spansJoin() {
    Source source = Source.of("a", "one two three");
    assertThat(source.span(4, 7).to(source.span(0, 3)).text()).isEqualTo("one two");
  }
}
