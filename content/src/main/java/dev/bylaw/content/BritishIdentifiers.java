package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;
import java.util.Set;

/** Numbers of the United Kingdom and Ireland, and those of vehicles and devices the world over. */
final class BritishIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.NHS,
              "uk_nhs",
              "9{10}",
              "3 3 4=.6, 3-3-4=.4, compact=.15",
              checksum("modulo 11", BritishIdentifiers::nhs),
              .95,
              "nhs, nhs number, national health service, nhs no, health service",
              "patient, gp, hospital, surgery",
              "943 476 5919",
              "9434765919"),
          Identifier.of(
              EntityType.NINO,
              "uk_nino",
              "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]9{6}[A-D]",
              "2 2 2 2 1=.9, 2-2-2-2-1=.85, compact=.75",
              structure(
                  "prefix of a NINO",
                  number ->
                      !Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
                          .contains(number.substring(0, 2))),
              .97,
              "nino, national insurance, national insurance number, ni number, ni no, insurance"
                  + " number",
              "hmrc, paye, employee, payroll",
              "AB 12 34 56 C",
              "AB123456C"),
          Identifier.of(
              EntityType.UTR,
              "uk_utr",
              "9{10}",
              "5 5=.2, compact=.08",
              checksum("modulo 11", BritishIdentifiers::utr),
              .9,
              "utr, unique taxpayer reference, tax reference",
              "hmrc, self assessment",
              "1955839661"),
          Identifier.of(
              EntityType.DRIVING_LICENSE,
              "uk_driving_license",
              "[A-Z9]{5}9[0156]9{4}[A-Z9]{2}9AA",
              "compact=.7, any=.3",
              structure("birthday of a licence", number -> dayOfLicence(number)),
              .97,
              "driving licence, driving license, licence number, driver number, dvla, licence",
              "driver, vehicle",
              "MORGA753116SM9IJ"),
          Identifier.of(
              EntityType.UK_POSTCODE,
              "uk_postcode",
              "A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA",
              "2 3=.4, 3 3=.6, 4 3=.65, compact=.1",
              structure(
                  "inward part",
                  text ->
                      "CIKMOV".indexOf(text.charAt(text.length() - 1)) < 0
                          && "CIKMOV".indexOf(text.charAt(text.length() - 2)) < 0
                          && "QVX".indexOf(text.charAt(0)) < 0),
              .9,
              "postcode, post code, postal code, postcodes",
              "address, street, road, london, lane, avenue",
              "SW1A 1AA",
              "M1 1AE"),
          Identifier.of(
              EntityType.VEHICLE,
              "uk_vehicle_registration",
              "[A-PR-Y][A-Y]99[A-HJ-PR-Z]{3}",
              "4 3=.45, compact=.3",
              shapeOnly(),
              .9,
              "registration, number plate, licence plate, license plate, vrm, vrn, reg, plate,"
                  + " registration number, reg number",
              "vehicle, car, van, parking, parked, driver, driving",
              "AB12 CDE"),
          Identifier.of(
              EntityType.VEHICLE,
              "us_license_plate",
              "9{3}A{3}|A{3}9{3,4}|9A{3}9{3}|A{2}9{5}|A{2}9{2}A{1,2}9{4}|9{2}[B][H]9{4}A{1,2}",
              "any=.05, compact=.05",
              shapeOnly(),
              .8,
              "license plate, licence plate, plate, plate number, tag number, number plate, vehicle"
                  + " registration, registration plate, vehicle number",
              "vehicle, car, truck, parking",
              "7ABC123",
              "MH 12 AB 1234"),
          Identifier.of(
              EntityType.VEHICLE,
              "vin",
              "[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{5}9{3}|[A-HJ-NPR-Z0-9]{13}9{4}",
              "compact=.85",
              BritishIdentifiers::vin,
              .97,
              "vin, vehicle identification, chassis, chassis number, vin number, vehicle"
                  + " identification number, fahrgestellnummer",
              "vehicle, car, truck, recall, dealer",
              "1HGCM82633A004352",
              "WVWZZZ1JZXW000001"),
          Identifier.of(
              EntityType.IMEI,
              "imei",
              "9{15}",
              "compact=.1, 2-6-6-1=.7, 2 6 6 1=.6",
              checksum("luhn", Checksums::luhn),
              .95,
              "imei, imei number, device id, handset",
              "phone, device, mobile",
              "490154203237518"),
          Identifier.of(
              EntityType.IE_PPS,
              "ie_pps",
              "9{7}[A-W]|9{7}[A-W][A-IW]",
              "compact=.55, 7 1=.3, 7 2=.5",
              checksum("modulo 23", BritishIdentifiers::pps),
              .97,
              "pps, ppsn, pps number, personal public service, rsi",
              "ireland, irish, revenue, welfare",
              "1234567T",
              "1234567FA"));

  private BritishIdentifiers() {}

  private static boolean nhs(String number) {
    int check = 11 - weighted(number, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check == 11 ? 0 : check) == digit(number, 9);
  }

  private static boolean utr(String number) {
    int sum = weighted(number.substring(1), 6, 7, 8, 9, 10, 5, 4, 3, 2);
    return "21987654321".charAt(sum % 11) == number.charAt(0);
  }

  private static boolean dayOfLicence(String number) {
    int month = (digit(number, 6) % 5) * 10 + digit(number, 7);
    int day = digit(number, 8) * 10 + digit(number, 9);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  private static final Check VIN_OK = Check.confirmed("check digit of a VIN ok");
  private static final Check VIN_UNCHECKED = Check.doubtful("no check digit of a VIN");
  private static final Check VIN_PLAIN = Check.refuted("no letters and digits of a VIN");

  /** 49 CFR 565; Europe leaves the check digit out. */
  private static Check vin(String vin) {
    long digits = vin.chars().filter(c -> c <= '9').count();
    if (digits < 5 || digits > 15) {
      return VIN_PLAIN;
    }
    String values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    int[] weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += values.indexOf(vin.charAt(i)) % 10 * weights[i];
    }
    return "0123456789X".charAt(sum % 11) == vin.charAt(8) ? VIN_OK : VIN_UNCHECKED;
  }

  private static boolean pps(String text) {
    int sum = weighted(text, 8, 7, 6, 5, 4, 3, 2);
    if (text.length() == 9 && text.charAt(8) != 'W') {
      sum += (text.charAt(8) - 'A' + 1) * 9;
    }
    return "WABCDEFGHIJKLMNOPQRSTUV".charAt(sum % 23) == text.charAt(7);
  }
}
