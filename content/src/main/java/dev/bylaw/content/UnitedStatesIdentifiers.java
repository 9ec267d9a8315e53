package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.shapeOnly;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;
import java.util.Set;

/** Numbers of the United States and Canada. */
final class UnitedStatesIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.SSN,
              "us_ssn",
              "9{9}",
              "3-2-4=.85, 3 2 4=.52, 3.2.4=.52, compact=.22",
              UnitedStatesIdentifiers::socialSecurityNumber,
              .95,
              "ssn, ssns, social security, social security number, social security no, social"
                  + " security numbers, social, socials, socialsecurity, ss, ss number, soc, soc sec,"
                  + " s s n, social sec, ssn4, ssnumber, socsec, seguro social, numero de seguro"
                  + " social",
              "taxpayer, w2, w 2, w4, w 4, i 9, employee, employees, beneficiary, dob, identity,"
                  + " payroll, tax id, tin, date of birth, background check, credit check, credit"
                  + " report, hired, dependent, spouse, applicant, borrower, claimant, tenant",
              "536-22-8726",
              "536228726",
              "536 22 8726"),
          Identifier.of(
              EntityType.ITIN,
              "us_itin",
              "[9]99[5-9]9{5}",
              "3-2-4=.8, compact=.1",
              structure("group of an ITIN", UnitedStatesIdentifiers::itinGroup),
              .97,
              "itin, individual taxpayer, taxpayer id, tax id, tin, tax identification",
              "irs, taxpayer",
              "912-70-1234"),
          Identifier.of(
              EntityType.EIN,
              "us_ein",
              "9{9}",
              "2-7=.35, compact=.02",
              structure(
                  "prefix of an EIN",
                  number ->
                      !Set.of(
                              "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69",
                              "70", "78", "79", "89", "96", "97")
                          .contains(number.substring(0, 2))),
              .9,
              "ein, fein, employer identification, employer id",
              "irs, w9, employer",
              "12-3456789"),
          Identifier.of(
              EntityType.ROUTING_NUMBER,
              "us_aba_routing",
              "[0-3678]9{8}",
              "compact=.2, 4-4-1=.4",
              checksum("aba checksum", UnitedStatesIdentifiers::routing),
              .95,
              "routing, routing number, aba, rtn, transit number, aba number, routing no",
              "bank, wire, ach, deposit, account",
              "021000021"),
          Identifier.of(
              EntityType.BANK_ACCOUNT,
              "bank_account",
              "9{6,17}",
              "compact=.02, any=.02",
              shapeOnly(),
              .72,
              "bank account, bank account number, account number, account no, acct, acct no,"
                  + " checking account, savings account, checking, savings, account num,"
                  + " accountnumber, konto, kontonummer, bank acct, account",
              "",
              "000123456789"),
          Identifier.of(
              EntityType.AWS_ACCOUNT,
              "aws_account",
              "9{12}",
              "compact=.02, 4-4-4=.2",
              shapeOnly(),
              .85,
              "aws account, aws account id, aws account number, aws acct, aws, arn",
              "iam, s3, ec2, lambda, ecr, amazonaws, role",
              "123456789012",
              "1234-5678-9012"),
          Identifier.of(
              EntityType.CA_POSTAL_CODE,
              "ca_postal_code",
              "[ABCEGHJ-NPRSTVXY]9[ABCEGHJ-NPRSTV-Z]9[ABCEGHJ-NPRSTV-Z]9",
              "3 3=.6, 3-3=.52, compact=.2",
              shapeOnly(),
              .9,
              "postal code, postcode, code postal, zip, postalcode",
              "canada, ontario, quebec, toronto, montreal, vancouver, address, on, qc, bc, ab",
              "K1A 0B1"),
          Identifier.of(
              EntityType.UUID,
              "uuid",
              "[0-9A-F]{32}",
              "8-4-4-4-12=.9, compact=.1",
              shapeOnly(),
              .9,
              "uuid, guid",
              "",
              "550e8400-e29b-41d4-a716-446655440000"),
          Identifier.of(
              EntityType.MBI,
              "us_mbi",
              "[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]9[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]9[AC-HJKMNP-RT-Y]{2}99",
              "4-3-4=.9, compact=.6",
              shapeOnly(),
              .97,
              "mbi, medicare, medicare number, medicare beneficiary, beneficiary identifier",
              "patient, insurance, health",
              "1EG4-TE5-MK73"),
          Identifier.of(
              EntityType.CLIA,
              "us_clia",
              "99[D]9{7}",
              "compact=.3, 2-1-7=.55, 2 1 7=.5",
              structure("sequence of a CLIA number", text -> !Checksums.allSame(text.substring(3))),
              .95,
              "clia, clia number, clia id",
              "lab, laboratory, clinical",
              "11D2030122"),
          Identifier.of(
              EntityType.MEDICAL_LICENSE,
              "us_npi",
              "[12]9{9}",
              "compact=.15",
              checksum("luhn with 80840", number -> Checksums.luhn("80840" + number)),
              .95,
              "npi, national provider, provider identifier",
              "provider, physician, doctor, prescriber",
              "1234567893"),
          Identifier.of(
              EntityType.MEDICAL_LICENSE,
              "us_dea",
              "[A-HJ-MPRSTUX][A-Z9]9{7}",
              "compact=.45",
              checksum("dea checksum", UnitedStatesIdentifiers::dea),
              .95,
              "dea, dea number, medical license, prescriber",
              "doctor, physician, license, certificate, registration",
              "BB1388568"),
          Identifier.of(
              EntityType.PASSPORT,
              "passport",
              "9{8,9}|A9{6,8}|AA9{6,7}|99AA9{5}|[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{7}9",
              "compact=.02",
              structure(
                  "digits of a passport", text -> text.chars().filter(c -> c <= '9').count() >= 4),
              .9,
              "passport, passports, passport number, passport no, passnummer, reisepass, pasaporte,"
                  + " passeport, passaporto, travel document",
              "nationality, visa, border, immigration",
              "C03005988",
              "512345678",
              "AA1234567"),
          Identifier.of(
              EntityType.DRIVING_LICENSE,
              "driving_license",
              "9{7,12}|A9{3,14}|AA9{5,8}|AAA9{5,9}|9{2,3}AA9{4,6}|99AAA9{4,6}|A9{5,6}A|9{8}A|9{7}A|A9A99A9A99",
              "compact=.02, 1-3-3-3-3=.1, 1-4-4-4=.1, 1-4-5-5=.1, any=.02",
              shapeOnly(),
              .85,
              "driver license, driver s license, drivers license, driving license, driving licence,"
                  + " driver licence, driver s licence, drivers licence, license number, licence"
                  + " number, dl number, driving license number, driver license number, dl,"
                  + " driverlicense, driverslicense, patente di guida, patente, fuhrerschein, permis"
                  + " de conduire, licencia de conducir",
              "",
              "D12345678901234",
              "A1234567",
              "S530-4601-2345"),
          Identifier.of(
              EntityType.SIN,
              "ca_sin",
              "[1-79]9{8}",
              "3-3-3=.5, 3 3 3=.45, compact=.08",
              checksum("luhn", Checksums::luhn),
              .95,
              "sin, social insurance, social insurance number, sin number, nas",
              "canada, cra, employee",
              "130-692-544"));

  private UnitedStatesIdentifiers() {}

  private static final Check ISSUABLE =
      new Check(Check.Verdict.PLAUSIBLE, "area, group and serial can be issued");
  private static final Check UNASSIGNED = Check.doubtful("never issued");

  /** 20 CFR 422.103: no area 000, 666 or from 900, no group 00, no serial 0000. */
  static Check socialSecurityNumber(String number) {
    String area = number.substring(0, 3);
    boolean issuable =
        !area.equals("000")
            && !area.equals("666")
            && area.charAt(0) != '9'
            && !number.startsWith("00", 3)
            && !number.endsWith("0000")
            && !Checksums.allSame(number);
    return issuable ? ISSUABLE : UNASSIGNED;
  }

  private static boolean itinGroup(String number) {
    int group = Integer.parseInt(number.substring(3, 5));
    return (group >= 50 && group <= 65)
        || (group >= 70 && group <= 88)
        || (group >= 90 && group <= 92)
        || group >= 94;
  }

  private static boolean routing(String number) {
    int first = Integer.parseInt(number.substring(0, 2));
    boolean district =
        first <= 12 || (first >= 21 && first <= 32) || (first >= 61 && first <= 72) || first == 80;
    return district
        && weighted(number, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0
        && !number.startsWith("000");
  }

  private static boolean dea(String text) {
    String number = text.substring(2);
    int sum =
        digit(number, 0)
            + digit(number, 2)
            + digit(number, 4)
            + 2 * (digit(number, 1) + digit(number, 3) + digit(number, 5));
    return sum % 10 == digit(number, 6);
  }
}
