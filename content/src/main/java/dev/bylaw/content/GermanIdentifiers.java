package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.digit;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Numbers of German offices, of the health insurance, and of roads and registers. */
final class GermanIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.DE_TAX_NUMBER,
              "de_tax_number",
              "9{10,11}|[01]9{12}",
              "3/3/5=.6, 3/4/4=.6, 2/3/5=.55, 3/3/4=.3, 5/5=.3, compact=.04",
              structure("office of a tax number", GermanIdentifiers::taxNumber),
              .92,
              "steuernummer, steuer nr, steuernr, st nr, stnr",
              "finanzamt, umsatzsteuer, einkommensteuer, gewerbesteuer, steuerbescheid",
              "181/815/08155",
              "12/345/67890",
              "2181508155"),
          Identifier.of(
              EntityType.DE_VAT,
              "de_vat_id",
              "[D][E]9{9}",
              "compact=.75, any=.6",
              checksum("modulo 11,10", text -> Checksums.modulo11And10(text.substring(2))),
              .97,
              "ust id, ust idnr, umsatzsteuer id, umsatzsteuer identifikationsnummer, vat, vat id,"
                  + " vat number, ustid, ustidnr, vat no",
              "finanzamt, gmbh, rechnung, invoice",
              "DE136695976"),
          Identifier.of(
              EntityType.DE_HEALTH_INSURANCE,
              "de_kvnr",
              "A9{9}",
              "compact=.45",
              checksum("luhn over letter and digits", GermanIdentifiers::healthInsurance),
              .97,
              "kvnr, krankenversichertennummer, krankenversicherungsnummer, versichertennummer,"
                  + " krankenversicherung, versicherten nr",
              "krankenkasse, patient, gkv, gesundheitskarte, versicherte",
              "A123456780"),
          Identifier.of(
              EntityType.DE_LANR,
              "de_lanr",
              "9{9}",
              "compact=.05",
              checksum("check digit of a LANR", GermanIdentifiers::physician),
              .93,
              "lanr, arztnummer, arzt nr, lebenslange arztnummer, physician number",
              "arzt, praxis, dr med",
              "123456601"),
          Identifier.of(
              EntityType.DE_BSNR,
              "de_bsnr",
              "9{9}",
              "compact=.03",
              structure("region of a practice", GermanIdentifiers::practice),
              .9,
              "bsnr, betriebsstattennummer, betriebsstatten nummer, betriebsstatte, praxisnummer",
              "praxis, arztpraxis",
              "021234568"),
          Identifier.of(
              EntityType.DE_TELEMATIK,
              "de_telematik_id",
              "[1]*{6,30}|[1][0]*{6,30}|[5][2]*{6,30}|[9]*{6,30}",
              telematicForms(),
              shapeOnly(),
              .85,
              "telematik id, telematikid, gesundheits id, ehba, smc b, heilberufsausweis",
              "",
              "1-1A23456789",
              "10-883110000168650"),
          Identifier.of(
              EntityType.DE_COMMERCIAL_REGISTER,
              "de_commercial_register",
              "[H][R][AB]9{3,6}",
              "compact=.5, 3 4=.6, 3 5=.65, 3 6=.65, 3 3=.5",
              shapeOnly(),
              .93,
              "handelsregister, amtsgericht, registergericht, handelsregisternummer",
              "gmbh, ag, geschaftsfuhrer, ust id",
              "HRB 12345",
              "HRA123456"),
          Identifier.of(
              EntityType.DE_POSTAL_CODE,
              "de_postal_code",
              "9{5}",
              "compact=.02",
              structure("01001 to 99998", text -> text.compareTo("01000") > 0),
              .85,
              "plz, postleitzahl",
              "",
              "10115"),
          Identifier.of(
              EntityType.DRIVING_LICENSE,
              "de_driving_license",
              "A*9{8}*",
              "compact=.2",
              shapeOnly(),
              .93,
              "fuhrerschein, fuhrerscheinnummer, fahrerlaubnis, fahrerlaubnisnummer, driving licence,"
                  + " driver license, driving license",
              "fahrer, kba",
              "MU12345678B",
              "B012345678A"),
          Identifier.of(
              EntityType.VEHICLE,
              "de_license_plate",
              "A{1,3}A{1,2}9{1,4}|A{1,3}A{1,2}9{1,4}[EH]",
              "1-2 4=.55, 2-2 4=.55, 1-2 3=.5, 2-2 3=.5, 3-2 3=.55, 3-2 4=.55, 3-1 3=.5, 2-1 4=.5,"
                  + " any=.05, compact=.02",
              shapeOnly(),
              .85,
              "kennzeichen, kfz kennzeichen, autokennzeichen, nummernschild, kfz",
              "auto, fahrzeug, wagen, halter",
              "B-MW 1234",
              "M-AB 123"));

  private GermanIdentifiers() {}

  /** A sector before the dash, and up to thirty characters behind it. */
  private static String telematicForms() {
    StringJoiner forms = new StringJoiner(", ");
    for (int length = 6; length <= 30; length++) {
      forms.add("1-" + length + "=.1").add("2-" + length + "=.1").add("1-1-" + length + "=.2");
    }
    return forms.toString();
  }

  /** Thirteen digits begin with the number of a state, 01 to 16; shorter ones with an office. */
  private static boolean taxNumber(String number) {
    if (number.length() < 13) {
      return !number.startsWith("000");
    }
    int state = digit(number, 0) * 10 + digit(number, 1);
    return (state >= 1 && state <= 16) || (state >= 21 && state <= 32) || number.charAt(4) == '0';
  }

  /**
   * The letter counts as its place in the alphabet, in two digits; the rest is Luhn from the left.
   */
  private static boolean healthInsurance(String text) {
    int letter = text.charAt(0) - 'A' + 1;
    String digits = "%02d%s".formatted(letter, text.substring(1));
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      int product = digit(digits, i) * (i % 2 == 0 ? 1 : 2);
      sum += product > 9 ? product - 9 : product;
    }
    return sum % 10 == digit(digits, 10);
  }

  private static boolean physician(String number) {
    int sum = Checksums.weighted(number, 4, 9, 4, 9, 4, 9);
    return (10 - sum % 10) % 10 == digit(number, 6);
  }

  private static final Set<String> REGIONS =
      Set.of(
          "01", "02", "03", "17", "20", "35", "38", "46", "51", "52", "71", "72", "73", "74", "78",
          "83", "88", "93", "98");

  private static boolean practice(String number) {
    return REGIONS.contains(number.substring(0, 2));
  }
}
