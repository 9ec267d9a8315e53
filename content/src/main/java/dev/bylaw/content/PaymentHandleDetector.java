package dev.bylaw.content;

import java.util.Locale;
import java.util.Set;

/**
 * Finds the addresses of India's Unified Payments Interface: {@code name@bank}, where the bank has
 * no dot. A bank that is known speaks for itself; any other needs a word like "upi" nearby.
 */
final class PaymentHandleDetector implements Detector {
  private static final int LONGEST = 64;
  private static final Terms NAMES =
      Terms.of("upi, upi id, vpa, virtual payment address, bhim, gpay, phonepe, paytm");
  private static final Set<String> BANKS =
      Set.of(
          "apl",
          "axisb",
          "axl",
          "barodampay",
          "dbs",
          "fbl",
          "federal",
          "freecharge",
          "hdfcbank",
          "hdfcbankjd",
          "ibl",
          "icici",
          "idfcbank",
          "idfcfirst",
          "indus",
          "jupiteraxis",
          "kotak",
          "oksbi",
          "okaxis",
          "okhdfcbank",
          "okicici",
          "paytm",
          "pnb",
          "ptaxis",
          "pthdfc",
          "ptsbi",
          "ptyes",
          "rbl",
          "sbi",
          "upi",
          "waaxis",
          "wahdfcbank",
          "waicici",
          "wasbi",
          "yapl",
          "ybl",
          "yesbank",
          "yespay");

  @Override
  public String name() {
    return "payment-handle";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.IN_UPI);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    Words words = passage.words();
    for (int sign = text.indexOf('@'); sign >= 0; sign = text.indexOf('@', sign + 1)) {
      int start = sign;
      while (start > 0 && sign - start <= LONGEST && isLocal(text.charAt(start - 1))) {
        start--;
      }
      int end = sign + 1;
      while (end < text.length()
          && end - sign <= LONGEST
          && Words.isWordPart(text.charAt(end))
          && text.charAt(end) < 0x80) {
        end++;
      }
      boolean whole = !goesOn(text, end) && sign - start >= 2 && end - sign > 2;
      if (!whole || sign - start > LONGEST || end - sign > LONGEST) {
        continue;
      }
      String bank = text.substring(sign + 1, end).toLowerCase(Locale.ROOT);
      String field = NAMES.anywhere(passage.field().words());
      int first = words.at(start);
      Context.Near near =
          field != null
              ? null
              : Context.nearest(NAMES, words, first, Math.max(first, words.at(end - 1)));
      boolean known = BANKS.contains(bank);
      String why = known ? "bank " + bank : "shape of a payment address";
      if (field != null) {
        matches.add(EntityType.IN_UPI, start, end, .95, why + ", field name \"" + field + '"');
      } else if (near != null) {
        matches.add(
            EntityType.IN_UPI, start, end, known ? .95 : .8, why + ", " + near.explanation());
      } else if (known) {
        matches.add(EntityType.IN_UPI, start, end, .8, why);
      }
    }
  }

  private static boolean isLocal(char c) {
    return (c < 0x80 && Words.isWordPart(c)) || c == '.' || c == '-' || c == '_';
  }

  /** A domain or another sign behind it makes it a mail address or code. */
  private static boolean goesOn(String text, int end) {
    if (end >= text.length()) {
      return false;
    }
    char c = text.charAt(end);
    return c == '@'
        || c == ':'
        || c == '/'
        || ((c == '.' || c == '-')
            && end + 1 < text.length()
            && Words.isWordPart(text.charAt(end + 1)));
  }
}
