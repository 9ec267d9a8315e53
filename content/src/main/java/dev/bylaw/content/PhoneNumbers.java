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
      List.of(
          "US", "GB", "DE", "FR", "ES", "IT", "IN", "AU", "NL", "SE", "BR", "MX", "RU", "JP", "PL",
          "BE", "AT", "CH", "ZA", "TR", "KR", "CN", "PT", "DK", "NO", "FI", "NG");

  private static final int COMMON = 12;

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
    return region(number, REGIONS);
  }

  /** Of the regions that are met most only: a number that nothing names must not fit by chance. */
  @Nullable String commonRegion(String number) {
    return region(number, REGIONS.subList(0, COMMON));
  }

  private @Nullable String region(String number, List<String> regions) {
    for (String region : regions) {
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
