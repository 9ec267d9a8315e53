package dev.bylaw.expression;

import dev.bylaw.expression.Domain.Bytes;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Conversions between kinds: {@code int(x)}, {@code double(x)}, {@code string(x)}, … */
final class Conversions {
  private static final int LONGEST = 100;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern UNSIGNED = Pattern.compile("\\d+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  private Conversions() {}

  /** Towards zero; 64 bits. */
  static Object toInt(Object value, Node site) {
    return switch (value) {
      case NumberValue number -> number.isLong() ? number : signed(number, site);
      case Instant instant -> NumberValue.of(instant.getEpochSecond());
      case StringValue text -> {
        if (text.text().length() > LONGEST || !WHOLE.matcher(text.text()).matches()) {
          yield malformed("a whole number", text, site);
        }
        BigInteger number = new BigInteger(text.text());
        yield number.bitLength() < Long.SIZE ? NumberValue.of(number) : outOfRange("int", site);
      }
      default -> site.notApplicable("int", value);
    };
  }

  private static Object signed(NumberValue number, Node site) {
    BigInteger whole = Arithmetic.truncated(number);
    return whole.bitLength() < Long.SIZE ? NumberValue.of(whole) : outOfRange("int", site);
  }

  /** Towards zero; 64 bits without a sign. */
  static Object toUint(Object value, Node site) {
    return switch (value) {
      case NumberValue number ->
          number.decimal().signum() >= 0
              ? unsigned(Arithmetic.truncated(number), site)
              : outOfRange("uint", site);
      case StringValue text ->
          text.text().length() <= LONGEST && UNSIGNED.matcher(text.text()).matches()
              ? unsigned(new BigInteger(text.text()), site)
              : malformed("a whole number without a sign", text, site);
      default -> site.notApplicable("uint", value);
    };
  }

  private static Object unsigned(BigInteger number, Node site) {
    return Arithmetic.isUnsigned(number) ? NumberValue.of(number) : outOfRange("uint", site);
  }

  /** A number as it is; a text that holds one, exactly. */
  static Object toDouble(Object value, Node site) {
    return switch (value) {
      case NumberValue number -> number;
      case StringValue text -> {
        if (text.text().length() > LONGEST || !DECIMAL.matcher(text.text()).matches()) {
          yield malformed("a number", text, site);
        }
        BigDecimal number = new BigDecimal(text.text());
        yield Math.abs((long) number.precision() - number.scale()) > NumberValue.MOST_EXPONENT / 2
            ? outOfRange("double", site)
            : NumberValue.of(number);
      }
      default -> site.notApplicable("double", value);
    };
  }

  static Object toText(Object value, Node site) {
    return switch (value) {
      case StringValue text -> text;
      case NumberValue number -> StringValue.of(number.toString());
      case BooleanValue truth -> StringValue.of(truth.toString());
      case Instant instant -> StringValue.of(Times.text(instant));
      case Duration duration -> StringValue.of(Times.text(duration));
      case Bytes bytes -> decoded(bytes, site);
      default -> site.notApplicable("string", value);
    };
  }

  private static Object decoded(Bytes bytes, Node site) {
    try {
      return StringValue.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.octets())).toString());
    } catch (CharacterCodingException _) {
      return site.failed(Reason.FORMAT, "the bytes are not UTF-8");
    }
  }

  static Object toBool(Object value, Node site) {
    return switch (value) {
      case BooleanValue truth -> truth;
      case StringValue text ->
          switch (text.text()) {
            case "true", "True", "TRUE", "t", "1" -> BooleanValue.TRUE;
            case "false", "False", "FALSE", "f", "0" -> BooleanValue.FALSE;
            default -> malformed("`true` or `false`", text, site);
          };
      default -> site.notApplicable("bool", value);
    };
  }

  static Object toBytes(Object value, Node site, Frame frame) {
    return switch (value) {
      case Bytes bytes -> bytes;
      case StringValue text ->
          frame.spend(1 + (text.text().length() >> 6))
              ? new Bytes(text.text().getBytes(StandardCharsets.UTF_8))
              : site.outOfBudget();
      default -> site.notApplicable("bytes", value);
    };
  }

  private static Object malformed(String expected, StringValue text, Node site) {
    return site.failed(Reason.FORMAT, "expected " + expected + ", found " + Domain.brief(text));
  }

  private static Object outOfRange(String type, Node site) {
    return site.failed(Reason.NUMBER, "out of the range of `" + type + "`");
  }
}
