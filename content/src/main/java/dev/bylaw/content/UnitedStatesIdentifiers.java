package dev.bylaw.content;

import java.util.List;

/** Numbers of the United States of America. */
final class UnitedStatesIdentifiers {
  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.SSN,
              "us_ssn",
              "9{9}",
              "3-2-4=.85, 3 2 4=.5, 3.2.4=.5, compact=.1",
              UnitedStatesIdentifiers::socialSecurityNumber,
              .95,
              "ssn, ssns, social security, social security number, social security no, social"
                  + " security numbers, social, socialsecurity, ss number, ssid, soc sec",
              "taxpayer, w2, employee, beneficiary, dob, identity",
              "536-22-8726",
              "536228726",
              "536 22 8726"));

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
}
