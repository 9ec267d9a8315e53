package dev.bylaw.content;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbering plans of the world, asked a number of times that grows with the text and no more: a
 * text made of digits and words like "call" must not cost more than its length.
 */
final class PhoneNumbers {
  private static final List<String> REGIONS =
      List.of("US", "GB", "DE", "FR", "ES", "IT", "IN", "AU", "NL", "SE", "BR", "MX");

  private static final class Library {
    // Loaded with the first candidate: it takes some tens of milliseconds.
    static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
  }

  /** What a plan says of an international number. */
  enum Standing {
    VALID,
    POSSIBLE,
    IMPOSSIBLE
  }

  private int questions;

  PhoneNumbers(int characters) {
    questions = 200 + characters / 64;
  }

  Standing international(String number) {
    if (questions-- <= 0) {
      return Standing.POSSIBLE;
    }
    try {
      PhoneNumber parsed = Library.PHONES.parse(number, "ZZ");
      if (Library.PHONES.isValidNumber(parsed)) {
        return Standing.VALID;
      }
      return Library.PHONES.isPossibleNumber(parsed) ? Standing.POSSIBLE : Standing.IMPOSSIBLE;
    } catch (NumberParseException notANumber) {
      return Standing.IMPOSSIBLE;
    }
  }

  /** The first region whose plan holds the number as it is written, or null. */
  @Nullable String region(String number) {
    for (String region : REGIONS) {
      if (questions-- <= 0) {
        return null;
      }
      try {
        if (Library.PHONES.isValidNumber(Library.PHONES.parse(number, region))) {
          return region;
        }
      } catch (NumberParseException notANumber) {
        return null;
      }
    }
    return null;
  }
}
