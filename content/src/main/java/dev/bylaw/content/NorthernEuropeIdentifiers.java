package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.dayAndMonth;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;

/** Numbers of the countries of western, central and northern Europe. */
final class NorthernEuropeIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.FR_NIR,
              "fr_nir",
              "[1-478]99[0-9][0-9]9[0-9AB]9{8}",
              "1 2 2 2 3 3 2=.95, compact=.75, 13 2=.9",
              checksum("modulo 97", NorthernEuropeIdentifiers::nir),
              .98,
              "nir, insee, securite sociale, numero de securite sociale, social security",
              "france, assure, carte vitale",
              "1 84 12 76 451 089 46"),
          Identifier.of(
              EntityType.DE_TAX_ID,
              "de_tax_id",
              "[1-9]9{10}",
              "2 3 3 3=.6, compact=.1",
              checksum("modulo 11,10", NorthernEuropeIdentifiers::taxId),
              .97,
              "steuer id, steueridentifikationsnummer, idnr, identifikationsnummer, steuerid,"
                  + " steuer identifikationsnummer, tax id, steuernummer, tin",
              "finanzamt, germany, deutschland",
              "86 095 742 719"),
          Identifier.of(
              EntityType.DE_SOCIAL_SECURITY,
              "de_social_security",
              "9{8}A9{3}",
              "compact=.6, 2 6 1 3=.8, 8 1 3=.7",
              checksum("check digit and birthday", NorthernEuropeIdentifiers::pensionNumber),
              .97,
              "rentenversicherungsnummer, sozialversicherungsnummer, rvnr, svnr, versicherungsnummer",
              "rente, germany, deutschland",
              "65170839J003"),
          Identifier.of(
              EntityType.DE_ID_CARD,
              "de_id_card",
              "[LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}|[LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}9|[T]9{8}",
              "compact=.05",
              structure(
                  "digits of a card", text -> text.chars().filter(c -> c <= '9').count() >= 2),
              .9,
              "personalausweis, ausweisnummer, personalausweisnummer, ausweis, id card",
              "germany, deutschland",
              "L01X00T471"),
          Identifier.of(
              EntityType.NL_BSN,
              "nl_bsn",
              "9{9}",
              "compact=.06, 4.2.3=.4, 4 2 3=.2",
              checksum(
                  "eleven test",
                  number -> Math.floorMod(weighted(number, 9, 8, 7, 6, 5, 4, 3, 2, -1), 11) == 0),
              .95,
              "bsn, burgerservicenummer, sofinummer, sofi, citizen service number",
              "nederland, netherlands",
              "111222333"),
          Identifier.of(
              EntityType.BE_NRN,
              "be_national_number",
              "9{11}",
              "2.2.2-3.2=.95, compact=.4, 2 2 2 3 2=.6",
              checksum("modulo 97", NorthernEuropeIdentifiers::belgian),
              .97,
              "rijksregisternummer, registre national, national number, insz, niss, nrn,"
                  + " numero national",
              "belgium, belgie, belgique",
              "85.07.30-033.28"),
          Identifier.of(
              EntityType.PL_PESEL,
              "pl_pesel",
              "9{11}",
              "compact=.55",
              checksum("check digit and birthday", NorthernEuropeIdentifiers::pesel),
              .97,
              "pesel",
              "poland, polska, obywatel",
              "44051401359"),
          Identifier.of(
              EntityType.PL_NIP,
              "pl_nip",
              "[1-9]9{9}",
              "3-3-2-2=.85, 3-2-2-3=.85, compact=.08",
              checksum(
                  "modulo 11",
                  number -> weighted(number, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digit(number, 9)),
              .93,
              "nip, vat",
              "poland, polska, faktura",
              "123-456-32-18"),
          Identifier.of(
              EntityType.FI_IDENTITY,
              "fi_personal_identity_code",
              "9{9}[0-9A-FHJ-NPR-Y]|9{6}[A-FU-Y]9{3}[0-9A-FHJ-NPR-Y]",
              "6-4=.95, compact=.6",
              checksum("check character and birthday", NorthernEuropeIdentifiers::finnish),
              .98,
              "hetu, henkilotunnus, personal identity code, personbeteckning",
              "finland, suomi",
              "131052-308T",
              "131052A308T"),
          Identifier.of(
              EntityType.SE_IDENTITY,
              "se_personnummer",
              "9{10}|[12]9{11}",
              "6-4=.85, 8-4=.95, compact=.15",
              checksum("luhn and birthday", number -> swedish(number, true)),
              .97,
              "personnummer, personal identity number, samordningsnummer, swedish id",
              "sweden, sverige",
              "811218-9876",
              "19811218-9876"),
          Identifier.of(
              EntityType.SE_ORGANISATION,
              "se_organisationsnummer",
              "[1-9]9[2-9]9{7}",
              "6-4=.55, compact=.06",
              checksum("luhn", number -> swedish(number, false)),
              .93,
              "organisationsnummer, org nr, orgnr, organisation number, org number",
              "sweden, sverige, bolag, ab",
              "556036-0793"),
          Identifier.of(
              EntityType.NO_IDENTITY,
              "no_fodselsnummer",
              "9{11}",
              "compact=.6, 6 5=.8",
              checksum("both check digits", NorthernEuropeIdentifiers::norwegian),
              .97,
              "fodselsnummer, personnummer, fnr, d nummer",
              "norway, norge",
              "17054026641"),
          Identifier.of(
              EntityType.DK_CPR,
              "dk_cpr",
              "9{10}",
              "6-4=.5, compact=.04",
              structure("birthday", number -> dayAndMonth(number, 0, 2)),
              .95,
              "cpr, cpr nummer, cpr nr, personnummer",
              "denmark, danmark",
              "070761-4285"),
          Identifier.of(
              EntityType.CH_AHV,
              "ch_ahv",
              "[7][5][6]9{10}",
              "3.4.4.2=.98, compact=.8",
              checksum(
                  "ean-13",
                  number ->
                      (10 - weighted(number, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10
                          == digit(number, 12)),
              .98,
              "ahv, avs, ahv nummer, sozialversicherungsnummer",
              "switzerland, schweiz, suisse",
              "756.9217.0769.85"),
          Identifier.of(
              EntityType.AT_SVNR,
              "at_svnr",
              "[1-9]9{9}",
              "4 6=.5, compact=.08",
              checksum(
                  "modulo 11 and birthday",
                  number ->
                      weighted(number, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == digit(number, 3)
                          && dayAndMonth(number, 4, 6)),
              .95,
              "svnr, sozialversicherungsnummer, versicherungsnummer, sv nummer",
              "austria, osterreich",
              "1237 010180"),
          Identifier.of(
              EntityType.CZ_BIRTH_NUMBER,
              "cz_birth_number",
              "9{10}",
              "6/4=.9, compact=.1",
              checksum("modulo 11 and birthday", NorthernEuropeIdentifiers::birthNumber),
              .95,
              "rodne cislo, rc, birth number",
              "czech, cesko, slovakia, slovensko",
              "736028/5163"),
          Identifier.of(
              EntityType.BALTIC_CODE,
              "baltic_personal_code",
              "[1-6]9{10}",
              "compact=.4",
              checksum("check digit and birthday", NorthernEuropeIdentifiers::baltic),
              .95,
              "isikukood, asmens kodas, personal code",
              "estonia, eesti, lithuania, lietuva",
              "37605030299"));

  private NorthernEuropeIdentifiers() {}

  private static boolean nir(String text) {
    String number = text.substring(0, 13);
    long shift = 0;
    if (number.charAt(6) == 'A') {
      shift = 1_000_000;
    } else if (number.charAt(6) == 'B') {
      shift = 2_000_000;
    }
    long value = Long.parseLong(number.replace('A', '0').replace('B', '0')) - shift;
    return 97 - value % 97 == Long.parseLong(text.substring(13));
  }

  /** Of the first ten digits one stands two or three times, as the numbers are given out. */
  private static boolean taxId(String number) {
    long distinct = number.substring(0, 10).chars().distinct().count();
    return (distinct == 9 || distinct == 8) && Checksums.modulo11And10(number);
  }

  private static boolean pensionNumber(String text) {
    int letter = text.charAt(8) - 'A' + 1;
    String digits = text.substring(0, 8) + letter / 10 + letter % 10 + text.substring(9);
    int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int product = digit(digits, i) * weights[i];
      sum += product / 10 + product % 10;
    }
    return sum % 10 == digit(digits, 12) && dayAndMonth(text, 2, 4);
  }

  private static boolean belgian(String number) {
    long value = Long.parseLong(number.substring(0, 9));
    long check = Long.parseLong(number.substring(9));
    return 97 - value % 97 == check || 97 - (value + 2_000_000_000L) % 97 == check;
  }

  private static boolean pesel(String number) {
    int month = (digit(number, 2) % 2) * 10 + digit(number, 3);
    int day = digit(number, 4) * 10 + digit(number, 5);
    int sum = weighted(number, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
    return (10 - sum % 10) % 10 == digit(number, 10)
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 31;
  }

  private static boolean finnish(String text) {
    String number = text.substring(0, 6) + text.substring(text.length() - 4, text.length() - 1);
    if (!number.chars().allMatch(c -> c <= '9')) {
      return false;
    }
    int check = (int) (Long.parseLong(number) % 31);
    return Checksums.endsWith(text, "0123456789ABCDEFHJKLMNPRSTUVWXY", check)
        && dayAndMonth(number, 0, 2);
  }

  private static boolean swedish(String text, boolean person) {
    String number = text.substring(text.length() - 10);
    if (!Checksums.luhn(number)) {
      return false;
    }
    int day = digit(number, 4) * 10 + digit(number, 5);
    int month = digit(number, 2) * 10 + digit(number, 3);
    boolean birthday = month >= 1 && month <= 12 && day % 60 >= 1 && day % 60 <= 31;
    return person == birthday;
  }

  private static boolean norwegian(String number) {
    int first = weighted(number, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1);
    int second = weighted(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1);
    return first % 11 == 0 && second % 11 == 0;
  }

  private static boolean birthNumber(String number) {
    int month = (digit(number, 2) * 10 + digit(number, 3)) % 50;
    int day = digit(number, 4) * 10 + digit(number, 5);
    long rest = Long.parseLong(number.substring(0, 9)) % 11;
    boolean born = month % 20 >= 1 && month % 20 <= 12 && day >= 1 && day <= 31;
    return born && rest % 10 == digit(number, 9);
  }

  private static boolean baltic(String number) {
    int rest = weighted(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    if (rest == 10) {
      rest = weighted(number, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
    }
    return rest == digit(number, 10) && dayAndMonth(number, 5, 3);
  }
}
