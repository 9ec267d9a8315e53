package dev.bylaw.content;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds telephone numbers. A number with an international prefix must be one of its country's
 * (libphonenumber knows them all); one written the way North America writes them speaks for itself;
 * any other run of digits needs a word like "call" or "fax" nearby, because every plan of some
 * country would accept it.
 */
final class PhoneDetector implements Detector {
  private static final int MOST_DIGITS = 15;
  private static final int FEWEST_DIGITS = 7;

  private static final Terms NAMES =
      Terms.of(
          "phone, phones, telephone, tel, telefon, call, calls, called, calling, mobile, cell,"
              + " cellphone, cellular, fax, whatsapp, sms, texted, text me, dial, hotline, ring,"
              + " reach me, reach us, reach him, reach her, reached, voicemail, landline, handy,"
              + " phone number, contact number, mob, ph, extension, contact, contact me, helpline,"
              + " tel no, phone no, telefono, telefone, telefoon, telefonnummer, telefonszam, puhelin,"
              + " tlf, tlfn, gsm, movil, celular, portable, mobil, mobilnummer, mobiltelefon,"
              + " handynummer, rufnummer, ruckruf, anrufen, appelez, cellulare, telefoonnummer,"
              + " telefonnr, komorka, 手机, 手机号, 电话, 電話, 電話番号, 携帯, 전화, 전화번호, 휴대폰, телефон, тел,"
              + " number is, new number, my number, our number, your number, his number, her number, reachable, phonenumber, msisdn,"
              + " pager, beeper, text us, text him, text her, text or call, contacts");
  private static final Terms AGAINST =
      Terms.of(
          "order, invoice, tracking, isbn, sku, serial, ticket, case, account, routing, ssn, card,"
              + " version, id, ref, reference, part, model, po, upc, ean, zip, passport, license,"
              + " iban, policy, transaction, batch, lot, item, product, quote, ip, gtin, vin,"
              + " build, release, commit, revision, row, line, belongs, social security, number of, abn, acn, tfn, medicare, nhs, aadhaar, pan, imei,"
              + " claim, ndc, docket, contract, refill, return, rrn, stan, auth, rma, sim, iccid, meeting id,"
              + " webinar id, passcode, booking, reservation, pnr, article, dossier, confirmation");

