package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Checksums.dayAndMonth;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;

/** Numbers of the countries on the Mediterranean and in south-eastern Europe. */
final class SouthernEuropeIdentifiers {
  private static final String CONTROL_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.ES_NIF,
              "es_nif",
              "9{8}[A-HJ-NP-TV-Z]",
              "compact=.75, 8-1=.85, 8 1=.5, 2.3.3-1=.9",
              checksum("modulo 23", SouthernEuropeIdentifiers::nif),
              .97,
              "nif, dni, documento nacional, identificacion",
              "spain, espana, cliente, contribuyente",
              "12345678Z",
              "12345678-Z"),
          Identifier.of(
              EntityType.ES_NIE,
              "es_nie",
              "[XYZ]9{7}[A-HJ-NP-TV-Z]",
              "compact=.8, 1-7-1=.9, 8-1=.85",
              checksum("modulo 23", text -> nif("XYZ".indexOf(text.charAt(0)) + text.substring(1))),
              .97,
              "nie, numero de identidad, extranjero, foreigner",
              "spain, espana",
              "X1234567L",
              "X-1234567-L"),
          Identifier.of(
              EntityType.IT_FISCAL_CODE,
              "it_fiscal_code",
              "A{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}A[0-9LMNPQRSTUV]{3}A",
              "compact=.95, any=.8",
              checksum("check letter", SouthernEuropeIdentifiers::fiscalCode),
              .99,
              "codice fiscale, fiscal code, cf, fiscale",
              "italia, italy",
              "RSSMRA85T10A562S"),
          Identifier.of(
              EntityType.IT_VAT,
              "it_vat_code",
              "9{11}",
              "compact=.1",
              checksum("luhn", Checksums::luhn),
              .93,
              "partita iva, p iva, piva, vat, iva, vat number, vat code",
              "italia, italy, fattura, azienda",
              "00743110157"),
          Identifier.of(
              EntityType.IT_IDENTITY_CARD,
              "it_identity_card",
              "AA9{7}|9{7}AA|AA9{5}AA",
              "compact=.05",
              shapeOnly(),
              .9,
              "carta d identita, carta identita, identity card, carta di identita, cie",
              "italia, italy, documento",
              "CA12345AA"),
          Identifier.of(
              EntityType.PT_NIF,
              "pt_nif",
              "[1-35689]9{8}",
              "compact=.05, 3 3 3=.15",
              checksum("modulo 11", SouthernEuropeIdentifiers::portugueseNif),
              .9,
              "nif, contribuinte, numero fiscal, nipc",
              "portugal, fatura, cliente",
              "123456789"),
          Identifier.of(
              EntityType.HR_OIB,
              "hr_oib",
              "9{11}",
              "compact=.08",
              checksum("modulo 11,10", Checksums::modulo11And10),
              .95,
              "oib, osobni identifikacijski broj",
              "hrvatska, croatia",
              "69435151530"),
          Identifier.of(
              EntityType.BG_EGN,
              "bg_egn",
              "9{10}",
              "compact=.08",
              checksum("modulo 11", SouthernEuropeIdentifiers::egn),
              .95,
              "egn, uniform civil number",
              "bulgaria",
              "7523169263"),
          Identifier.of(
              EntityType.RO_CNP,
              "ro_cnp",
              "[1-9]9{12}",
              "compact=.5",
              checksum("modulo 11 and birthday", SouthernEuropeIdentifiers::cnp),
              .97,
              "cnp, cod numeric personal",
              "romania",
              "1630615123457"),
          Identifier.of(
              EntityType.GR_AMKA,
              "gr_amka",
              "9{11}",
              "compact=.3",
              checksum(
                  "luhn and birthday", text -> Checksums.luhn(text) && dayAndMonth(text, 0, 2)),
              .95,
              "amka, social security",
              "greece, hellas",
              "01013099997"),
          Identifier.of(
              EntityType.TR_TCKN,
              "tr_tckn",
              "[1-9]9{10}",
              "compact=.55",
              checksum("both check digits", SouthernEuropeIdentifiers::tckn),
              .97,
              "tckn, tc kimlik, kimlik no, kimlik, turkish identity, tc",
              "turkiye, turkey",
              "10000000146"),
          Identifier.of(
              EntityType.IL_IDENTITY,
              "il_identity",
              "9{9}",
              "compact=.04, 8-1=.2",
              checksum("luhn", Checksums::luhn),
              .9,
              "teudat zehut, israeli id, mispar zehut, id number israel",
              "israel",
              "123456782"));

  private SouthernEuropeIdentifiers() {}

  private static boolean nif(String text) {
    int number = Integer.parseInt(text.substring(0, 8));
    return CONTROL_LETTERS.charAt(number % 23) == text.charAt(8);
  }

  /** Decreto 23 December 1976: other values at the odd places. */
  private static boolean fiscalCode(String code) {
    int[] odd = {
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int symbol = Shape.symbol(code.charAt(i));
      int value = symbol > 9 ? symbol - 10 : symbol;
      sum += i % 2 == 0 ? odd[value] : value;
    }
    return code.charAt(15) == 'A' + sum % 26;
  }

  private static boolean portugueseNif(String number) {
    int rest = weighted(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (rest < 2 ? 0 : 11 - rest) == digit(number, 8);
  }

  private static boolean egn(String number) {
    return weighted(number, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == digit(number, 9);
  }

  private static boolean cnp(String number) {
    int rest = weighted(number, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
    return (rest == 10 ? 1 : rest) == digit(number, 12) && dayAndMonth(number, 5, 3);
  }

  private static boolean tckn(String number) {
    int odd = weighted(number, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    int even = weighted(number, 0, 1, 0, 1, 0, 1, 0, 1);
    return Math.floorMod(odd * 7 - even, 10) == digit(number, 9)
        && (odd + even + digit(number, 9)) % 10 == digit(number, 10);
  }
}
