package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Checksums.dayAndMonth;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;

/** Numbers of Asia, Australia and Africa. */
final class AsiaPacificIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.IN_AADHAAR,
              "in_aadhaar",
              "[2-9]9{11}",
              "4 4 4=.7, 4-4-4=.7, compact=.15",
              checksum("verhoeff", Checksums::verhoeff),
              .97,
              "aadhaar, aadhar, adhaar, uidai, uid",
              "india, kyc",
              "2341 2341 2346"),
          Identifier.of(
              EntityType.IN_PAN,
              "in_pan",
              "A{3}[ABCFGHJLPT]A9{4}A",
              "compact=.75",
              shapeOnly(),
              .95,
              "pan, pan card, permanent account number, pan number",
              "india, income tax, kyc",
              "ABCPE1234F"),
          Identifier.of(
              EntityType.IN_VOTER,
              "in_voter",
              "A{3}9{7}",
              "compact=.1",
              shapeOnly(),
              .93,
              "voter, epic, voter id, elector, voter card, epic number",
              "india, election",
              "ABC1234567"),
          Identifier.of(
              EntityType.IN_GSTIN,
              "in_gstin",
              "[0-3]9A{5}9{4}A[1-9A-Z][Z]*",
              "compact=.95",
              checksum("check character", AsiaPacificIdentifiers::gstin),
              .98,
              "gstin, gst, gst number",
              "india, invoice",
              "27AAPFU0939F1ZV"),
          Identifier.of(
              EntityType.AU_TFN,
              "au_tfn",
              "9{9}",
              "3 3 3=.25, 3-3-3=.2, compact=.06",
              checksum(
                  "modulo 11", number -> weighted(number, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0),
              .95,
              "tfn, tax file number, tax file, tax file no",
              "australia, ato, superannuation",
              "876 543 210"),
          Identifier.of(
              EntityType.AU_ABN,
              "au_abn",
              "[1-9]9{10}",
              "2 3 3 3=.85, compact=.3",
              checksum("modulo 89", AsiaPacificIdentifiers::abn),
              .97,
              "abn, australian business number, business number",
              "australia, gst, pty",
              "51 824 753 556"),
          Identifier.of(
              EntityType.AU_ACN,
              "au_acn",
              "9{9}",
              "3 3 3=.2, compact=.05",
              checksum(
                  "modulo 10",
                  number ->
                      (10 - weighted(number, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10
                          == digit(number, 8)),
              .95,
              "acn, australian company number, company number",
              "australia, asic, pty",
              "004 085 616"),
          Identifier.of(
              EntityType.AU_MEDICARE,
              "au_medicare",
              "[2-6]9{9,10}",
              "4 5 1=.85, 4-5-1=.85, compact=.15",
              checksum(
                  "modulo 10",
                  number -> weighted(number, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digit(number, 8)),
              .95,
              "medicare, medicare number, medicare card, medicare no",
              "australia, patient",
              "2123 45670 1"),
          Identifier.of(
              EntityType.SG_NRIC,
              "sg_nric_fin",
              "[STFGM]9{7}A",
              "compact=.9",
              checksum("check letter", AsiaPacificIdentifiers::nric),
              .98,
              "nric, fin, nric number, identity card, fin number",
              "singapore",
              "S1234567D"),
          Identifier.of(
              EntityType.SG_UEN,
              "sg_uen",
              "9{8}A|[12]9{8}A|[TSR]99AA9{4}A",
              "compact=.1",
              shapeOnly(),
              .93,
              "uen, unique entity number",
              "singapore, acra",
              "53125226D",
              "T08LL0001B"),
          Identifier.of(
              EntityType.KR_RRN,
              "kr_rrn",
              "9{6}[1-8]9{6}",
              "6-7=.92, compact=.3",
              AsiaPacificIdentifiers::koreanResident,
              .97,
              "rrn, resident registration, resident registration number, jumin, alien registration",
              "korea, korean",
              "900101-1234568",
              "971013-5019902"),
          Identifier.of(
              EntityType.KR_BRN,
              "kr_brn",
              "9{10}",
              "3-2-5=.85, compact=.06",
              checksum("check digit", AsiaPacificIdentifiers::koreanBusiness),
              .93,
              "brn, business registration, business registration number",
              "korea, korean",
              "124-81-00998"),
          Identifier.of(
              EntityType.TH_TNIN,
              "th_tnin",
              "[1-8]9{12}",
              "1-4-5-2-1=.97, 1 4 5 2 1=.9, compact=.3",
              checksum(
                  "modulo 11",
                  number ->
                      (11 - weighted(number, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10
                          == digit(number, 12)),
              .97,
              "thai id, thai national id, national id, citizen id, tnin",
              "thailand, thai",
              "1-1017-00230-70-8"),
          Identifier.of(
              EntityType.JP_MY_NUMBER,
              "jp_my_number",
              "9{12}",
              "compact=.06, 4 4 4=.2, 4-4-4=.2",
              checksum("modulo 11", AsiaPacificIdentifiers::myNumber),
              .95,
              "my number, individual number, mynumber, kojin bango",
              "japan",
              "123456789018"),
          Identifier.of(
              EntityType.CN_IDENTITY,
              "cn_resident_id",
              "[1-9]9{5}[12]9{10}[0-9X]",
              "compact=.95",
              checksum(
                  "modulo 11-2 and birthday",
                  text -> Checksums.modulo11And2(text) && dayAndMonth(text, 12, 10)),
              .98,
              "resident identity, resident id, identity card, chinese id, id card, shenfenzheng",
              "china",
              "11010519491231002X"),
          Identifier.of(
              EntityType.ZA_IDENTITY,
              "za_identity",
              "9{10}[01]99",
              "compact=.6, 6 4 3=.8",
              checksum(
                  "luhn and birthday", text -> Checksums.luhn(text) && dayAndMonth(text, 4, 2)),
              .96,
              "south african id, id number, identity number, sa id, rsa id",
              "south africa, rsa",
              "8001015009087"),
          Identifier.of(
              EntityType.NG_NIN,
              "ng_nin",
              "9{11}",
              "compact=.04",
              shapeOnly(),
              .9,
              "nin, national identification number, nimc",
              "nigeria",
              "12345678901"));

  private AsiaPacificIdentifiers() {}

  private static boolean gstin(String text) {
    int sum = 0;
    for (int i = 0; i < 14; i++) {
      int product = Shape.symbol(text.charAt(i)) * (i % 2 + 1);
      sum += product / 36 + product % 36;
    }
    return (36 - sum % 36) % 36 == Shape.symbol(text.charAt(14));
  }

  private static boolean abn(String number) {
    int sum = (digit(number, 0) - 1) * 10;
    for (int i = 1; i < 11; i++) {
      sum += digit(number, i) * (2 * i - 1);
    }
    return sum % 89 == 0;
  }

  private static boolean nric(String text) {
    int sum = weighted(text.substring(1), 2, 7, 6, 5, 4, 3, 2);
    return switch (text.charAt(0)) {
      case 'S' -> Checksums.endsWith(text, "JZIHGFEDCBA", sum % 11);
      case 'T' -> Checksums.endsWith(text, "JZIHGFEDCBA", (sum + 4) % 11);
      case 'F' -> Checksums.endsWith(text, "XWUTRQPNMLK", sum % 11);
      case 'G' -> Checksums.endsWith(text, "XWUTRQPNMLK", (sum + 4) % 11);
      default -> Checksums.endsWith(text, "KLJNPQRTUWX", 10 - (sum + 3) % 11);
    };
  }

  private static final Check RRN_OK = Check.confirmed("birthday and check digit ok");
  private static final Check RRN_NEW = new Check(Check.Verdict.PLAUSIBLE, "birthday fits");
  private static final Check RRN_NO = Check.refuted("no birthday");

  /** Since October 2020 the last six digits are random, so that only the birthday tells. */
  private static Check koreanResident(String number) {
    if (!dayAndMonth(number, 4, 2)) {
      return RRN_NO;
    }
    int sum = weighted(number, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
    return (11 - sum % 11) % 10 == digit(number, 12) ? RRN_OK : RRN_NEW;
  }

  private static boolean koreanBusiness(String number) {
    int sum = weighted(number, 1, 3, 7, 1, 3, 7, 1, 3, 5) + digit(number, 8) * 5 / 10;
    return (10 - sum % 10) % 10 == digit(number, 9);
  }

  private static boolean myNumber(String number) {
    int rest = weighted(number, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == digit(number, 11);
  }
}