  @Override
  public String name() {
    return "phone";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.PHONE);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    String text = passage.plain();
    PhoneNumbers numbers = new PhoneNumbers(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (!isDigit(c) && c != '+' && c != '(') {
        i++;
        continue;
      }
      DigitRun candidate = DigitRun.at(text, i);
      if (candidate == null) {
        i = c == '+' || c == '(' ? i + 1 : afterWord(text, i);
        continue;
      }
      i = weigh(passage, candidate, numbers, matches);
    }
  }

  private static int afterWord(String text, int from) {
    int i = from;
    while (i < text.length() && Words.isWordPart(text.charAt(i))) {
      i++;
    }
    return Math.max(i, from + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Weighs the ways to end a candidate, the longest first; returns where to go on. */
  private static int weigh(
      Passage passage, DigitRun candidate, PhoneNumbers numbers, Matches matches) {
    String text = passage.plain();
    Words words = passage.words();
    int first = words.at(candidate.start);
    String field = NAMES.anywhere(passage.field().words());
    String againstField = field == null ? AGAINST.anywhere(passage.field().words()) : null;
    Context.Near name = null;
    boolean looked = false;
    if (field == null
        && !candidate.speaksForItself(text)
        && Context.nearest(NAMES, words, first, lastWord(words, candidate.end())) == null
        && !followsMail(text, candidate.start)
        && !isLettered(text, candidate.start)) {
      return Math.max(candidate.ends[0], candidate.start + 1);
    }
    for (int group = candidate.groups - 1; group >= 0; group--) {
      int digits = candidate.counts[group];
      int end = candidate.ends[group];
      if (digits < FEWEST_DIGITS) {
        break;
      }
      if (digits > MOST_DIGITS + 2
          || (endsInside(text, end) && group == candidate.groups - 1 && candidate.extension < 0)) {
        continue;
      }
      boolean last = group == candidate.groups - 1;
      if (!looked) {
        name = Context.nearest(NAMES, words, first, lastWord(words, end));
        looked = true;
      }
      boolean misled = field == null && name != null && isNearerAgainst(words, first, name);
      boolean named =
          field != null
              || (name != null && !misled)
              || (digits == 10
                  && (followsMail(text, candidate.start) || isLettered(text, candidate.start)));
      if (field == null && !isGroupedAsOne(text, candidate, group, named)) {
        if (candidate.separators.charAt(group - 1) == ' ') {
          continue;
        }
        return candidate.end();
      }
      Weight weight = weight(text, candidate, group, numbers, named);
      if (weight == null) {
        continue;
      }
      double score = weight.score;
      String explanation = weight.note;
      Context.Near against = named ? null : Context.before(AGAINST, words, first, 3);
      if (field != null) {
        explanation += ", field name \"" + field + '"';
        score = Math.max(score, .85);
      } else if (name != null && !misled) {
        explanation += ", " + name.explanation();
      }
      if (against != null || againstField != null) {
        score *= .5;
        explanation +=
            ", although near \"" + (against != null ? against.term() : againstField) + '"';
      }
      int stop = last && candidate.extension > 0 ? candidate.extension : end;
      matches.add(EntityType.PHONE, startOf(text, candidate.start), stop, score, explanation);
      return stop;
    }
    return Math.max(candidate.ends[0], candidate.start + 1);
  }

  /** {@code call about claim 4711}: what stands right before a number names it. */
  private static boolean isNearerAgainst(Words words, int first, Context.Near name) {
    Context.Near near = Context.before(AGAINST, words, first, 2);
    return near != null && (!name.before() || near.words() < name.words());
  }

  /**
   * Whether the groups could be those of a telephone number: the last is no pair behind a longer
   * one, as in {@code 8648-2311-19}, save behind a trunk prefix, where it is an extension.
   */
  private static boolean isGroupedAsOne(String text, DigitRun candidate, int group, boolean named) {
    if (group < 2 || candidate.sizes[group] != 2 || candidate.sizes[group - 1] <= 2) {
      return true;
    }
    char start = text.charAt(candidate.start);
    return start == '+' || start == '(' || (named && start == '0');
  }

  /** {@code m: 2125550142}, {@code o. 2125550142}: the letters of a signature. */
  private static boolean isLettered(String text, int start) {
    int i = start - 1;
    while (i > 0 && start - i < 4 && text.charAt(i) == ' ') {
      i--;
    }
    return i >= 1
        && (text.charAt(i) == ':' || text.charAt(i) == '.')
        && "tmocpfhwTMOCPFHW".indexOf(text.charAt(i - 1)) >= 0
        && (i == 1 || !Words.isWordPart(text.charAt(i - 2)));
  }

  /** {@code jane@example.com or 2125550142}: contacts are listed one behind the other. */
  private static boolean followsMail(String text, int start) {
    int i = start - 1;
    while (i > 0 && start - i < 8 && !isWordOrLineEnd(text.charAt(i))) {
      i--;
    }
    if (i >= 2 && (text.startsWith("or", i - 1) || text.startsWith("and", i - 2))) {
      i -= text.charAt(i) == 'r' ? 2 : 3;
    }
    while (i > 0 && start - i < 12 && !isWordOrLineEnd(text.charAt(i))) {
      i--;
    }
    int end = i;
    while (i > 0 && end - i < 48 && text.charAt(i) > ' ' && text.charAt(i) != '@') {
      i--;
    }
    return text.charAt(Math.max(i, 0)) == '@' && i < end;
  }

  private static boolean isWordOrLineEnd(char c) {
    return Words.isWordPart(c) || c == '\n';
  }

  private static int startOf(String text, int start) {
    return start > 0 && text.charAt(start) != '(' && text.startsWith("(+", start - 1)
        ? start - 1
        : start;
  }

  private static int lastWord(Words words, int end) {
    return Math.max(0, words.at(end - 1));
  }

  /** Whether the run goes on: a letter, or a sign and a digit. */
  private static boolean endsInside(String text, int end) {
    if (end >= text.length()) {
      return false;
    }
    char c = text.charAt(end);
    if (Words.isWordPart(c)) {
      return true;
    }
    return end + 1 < text.length()
        && (c == '-' || c == '.' || c == '_' || c == ':' || c == ',' || c == '%')
        && isDigit(text.charAt(end + 1));
  }

  private record Weight(double score, String note) {}

  private static @Nullable Weight weight(
      String text, DigitRun candidate, int group, PhoneNumbers numbers, boolean named) {
    String raw = text.substring(candidate.start, candidate.ends[group]);
    int digits = candidate.counts[group];
    if (candidate.international(text)) {
      String number = raw.startsWith("00") ? "+" + raw.substring(2) : raw.replace("(+", "+");
      return switch (numbers.international(number)) {
        case VALID -> new Weight(named ? .97 : .9, "valid international number");
        case POSSIBLE ->
            named || !raw.startsWith("00")
                ? new Weight(named ? .75 : .55, "possible international number")
                : null;
        case IMPOSSIBLE -> null;
      };
    }
    Weight american = northAmerican(candidate, group, named);
    if (american != null) {
      return american;
    }
    if (isDate(raw) || digits > 13) {
      return null;
    }
    if (!named) {
      boolean trunk =
          group > 0
              && raw.startsWith("0")
              && digits >= 9
              && raw.indexOf('.') < 0
              && !candidate.goesOn(text);
      // (11) 91234-5678, 8 (916) 123-45-67: an area in brackets is a telephone's.
      boolean bracketed = group > 0 && digits >= 9 && isBracketed(candidate, raw);
      String plan = bracketed ? numbers.region(raw) : trunk ? numbers.commonRegion(raw) : null;
      return plan == null
          ? null
          : new Weight(.55, "written with a trunk prefix or an area code of " + plan);
    }
    String region = numbers.region(raw);
    if (region != null) {
      return new Weight(.85, "valid number of region " + region);
    }
    boolean written = group > 0 || (digits >= 9 && digits <= 11);
    return written ? new Weight(.6, "digits of a telephone number") : null;
  }

  /** {@code (212) 555-0123}, {@code 212-555-0123}, {@code 1-212-555-0123}, {@code 001-…}. */
  private static @Nullable Weight northAmerican(DigitRun candidate, int group, boolean named) {
    int from = candidate.sizes[0] == 1 || (candidate.sizes[0] == 3 && group == 3) ? 1 : 0;
    if (group - from != 2
        || candidate.sizes[from] != 3
        || candidate.sizes[from + 1] != 3
        || candidate.sizes[from + 2] != 4) {
      return null;
    }
    char first = candidate.separators.charAt(from);
    char second = candidate.separators.charAt(from + 1);
    if (first == '(') {
      return new Weight(named ? .95 : .85, "written as in North America");
    }
    if (first != second) {
      return named ? new Weight(.8, "written as in North America") : null;
    }
    double alone =
        switch (first) {
          case '-' -> .75;
          case '.' -> .7;
          case ' ' -> .5;
          default -> .3;
        };
    return new Weight(named ? .95 : alone, "written as in North America");
  }

  private static boolean isBracketed(DigitRun candidate, String raw) {
    int open = raw.indexOf('(');
    int close = raw.indexOf(')');
    return open >= 0
        && open <= 2
        && close - open >= 3
        && close - open <= 6
        && candidate.groups >= 3
        && raw.indexOf('(', open + 1) < 0;
  }

  /** {@code 2024-05-17}, {@code 17.05.2024}: three groups that are a day, a month and a year. */
  private static boolean isDate(String raw) {
    String[] parts = raw.split("[-./ ]", -1);
    if (parts.length != 3) {
      return false;
    }
    boolean yearFirst = parts[0].length() == 4 && parts[1].length() <= 2 && parts[2].length() <= 2;
    boolean yearLast = parts[2].length() == 4 && parts[0].length() <= 2 && parts[1].length() <= 2;
    return yearFirst || yearLast;
  }
}
