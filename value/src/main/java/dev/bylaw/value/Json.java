package dev.bylaw.value;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The one JSON codec (RFC 8259).
 *
 * <p>Reading is strict: one value and nothing behind it, no duplicate keys, bounded depth, lengths
 * and exponents. Numbers are exact. Thread-safe.
 */
public final class Json {
  /** How deep arrays and objects may be nested. */
  public static final int MOST_DEEP = 512;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MOST_DEEP)
          .maxNumberLength(4_000)
          .maxStringLength(64 * 1024 * 1024)
          .maxNameLength(64 * 1024)
          .build();

  /** Keys that come twice are found where the object is made, which looks for each anyway. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .recyclerPool(Buffers.POOL)
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** What is made of what a text says: numbers as such or as written, keys once or the last. */
  private record Reading(Function<String, NumberValue> numbers, boolean lastKeyWins) {
    static final Reading STRICT = new Reading(NumberValue::parse, false);
    static final Reading AS_WRITTEN = new Reading(NumberValue::asWritten, false);
    static final Reading LENIENT = new Reading(NumberValue::asWritten, true);
  }

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws JsonException with line and column, if the text is not exactly one JSON value
   */
  public static Value parse(String text) throws JsonException {
    return parse(new StringReader(text));
  }

  /**
   * Reads one value from UTF-8.
   *
   * @throws JsonException with line and column, if the bytes are not exactly one JSON value
   */
  public static Value parse(byte[] utf8) throws JsonException {
    return read(FACTORY.createParser(ObjectReadContext.empty(), utf8));
  }

  /**
   * Reads one value and closes the reader.
   *
   * @throws JsonException with line and column, if the text is not exactly one JSON value
   */
  public static Value parse(Reader reader) throws JsonException {
    return read(FACTORY.createParser(ObjectReadContext.empty(), reader));
  }

  /**
   * Reads one value from UTF-8 and closes the stream.
   *
   * @throws JsonException with line and column, if the bytes are not exactly one JSON value
   */
  public static Value parse(InputStream utf8) throws JsonException {
    return read(FACTORY.createParser(ObjectReadContext.empty(), utf8));
  }

  /**
   * Reads one value from UTF-8, whose numbers are written again {@linkplain NumberValue#asWritten
   * as they were}.
   *
   * @throws JsonException with line and column, if the bytes are not exactly one JSON value
   */
  public static Value parseAsWritten(byte[] utf8) throws JsonException {
    return read(FACTORY.createParser(ObjectReadContext.empty(), utf8), Reading.AS_WRITTEN);
  }

  /**
   * Reads one value as a lenient reader of others' data must: of equal keys the last counts, and
   * numbers are written again {@linkplain NumberValue#asWritten as they were}.
   *
   * @throws JsonException with line and column, if the text is not exactly one JSON value
   */
  public static Value parseLastKeyWins(String text) throws JsonException {
    JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), new StringReader(text));
    return read(parser, Reading.LENIENT);
  }

  /** The value in JSON without white space; objects in their given order, sets as arrays. */
  public static String write(Value value) {
    return JsonWriter.compact(value);
  }

  /** The value in JSON with one entry a line, indented by two. */
  public static String pretty(Value value) {
    return JsonWriter.pretty(value);
  }

  /** {@link #write} in UTF-8. */
  public static byte[] bytes(Value value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static Value read(JsonParser parser) throws JsonException {
    return read(parser, Reading.STRICT);
  }

  private static Value read(JsonParser parser, Reading how) throws JsonException {
    try (parser) {
      return one(parser, how);
    } catch (UnexpectedEndOfInputException e) {
      throw failure("the text ends in the middle of a value", e.getLocation());
    } catch (JacksonException e) {
      throw failure(String.valueOf(e.getOriginalMessage()), e.getLocation());
    } catch (ArithmeticException e) {
      throw failure(String.valueOf(e.getMessage()), parser.currentTokenLocation());
    }
  }

  private static Value one(JsonParser parser, Reading how) throws JsonException {
    try {
      if (parser.nextToken() == null) {
        throw new JsonException("no value, only white space", 1, 1, 0);
      }
      Value value = new ValueReader(how).value(parser);
      if (parser.nextToken() != null) {
        throw failure("something stands behind the value", parser.currentTokenLocation());
      }
      return value;
    } catch (StreamConstraintsException e) {
      // The exception has no place, and a closed parser stands at the end of its text.
      throw failure(tooMuch(String.valueOf(e.getOriginalMessage())), parser.currentLocation());
    }
  }

  /** Which bound was passed; the parser tells it by its message alone, which a test holds it to. */
  private static String tooMuch(String message) {
    if (message.contains("nesting depth")) {
      return "nested deeper than " + MOST_DEEP;
    }
    if (message.contains("Number value length")) {
      return "a number of more than " + LIMITS.getMaxNumberLength() + " characters";
    }
    if (message.contains("String value length")) {
      return "a string of more than " + LIMITS.getMaxStringLength() + " characters";
    }
    return message.contains("Name length")
        ? "a name of more than " + LIMITS.getMaxNameLength() + " characters"
        : message;
  }

  private static JsonException failure(String message, @Nullable TokenStreamLocation where) {
    if (where == null) {
      return new JsonException(message, 1, 1, 0);
    }
    return new JsonException(
        message,
        Math.max(1, where.getLineNr()),
        Math.max(1, where.getColumnNr()),
        Math.max(0, Math.max(where.getCharOffset(), where.getByteOffset())));
  }

  /**
   * Builds the value at the parser's token. Recursion is bounded by the parser's depth limit. Short
   * texts and numbers that come again are held once: keys, enumerated values and prices make up
   * most of real data.
   */
  private static final class ValueReader {
    private static final int LONGEST_SHARED = 32;

    /** How many are remembered: of small texts few, for making room costs time, too. */
    private static final int FEWEST_SHARED = 256;

    private static final int MOST_SHARED = 1 << 16;

    private final Reading how;
    private @Nullable Value[] shared = new Value[FEWEST_SHARED];
    private int missed;

    ValueReader(Reading how) {
      this.how = how;
    }

    Value value(JsonParser parser) throws JsonException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser);
        case START_ARRAY -> array(parser);
        case VALUE_STRING -> text(parser.getString());
        case VALUE_NUMBER_INT -> number(whole(parser));
        case VALUE_NUMBER_FLOAT -> number(how.numbers.apply(parser.getString()));
        case VALUE_TRUE -> BooleanValue.TRUE;
        case VALUE_FALSE -> BooleanValue.FALSE;
        case VALUE_NULL -> NullValue.NULL;
        case PROPERTY_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
            throw new IllegalStateException("token " + parser.currentToken());
      };
    }

    /** Most are small, and no text needs to be made of them; 0 may be written as -0. */
    private NumberValue whole(JsonParser parser) {
      long number =
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? 0 : parser.getLongValue();
      return number == 0 ? how.numbers.apply(parser.getString()) : NumberValue.of(number);
    }

    private Value object(JsonParser parser) throws JsonException {
      ObjectValue.Builder builder = ObjectValue.builder();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        StringValue key = name(parser.currentName());
        if (how.lastKeyWins) {
          parser.nextToken();
          builder.put(key, value(parser));
        } else if (builder.has(key)) {
          throw failure("the key " + key + " is there twice", parser.currentTokenLocation());
        } else {
          parser.nextToken();
          builder.add(key, value(parser));
        }
      }
      return builder.build();
    }

    private Value array(JsonParser parser) throws JsonException {
      List<Value> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser));
      }
      return ArrayValue.of(elements);
    }

    private StringValue name(String name) {
      StringValue known = StringValue.known(name);
      if (known != null) {
        return known;
      }
      int met = missed;
      StringValue key = text(name);
      if (met == missed && name.length() <= LONGEST_SHARED) {
        StringValue.remember(key);
      }
      return key;
    }

    private StringValue text(String text) {
      if (text.length() > LONGEST_SHARED) {
        return StringValue.of(text);
      }
      int place = place(text.hashCode());
      if (shared[place] instanceof StringValue known && known.text().equals(text)) {
        return known;
      }
      StringValue fresh = StringValue.of(text);
      remember(place, fresh);
      return fresh;
    }

    private NumberValue number(NumberValue number) {
      int place = place(number.hashCode());
      if (shared[place] instanceof NumberValue known && known.isSameAs(number)) {
        return known;
      }
      remember(place, number);
      return number;
    }

    private int place(int hash) {
      return (hash * 0x9E3779B9 >>> 8) & (shared.length - 1);
    }

    /** Takes the place of what came before; where that happens often, there is more room then. */
    private void remember(int place, Value value) {
      shared[place] = value;
      if (++missed > shared.length && shared.length < MOST_SHARED) {
        missed = 0;
        shared = new Value[shared.length * 4];
      }
    }
  }
}
