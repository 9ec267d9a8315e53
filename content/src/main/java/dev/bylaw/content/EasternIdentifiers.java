package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.dayAndMonth;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;

/** Numbers of Russia and Turkey, of Korea's and the Philippines' offices, and of Africa's south. */
final class EasternIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.RU_INN,
              "ru_inn",
              "9{10}|9{12}",
              "compact=.1",
              checksum("check digits of an INN", EasternIdentifiers::inn),
              .95,
              "inn, инн, taxpayer identification",
              "russia, россия, налог",
              "7707083893",
              "500100732259"),
          Identifier.of(
              EntityType.RU_SNILS,
              "ru_snils",
              "9{11}",
              "3-3-3 2=.85, 3-3-3-2=.8, compact=.1",
              checksum("check number of a SNILS", EasternIdentifiers::snils),
              .97,
              "snils, снилс, pension insurance",
              "russia, россия, пенсия",
              "112-233-445 95"),
          Identifier.of(
              EntityType.PASSPORT,
              "ru_passport",
              "9{10}",
              "4 6=.2, 2 2 6=.35, compact=.02",
              shapeOnly(),
              .9,
              "паспорт, паспорта, russian passport, passport series, серия",
              "russia, россия, выдан",
              "45 08 123456",
              "4508 123456"),
          Identifier.of(
              EntityType.VEHICLE,
              "tr_license_plate",
              "99A9{4,5}|99AA9{3,4}|99AAA9{2,3}",
              "2 1 4=.35, 2 1 5=.35, 2 2 3=.35, 2 2 4=.35, 2 3 2=.4, 2 3 3=.4, compact=.1",
              structure("province 01 to 81", EasternIdentifiers::province),
              .9,
              "plaka, arac plakasi, turkish plate",
              "arac, trafik, turkey, turkiye, plate, number plate",
              "34 ABC 123",
              "06BZ1234"),
          Identifier.of(
              EntityType.KR_FRN,
              "kr_frn",
              "9{6}[5-8]9{6}",
              "6-7=.6, compact=.2",
              structure("birthday of a foreigner", text -> dayAndMonth(text, 4, 2)),
              .98,
              "foreigner registration, foreigner registration number, foreign resident registration,"
                  + " frn, alien registration number, 외국인등록번호",
              "korea, korean, foreigner",
              "971013-5019902"),
          Identifier.of(
              EntityType.DRIVING_LICENSE,
              "kr_driving_license",
              "[12]9{11}",
              "2-2-6-2=.6, 2 2 6 2=.4, compact=.05",
              structure("region of a licence", EasternIdentifiers::koreanRegion),
              .95,
              "운전면허, 운전면허번호, 면허번호, korean driver license, driver license, driver s license",
              "korea, korean",
              "11-23-123456-78"),
          Identifier.of(
              EntityType.PASSPORT,
              "kr_passport",
              "[MSRODG]9{8}|[MSRODG]9{3}A9{4}",
              "compact=.2",
              shapeOnly(),
              .93,
              "여권, 여권번호, korean passport, passport, passport number",
              "korea, korean",
              "M12345678",
              "M123A4567"),
          Identifier.of(
              EntityType.PH_TIN,
              "ph_tin",
              "9{9}|9{12}|9{14}",
              "3-3-3-3=.55, 3-3-3=.2, 3-3-3-5=.55, compact=.03",
              shapeOnly(),
              .9,
              "tin, tax identification number, taxpayer identification number, bir",
              "philippines, manila, filipino",
              "123-456-789-000"),
          Identifier.of(
              EntityType.PH_UMID,
              "ph_umid",
              "9{12}",
              "4-7-1=.75, compact=.04",
              shapeOnly(),
              .95,
              "umid, crn, common reference number, unified multi purpose id",
              "philippines, sss, gsis",
              "0111-1234567-8"),
          Identifier.of(
              EntityType.PH_PHILHEALTH,
              "ph_philhealth",
              "9{12}",
              "2-9-1=.75, compact=.04",
              shapeOnly(),
              .95,
              "philhealth, philhealth number, philhealth id, pin",
              "philippines, health",
              "12-345678901-2"),
          Identifier.of(
              EntityType.PASSPORT,
              "ph_passport",
              "A9{7}A|AA9{7}",
              "compact=.2",
              shapeOnly(),
              .93,
              "passport, passport number, pasaporte, philippine passport",
              "philippines, dfa, es",
              "P1234567A"),
          Identifier.of(
              EntityType.PASSPORT,
              "es_passport",
              "AAA9{6}",
              "compact=.15",
              shapeOnly(),
              .93,
              "pasaporte, numero de pasaporte, passport, passport number",
              "spain, espana",
              "AAA123456"),
          Identifier.of(
              EntityType.ZA_INCOME_TAX,
              "za_income_tax_number",
              "[01239]9{9}",
              "compact=.04, 4/3/3/0=.1, 4 3 3=.06",
              shapeOnly(),
              .9,
              "sars, income tax, tax reference, tax reference number, income tax number, itr",
              "south africa, taxpayer",
              "0123456789"),
          Identifier.of(
              EntityType.ZA_VAT,
              "za_vat_number",
              "[4]9{9}",
              "compact=.05",
              shapeOnly(),
              .92,
              "vat, vat number, vat no, vat registration, btw",
              "south africa, sars",
              "4123456789"),
          Identifier.of(
              EntityType.ZA_COMPANY,
              "za_company_registration",
              "[12][09]9{10}",
              "4/6/2=.85, compact=.02",
              structure("year of a company", EasternIdentifiers::companyYear),
              .95,
              "company registration, cipc, ck, registration number, reg no, company number",
              "pty, south africa, cc",
              "2014/123456/07"),
          Identifier.of(
              EntityType.ZA_TRAFFIC_REGISTER,
              "za_traffic_register_number",
              "9{13}",
              "compact=.05",
              structure(
                  "no identity number", text -> !(Checksums.luhn(text) && dayAndMonth(text, 4, 2))),
              .95,
              "traffic register, traffic register number, trn, enatis, natis",
              "south africa",
              "1234567890123"),
          Identifier.of(
              EntityType.DRIVING_LICENSE,
              "za_driving_license",
              "9{8}*{4}",
              "compact=.02",
              structure(
                  "letters of a card", text -> text.substring(8).chars().anyMatch(c -> c > '9')),
              .93,
              "driver s licence, drivers licence, driving licence, driver license, licence number",
              "south africa, enatis",
              "60420001ABCD"),
          Identifier.of(
              EntityType.VEHICLE,
              "za_license_plate",
              "AA99AA[G][P]|AAA999[G][P]|AA99AA[NMWL][CPL]|AAA999[NMWLE][WCP]|[C][A]9{3,6}|[N][D]9{3,6}",
              "2 2 2 2=.7, 3 3 2=.7, 2 3 3=.3, 2 6=.3, compact=.1",
              shapeOnly(),
              .9,
              "number plate, license plate, licence plate, registration, plate, vehicle registration",
              "south africa, car, vehicle",
              "AB 12 CD GP",
              "CA 123456"),
          Identifier.of(
              EntityType.VEHICLE,
              "ng_vehicle_registration",
              "AAA9{3}AA",
              "3-3 2=.75, 3-5=.65, 3 3 2=.6, compact=.3",
              shapeOnly(),
              .93,
              "plate, plate number, number plate, vehicle registration, license plate, frsc",
              "nigeria, lagos, vehicle",
              "ABC-123DE",
              "KJA 456 XY"),
          Identifier.of(
              EntityType.VEHICLE,
              "ph_license_plate",
              "AAA9{4}|AA9{5}",
              "3 4=.3, 3-4=.3, 2 5=.3, compact=.1",
              shapeOnly(),
              .85,
              "plate, plate number, plate no, lto, license plate",
              "philippines, vehicle",
              "ABC 1234"));

  private EasternIdentifiers() {}

  private static boolean inn(String number) {
    if (number.length() == 10) {
      return weighted(number, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(number, 9);
    }
    return weighted(number, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(number, 10)
        && weighted(number, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(number, 11);
  }

  private static boolean snils(String number) {
    int check = weighted(number, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100;
    return check == digit(number, 9) * 10 + digit(number, 10);
  }

  private static boolean province(String plate) {
    int number = digit(plate, 0) * 10 + digit(plate, 1);
    return number >= 1 && number <= 81;
  }

  private static boolean koreanRegion(String number) {
    int region = digit(number, 0) * 10 + digit(number, 1);
    return region >= 11 && region <= 28 && region != 27;
  }

  private static boolean companyYear(String number) {
    int year = Integer.parseInt(number.substring(0, 4));
    return year >= 1900 && year < 2100;
  }
}
