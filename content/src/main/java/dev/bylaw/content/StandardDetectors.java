package dev.bylaw.content;

import java.util.List;
import java.util.stream.Stream;

/** The deterministic detectors, and the one table of identifiers. */
final class StandardDetectors {
  static final List<Identifier> IDENTIFIERS =
      Stream.of(
              FinanceIdentifiers.TABLE,
              UnitedStatesIdentifiers.TABLE,
              UnitedStatesHealthIdentifiers.TABLE,
              BritishIdentifiers.TABLE,
              NorthernEuropeIdentifiers.TABLE,
              SouthernEuropeIdentifiers.TABLE,
              GermanIdentifiers.TABLE,
              AsiaPacificIdentifiers.TABLE,
              EasternIdentifiers.TABLE,
              LatinAmericaIdentifiers.TABLE)
          .flatMap(List::stream)
          .toList();

  static final List<Detector> LIST =
      List.of(
          new IdentifierDetector(IDENTIFIERS),
          new EmailDetector(),
          new PhoneDetector(),
          new IpAddressDetector(),
          new UrlDetector(),
          new PlaceDetector(),
          new DateDetector(),
          new GroupDetector(),
          new PaymentHandleDetector(),
          new CryptoDetector(),
          new SecretDetector(),
          new FieldDetector(),
          new InjectionDetector());

  private StandardDetectors() {}
}
