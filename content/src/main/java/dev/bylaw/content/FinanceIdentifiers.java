package dev.bylaw.content;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Payment cards and bank accounts that are known the world over. */
final class FinanceIdentifiers {
  private static final String ACCOUNT_HINTS =
      "bank, account, transfer, wire, pay, payment, beneficiary, sepa, remit, payout, deposit";

  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.CREDIT_CARD,
              "card",
              "9{12,19}",
              "4-4-4-4=.95, 4 4 4 4=.95, 4 6 5=.95, 4-6-5=.95, 4 6 4=.95, 4-6-4=.95, compact=.8,"
                  + " any=.75",
              FinanceIdentifiers::card,
              .98,
              "card, cards, credit card, debit card, card number, cc, ccn, pan, credit, cardnumber,"
                  + " creditcard, visa, mastercard, amex, american express, discover, diners, jcb,"
                  + " maestro, unionpay, cardholder",
              "cvv, cvc, expiry, expires, exp, charge, charged, pay, paid, payment, billing,"
                  + " checkout, issuer",
              "4111 1111 1111 1111",
              "5555555555554444",
              "3782-822463-10005"),
          Identifier.of(
              EntityType.IBAN,
              "iban",
              "AA99*{11,30}",
              "any=.95",
              FinanceIdentifiers::iban,
              .99,
              "iban, international bank account number",
              ACCOUNT_HINTS,
              "DE89 3704 0044 0532 0130 00",
              "GB82WEST12345698765432",
              "NO93 8601 1117 947"));

  private FinanceIdentifiers() {}

  /** An issuer's range of card numbers: prefixes from..to, and the lengths it issues. */
  private record Issuer(String name, String from, String to, int shortest, int longest) {
    boolean issues(String number) {
      if (number.length() < shortest || number.length() > longest) {
        return false;
      }
      String prefix = number.substring(0, from.length());
      return prefix.compareTo(from) >= 0 && prefix.compareTo(to) <= 0;
    }
  }

  // First match wins: the narrow ranges stand before the wide ones they lie in.
  private static final List<Issuer> ISSUERS =
      Stream.of(
              "visa 4 4 16 16, visa 4 4 13 13, visa 4 4 19 19",
              "mastercard 51 55 16 16, mastercard 2221 2720 16 16",
              "amex 34 34 15 15, amex 37 37 15 15",
              "discover 6011 6011 16 19, discover 644 649 16 19, verve 650002 650027 16 19",
              "discover 65 65 16 19, discover 622126 622925 16 19, unionpay 62 62 16 19",
              "unionpay 81 81 16 19, diners 300 305 14 19, diners 3095 3095 14 19",
              "diners 36 36 14 19, diners 38 39 14 19, jcb 3528 3589 16 19",
              "jcb 2131 2131 15 15, jcb 1800 1800 15 15, mir 2200 2204 16 19",
              "troy 9792 9792 16 16, verve 506099 506198 16 19, dankort 5019 5019 16 16",
              "rupay 508 508 16 16, rupay 60 60 16 16, rupay 82 82 16 16",
              "instapayment 637 639 16 16, maestro 5018 5018 12 19, maestro 5020 5020 12 19",
              "maestro 5038 5038 12 19, maestro 56 58 12 19, maestro 6304 6304 12 19",
              "maestro 6390 6390 12 19, maestro 67 67 12 19, maestro 0604 0604 12 19")
          .flatMap(line -> Stream.of(line.split(", ", -1)))
          .map(entry -> entry.split(" ", -1))
          .map(part ->
              new Issuer(
                  part[0], part[1], part[2], Integer.parseInt(part[3]), Integer.parseInt(part[4])))
          .toList();

  private static final Map<String, Check> BY_ISSUER =
      ISSUERS.stream()
          .map(Issuer::name)
          .distinct()
          .collect(
              Collectors.toUnmodifiableMap(
                  name -> name, name -> Check.confirmed("luhn ok, issuer range " + name)));

  private static final Check BAD_LUHN = Check.refuted("luhn fails");
  private static final Check NO_ISSUER = Check.doubtful("luhn ok, no known issuer");

  // Who issues fewer digits is known.
  private static final int SHORTEST_UNKNOWN = 15;
  private static final Check NOBODYS = Check.refuted("luhn ok, too short for an unknown issuer");

  // Visa no longer issues thirteen digits; bar codes of articles from Germany begin with 40 to 44,
  // have as many, and each tenth passes the check.
  private static final int OLD_VISA = 13;
  private static final Check LIKE_ARTICLE =
      Check.doubtful("luhn ok, issuer range visa, as long as an article number");

  // Few cards are that short, and many numbers of orders and customers.
  private static final Check SHORT_MAESTRO =
      new Check(Check.Verdict.PLAUSIBLE, "luhn ok, issuer range maestro, short");

  static Check card(String number) {
    if (!Checksums.luhn(number) || Checksums.allSame(number)) {
      return BAD_LUHN;
    }
    for (Issuer issuer : ISSUERS) {
      if (issuer.issues(number)) {
        if (number.length() == OLD_VISA && number.startsWith("4")) {
          return LIKE_ARTICLE;
        }
        if (number.length() < SHORTEST_UNKNOWN && issuer.name.equals("maestro")) {
          return SHORT_MAESTRO;
        }
        return BY_ISSUER.getOrDefault(issuer.name, NO_ISSUER);
      }
    }
    return number.length() < SHORTEST_UNKNOWN ? NOBODYS : NO_ISSUER;
  }

  /**
   * The basic bank account number of each country in the SWIFT registry: {@code n} digits, {@code
   * a} letters, {@code c} either, with their counts.
   */
  private static final Map<String, String> ACCOUNTS =
      Stream.of(
              "AD 8n12c, AE 19n, AL 8n16c, AT 16n, AZ 4a20c, BA 16n, BE 12n, BG 4a6n8c, BH 4a14c",
              "BI 23n, BR 23n1a1c, BY 4c4n16c, CH 5n12c, CR 18n, CY 8n16c, CZ 20n, DE 18n, DJ 23n",
              "DK 14n, DO 4c20n, EE 16n, EG 25n, ES 20n, FI 14n, FK 2a12n, FO 14n, FR 10n11c2n",
              "GB 4a14n, GE 2a16n, GI 4a15c, GL 14n, GR 7n16c, GT 24c, HN 4a20n, HR 17n, HU 24n",
              "IE 4a14n, IL 19n, IQ 4a15n, IS 22n, IT 1a10n12c, JO 4a4n18c, KW 4a22c, KZ 3n13c",
              "LB 4n20c, LC 4a24c, LI 5n12c, LT 16n, LU 3n13c, LV 4a13c, LY 21n, MC 10n11c2n",
              "MD 20c, ME 18n, MK 3n10c2n, MN 16n, MR 23n, MT 4a5n18c, MU 4a19n3a, NI 4a20n",
              "NL 4a10n, NO 11n, OM 3n16c, PK 4a16c, PL 24n, PS 4a21c, PT 21n, QA 4a21c, RO 4a16c",
              "RS 18n, RU 14n15c, SA 2n18c, SC 4a20n3a, SD 14n, SE 20n, SI 15n, SK 20n, SM 1a10n12c",
              "SO 19n, ST 21n, SV 4a20n, TL 19n, TN 20n, TR 6n16c, UA 6n19c, VA 18n, VG 4a16n, XK 16n",
              "YE 4a4n18c")
          .flatMap(line -> Stream.of(line.split(", ", -1)))
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(0, 2), line -> line.substring(3)));

  private static final Check IBAN_OK = Check.confirmed("mod 97 ok, country format fits");
  private static final Check IBAN_COUNTRY = Check.refuted("no such country format");
  private static final Check IBAN_CHECKSUM = Check.refuted("mod 97 fails");

  static Check iban(String iban) {
    String format = ACCOUNTS.get(iban.substring(0, 2));
    if (format == null || !fits(iban, format)) {
      return IBAN_COUNTRY;
    }
    return Checksums.modulo97(iban.substring(4) + iban.substring(0, 4)) == 1
        ? IBAN_OK
        : IBAN_CHECKSUM;
  }

  private static boolean fits(String iban, String format) {
    int at = 4;
    int count = 0;
    for (int i = 0; i < format.length(); i++) {
      char kind = format.charAt(i);
      if (kind <= '9') {
        count = count * 10 + kind - '0';
        continue;
      }
      for (; count > 0; count--, at++) {
        if (at == iban.length()) {
          return false;
        }
        boolean digit = iban.charAt(at) <= '9';
        if ((kind == 'n' && !digit) || (kind == 'a' && digit)) {
          return false;
        }
      }
    }
    return at == iban.length();
  }
}
