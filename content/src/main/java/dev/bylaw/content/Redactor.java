package dev.bylaw.content;

import dev.bylaw.content.Finding.Place;
import dev.bylaw.content.Findings.Gap;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes what an inspector finds harmless and inspects the result again, until it is clean. Values
 * stay well formed: texts stay texts, names of members stay distinct, and a number with something
 * in it becomes a text. What the budget did not allow to look at is not passed on.
 */
public final class Redactor {
  private static final int ROUNDS = 3;
  private static final Set<EntityType> NO_NUMBERS =
      Set.of(
          EntityType.EMAIL,
          EntityType.URL,
          EntityType.IP_ADDRESS,
          EntityType.ADDRESS,
          EntityType.COORDINATES,
          EntityType.LOCATION,
          EntityType.PERSON,
          EntityType.ORGANIZATION);
  private static final String WHOLE = "[REDACTED]";
  private static final String UNSEEN = "[NOT INSPECTED]";

  private final Inspector inspector;
  private final Redaction standard;
  private final Map<EntityType, Redaction> byType;

  private Redactor(Inspector inspector, Redaction standard, Map<EntityType, Redaction> byType) {
    this.inspector = inspector;
    this.standard = standard;
    this.byType = Map.copyOf(byType);
  }

  /** A redactor that treats all types alike. */
  public static Redactor of(Inspector inspector, Redaction redaction) {
    return new Redactor(inspector, redaction, Map.of());
  }

  /** What looks for it. */
  public Inspector inspector() {
    return inspector;
  }

  /** This redactor treating one type differently. */
  public Redactor with(EntityType type, Redaction redaction) {
    Map<EntityType, Redaction> more = new HashMap<>(byType);
    more.put(type, redaction);
    return new Redactor(inspector, standard, more);
  }

  public Redacted<String> redact(String text, Set<EntityType> wanted) {
    Redacted<Value> redacted = redact(StringValue.of(text), wanted);
    return new Redacted<>(ValueText.of(redacted.result()), redacted.found(), redacted.remaining());
  }

  public Redacted<Value> redact(Value value, Set<EntityType> wanted) {
    Findings found = inspector.inspect(value, wanted);
    Findings remaining = found;
    Value result = value;
    for (int round = 0; round <= ROUNDS && !remaining.isEmpty() && wasSeen(remaining); round++) {
      result = new Rewriting(remaining, round).rewrite(result, "");
      remaining = inspector.inspect(result, wanted);
    }
    if (!wasSeen(remaining)) {
      return new Redacted<>(StringValue.of(UNSEEN), found, remaining);
    }
    return new Redacted<>(result, found, remaining);
  }

  private static boolean wasSeen(Findings findings) {
    for (Gap gap : findings.gaps()) {
      switch (gap.reason()) {
        case TOO_LARGE, TOO_SLOW, TOO_MANY -> {
          return false;
        }
        case NO_DETECTOR, DETECTOR_FAILED -> {}
      }
    }
    return true;
  }

  /**
   * One pass over a value. The first round redacts as it was told; a later one, which meets what
   * the first has brought about, puts labels; the last gives up the whole text.
   */
  private final class Rewriting {
    private final int round;
    private final Map<String, List<Finding>> inValues = new HashMap<>();
    private final Map<String, List<Finding>> inNames = new HashMap<>();

    Rewriting(Findings findings, int round) {
      this.round = round;
      for (Finding finding : findings.all()) {
        Map<String, List<Finding>> byPath = finding.place() == Place.NAME ? inNames : inValues;
        byPath.computeIfAbsent(finding.path(), _ -> new ArrayList<>()).add(finding);
      }
    }

    Value rewrite(Value value, String path) {
      return switch (value) {
        case NullValue _, BooleanValue _ -> value;
        case NumberValue _, StringValue _ -> {
          List<Finding> findings = inValues.get(path);
          yield findings == null ? value : StringValue.of(rewrite(ValueText.of(value), findings));
        }
        case ArrayValue array -> {
          List<Value> elements = new ArrayList<>(array.size());
          for (int i = 0; i < array.size(); i++) {
            elements.add(rewrite(array.get(i), path + '/' + i));
          }
          yield ArrayValue.of(elements);
        }
        case SetValue set -> {
          List<Value> members = new ArrayList<>(set.size());
          for (int i = 0; i < set.size(); i++) {
            members.add(rewrite(set.sorted(i), path + '/' + i));
          }
          yield SetValue.of(members);
        }
        case ObjectValue object -> rewrite(object, path);
      };
    }

