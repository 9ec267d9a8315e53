package dev.bylaw.content;

import static java.util.Objects.requireNonNull;

/**
 * One thing found: what, where, how surely, by whom and why. It never holds the text itself.
 *
 * @param path the place in the inspected value as a JSON pointer (RFC 6901); empty for a bare text
 * @param place whether the span lies in the value at {@code path} or in the name of that member
 * @param start offset in the original text, in UTF-16 units, of the first character
 * @param end offset after the last character
 * @param score confidence from 0 to 1
 * @param detector the name of the detector
 * @param explanation what spoke for it, for people: {@code luhn ok, issuer range visa, context word
 *     "card" 12 characters before}
 */
public record Finding(
    EntityType type,
    String path,
    Place place,
    int start,
    int end,
    double score,
    String detector,
    String explanation) {

  /** Where in a member of an object a finding lies. */
  public enum Place {
    VALUE,
    NAME
  }

  public Finding {
    requireNonNull(type);
    requireNonNull(path);
    requireNonNull(place);
    requireNonNull(detector);
    requireNonNull(explanation);
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("empty or negative span " + start + ".." + end);
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score " + score + " is not within 0..1");
    }
  }

  /** The found piece of {@code text}, which must be the text at this finding's path. */
  public String in(String text) {
    return text.substring(start, end);
  }

  /** The same finding in the text at another place of a value. */
  Finding at(String otherPath, Place otherPlace) {
    return new Finding(type, otherPath, otherPlace, start, end, score, detector, explanation);
  }
}
