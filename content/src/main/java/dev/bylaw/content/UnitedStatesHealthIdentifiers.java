package dev.bylaw.content;

import static dev.bylaw.content.Check.shapeOnly;

import java.util.List;

/**
 * Numbers of health care in the United States that have no form of their own: what names them has
 * to stand near, and whatever has a checksum is surer.
 */
final class UnitedStatesHealthIdentifiers {
  private static final String SHAPES = "9{7,12}|A9{6,11}|AA9{6,11}|AAA9{6,12}";
  private static final String FORMS = "compact=.02, any=.02";
  private static final double NAMED = .7;

  static final List<Identifier> TABLE =
      List.of(
          row(
              EntityType.HEALTH_MEMBER,
              "member id, member number, subscriber id, insurance id, insurance member, memberid,"
                  + " health plan id, subscriber number",
              "insurance, plan, payer, group, coverage",
              "XYZ123456789"),
          row(
              EntityType.HEALTH_CLAIM,
              "claim number, claim no, claim id, claimnumber, medical claim",
              "insurance, payer, adjudicated, denied",
              "CLM20260117"),
          row(
              EntityType.PRESCRIPTION,
              "prescription number, rx number, rx no, rx, prescription no, prescription id",
              "pharmacy, refill, dispensed",
              "7654321"),
          row(
              EntityType.PRIOR_AUTHORIZATION,
              "prior authorization, prior authorization number, prior auth, authorization number,"
                  + " preauthorization",
              "insurance, approved, payer",
              "PA1234567"),
          row(
              EntityType.REFERRAL,
              "referral number, referral no, referral id, referralnumber",
              "specialist, physician, provider",
              "RF1234567"));

  private UnitedStatesHealthIdentifiers() {}

  private static Identifier row(EntityType type, String names, String hints, String example) {
    return Identifier.of(
        type, type.name(), SHAPES, FORMS, shapeOnly(), NAMED, names, hints, example);
  }
}