    private ObjectValue rewrite(ObjectValue object, String path) {
      ObjectValue.Builder builder = ObjectValue.builder(object.size());
      Set<Value> names = new HashSet<>();
      for (int i = 0; i < object.size(); i++) {
        names.add(object.key(i));
      }
      for (int i = 0; i < object.size(); i++) {
        Value key = object.key(i);
        String at = path + '/' + ValueText.escape(ValueText.of(key));
        Value value = rewrite(object.value(i), at);
        builder.put(rewriteKey(key, at, names), value);
      }
      return builder.build();
    }

    private Value rewriteKey(Value key, String path, Set<Value> names) {
      List<Finding> findings = inNames.get(path);
      if (!(key instanceof StringValue || key instanceof NumberValue)) {
        Value other = rewrite(key, path);
        names.add(other);
        return other;
      }
      if (findings == null) {
        return key;
      }
      String name = rewrite(ValueText.of(key), findings);
      Value distinct = StringValue.of(name);
      for (int n = 2; !names.add(distinct); n++) {
        distinct = StringValue.of(name + '_' + n);
      }
      return distinct;
    }

    private String rewrite(String text, List<Finding> findings) {
      if (round == ROUNDS) {
        return WHOLE;
      }
      StringBuilder result = new StringBuilder(text.length());
      int done = 0;
      for (Finding finding : findings) {
        result.append(text, done, finding.start());
        Redaction redaction =
            round > 0 ? new Redaction.Label() : byType.getOrDefault(finding.type(), standard);
        result.append(replacement(redaction, finding.type(), finding.in(text)));
        done = finding.end();
      }
      return result.append(text, done, text.length()).toString();
    }
  }

  private static String replacement(Redaction redaction, EntityType type, String piece) {
    String label = type.name().toUpperCase(Locale.ROOT);
    return switch (redaction) {
      case Redaction.Mask(var sign) ->
          String.valueOf(sign).repeat(piece.codePointCount(0, piece.length()));
      case Redaction.Label _ -> '[' + label + ']';
      case Redaction.KeepLastFour(var sign) -> lastFour(type, piece, sign);
      case Redaction.KeyedHash(var key) -> '[' + label + ':' + hash(key, canonical(piece)) + ']';
      case Redaction.Pseudonym(var names) ->
          '[' + label + '_' + names.number(type, canonical(piece)) + ']';
    };
  }

  private static String lastFour(EntityType type, String piece, char sign) {
    int[] points = piece.codePoints().toArray();
    int count = 0;
    int digits = 0;
    for (int point : points) {
      count += Character.isLetterOrDigit(point) ? 1 : 0;
      digits += Character.isDigit(point) ? 1 : 0;
    }
    // The end of an address or of a name is no number to know it by again.
    boolean number = !NO_NUMBERS.contains(type) && count >= 9 && digits * 2 >= count;
    int masked = number ? count - 4 : count;
    StringBuilder result = new StringBuilder(piece.length());
    for (int point : points) {
      if (!Character.isLetterOrDigit(point)) {
        result.appendCodePoint(point);
      } else if (masked-- > 0) {
        result.append(sign);
      } else {
        result.appendCodePoint(point);
      }
    }
    return result.toString();
  }

  /** Equal for pieces that differ only in case, separators and look-alikes. */
  private static String canonical(String piece) {
    String plain = PlainText.of(piece).text().toLowerCase(Locale.ROOT);
    return plain.replaceAll("[\\s()/-]", "");
  }

  /** 64 bits as letters, so that no number can be read out of a label. */
  private static String hash(SecretKey key, String piece) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] bytes = mac.doFinal(piece.getBytes(StandardCharsets.UTF_8));
      StringBuilder letters = new StringBuilder(16);
      for (int i = 0; i < 8; i++) {
        letters.append((char) ('a' + (bytes[i] >> 4 & 15))).append((char) ('a' + (bytes[i] & 15)));
      }
      return letters.toString();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HMAC-SHA256 is in every Java", impossible);
    }
  }
}
