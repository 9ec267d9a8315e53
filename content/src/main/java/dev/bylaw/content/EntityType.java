package dev.bylaw.content;

import static dev.bylaw.content.EntityType.Family.CONTACT;
import static dev.bylaw.content.EntityType.Family.CUSTOM;
import static dev.bylaw.content.EntityType.Family.FINANCE;
import static dev.bylaw.content.EntityType.Family.IDENTITY;
import static dev.bylaw.content.EntityType.Family.NETWORK;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of thing that can be found in a text, by its name in rules ({@code ssn}) and the family it
 * belongs to. Two types are the same when their names are.
 */
public record EntityType(String name, Family family) implements Comparable<EntityType> {

  /** What a type is about; {@link #personal} is chosen by it. */
  public enum Family {
    PERSON(true),
    CONTACT(true),
    /** Numbers given to people by authorities. */
    IDENTITY(true),
    FINANCE(true),
    NETWORK(true),
    PLACE(false),
    /** Numbers of companies, banks and things. */
    THING(false),
    SECRET(false),
    CUSTOM(true);

    private final boolean personal;

    Family(boolean personal) {
      this.personal = personal;
    }
  }

  // Filled by the constants below, each with other names that people and tools use.
  private static final Map<String, EntityType> BY_NAME = new LinkedHashMap<>();

  public static final EntityType EMAIL = known("email", CONTACT, "email_address", "e_mail", "mail");
  public static final EntityType PHONE =
      known("phone", CONTACT, "phone_number", "telephone", "telephone_number");
  public static final EntityType SSN =
      known("ssn", IDENTITY, "us_ssn", "social_security_number", "social_security");
  public static final EntityType CREDIT_CARD =
      known("credit_card", FINANCE, "card", "card_number", "credit_card_number", "payment_card");
  public static final EntityType IBAN = known("iban", FINANCE, "iban_code");
  public static final EntityType IP_ADDRESS = known("ip_address", NETWORK, "ip");

  private static EntityType known(String name, Family family, String... aliases) {
    EntityType type = new EntityType(name, family);
    put(name, type);
    for (String alias : aliases) {
      put(alias, type);
    }
    return type;
  }

  private static void put(String name, EntityType type) {
    if (BY_NAME.put(name, type) != null) {
      throw new IllegalStateException("two types are called " + name);
    }
  }

  public EntityType {
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("`" + name + "` is not a name like `credit_card`");
    }
  }

  /** A type of a user's own. */
  public static EntityType custom(String name) {
    return new EntityType(name, CUSTOM);
  }

  /** The known type of that name; case does not count, and other common names are understood. */
  public static Optional<EntityType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT).replace('-', '_')));
  }

  /** Every known type. */
  public static Set<EntityType> all() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(BY_NAME.values()));
  }

  /** The known types that are personal data. */
  public static Set<EntityType> personal() {
    Set<EntityType> personal = new LinkedHashSet<>(all());
    personal.removeIf(type -> !type.family.personal);
    return Collections.unmodifiableSet(personal);
  }

  @Override
  public int compareTo(EntityType other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntityType(var otherName, _) && otherName.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
