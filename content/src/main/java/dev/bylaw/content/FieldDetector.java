package dev.bylaw.content;

import java.util.Set;

/**
 * Finds what only the name of its field gives away: names of people, postal addresses. It knows
 * nothing of texts at large, so it covers no type.
 */
final class FieldDetector implements Detector {
  private static final Terms PERSON =
      Terms.of(
          "first name, last name, full name, given name, family name, middle name, surname,"
              + " forename, maiden name, firstname, lastname, fullname, customer name, contact name,"
              + " cardholder, cardholder name, account holder, patient name, employee name, recipient"
              + " name, beneficiary name, sender name, holder name, guest name, passenger name, card"
              + " holder, username real, next of kin, mother s maiden name, vorname, nachname,"
              + " nombre, apellido, prenom, patient, passenger, spouse");
  private static final Terms ADDRESS =
      Terms.of(
          "address, street, street address, billing address, shipping address, home address, postal"
              + " address, mailing address, address line, address line 1, address line 2, addr, strasse,"
              + " anschrift, direccion, adresse, indirizzo, residence");
  private static final Terms NOT_ADDRESS =
      Terms.of(
          "email, ip, mac, e mail, url, wallet, web, ipv4, ipv6, memory, contract, mail, token");

  @Override
  public String name() {
    return "field";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.PERSON, EntityType.ADDRESS);
  }

  @Override
  public Set<EntityType> covers() {
    return Set.of();
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words field = passage.field().words();
    Words words = passage.words();
    if (field.size() == 0 || words.size() == 0 || words.size() > 24) {
      return;
    }
    String text = passage.plain();
    int start = words.start(0);
    int end = words.end(words.size() - 1);
    if (isRedacted(text, start, end)) {
      return;
    }
    String person = PERSON.anywhere(field);
    if (person != null && words.size() <= 6 && Character.isLetter(text.charAt(start))) {
      matches.add(EntityType.PERSON, start, end, .85, "field name \"" + person + '"');
    }
    String address = ADDRESS.anywhere(field);
    if (address != null
        && words.size() >= 2
        && NOT_ADDRESS.anywhere(field) == null
        && text.indexOf('@') < 0
        && text.indexOf("://") < 0) {
      matches.add(EntityType.ADDRESS, start, end, .8, "field name \"" + address + '"');
    }
  }

  /** {@code [PERSON]}, {@code [PERSON_2]}: what a redaction left. */
  private static boolean isRedacted(String text, int start, int end) {
    if (end - start > 128
        || start == 0
        || end >= text.length()
        || text.charAt(start - 1) != '['
        || text.charAt(end) != ']') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (Character.isLowerCase(text.charAt(i)) && text.lastIndexOf(':', i) < start) {
        return false;
      }
    }
    return true;
  }
}
