package dev.bylaw.content;

import static dev.bylaw.content.EntityType.Family.CONTACT;
import static dev.bylaw.content.EntityType.Family.CUSTOM;
import static dev.bylaw.content.EntityType.Family.FINANCE;
import static dev.bylaw.content.EntityType.Family.IDENTITY;
import static dev.bylaw.content.EntityType.Family.NETWORK;
import static dev.bylaw.content.EntityType.Family.PERSONAL;
import static dev.bylaw.content.EntityType.Family.PLACE;
import static dev.bylaw.content.EntityType.Family.SECRET;
import static dev.bylaw.content.EntityType.Family.THING;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A kind of thing that can be found in a text, by its name in rules ({@code ssn}) and the family it
 * belongs to. Two types are the same when their names are.
 */
public record EntityType(String name, Family family) implements Comparable<EntityType> {

  /** What a type is about; {@link #personal} is chosen by it. */
  public enum Family {
    PERSONAL(true),
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
      known(
          "phone",
          CONTACT,
          "phone_number",
          "telephone",
          "telephone_number",
          "tr_phone_number",
          "za_phone_number",
          "za_mobile_number",
          "za_telephone_number");
  public static final EntityType SSN =
      known("ssn", IDENTITY, "us_ssn", "social_security_number", "social_security");
  public static final EntityType CREDIT_CARD =
      known("credit_card", FINANCE, "card", "card_number", "credit_card_number", "payment_card");
  public static final EntityType IBAN = known("iban", FINANCE, "iban_code");
  public static final EntityType IP_ADDRESS = known("ip_address", NETWORK, "ip");
  public static final EntityType MAC_ADDRESS = known("mac_address", NETWORK, "mac");
  public static final EntityType IMEI = known("imei", NETWORK);
  public static final EntityType URL = known("url", THING, "web_address");
  public static final EntityType PERSON =
      known("person", PERSONAL, "per", "name", "person_name", "full_name");
  public static final EntityType BIRTH_DATE =
      known("date_of_birth", PERSONAL, "dob", "birth_date", "birthday");

  /** A nationality, a religion or a political group. */
  public static final EntityType GROUP =
      known("nrp", PERSONAL, "nationality", "religion", "ethnicity", "political_group");

  public static final EntityType DATE_TIME = known("date_time", THING, "date", "time", "datetime");
  public static final EntityType ADDRESS =
      known("address", CONTACT, "postal_address", "street_address");
  public static final EntityType COORDINATES =
      known("coordinates", CONTACT, "geo", "lat_long", "gps");
  public static final EntityType LOCATION = known("location", PLACE, "loc", "place", "gpe");
  public static final EntityType UK_POSTCODE = known("uk_postcode", PLACE, "postcode");
  public static final EntityType ORGANIZATION =
      known("organization", THING, "org", "organisation", "company");
  public static final EntityType BANK_ACCOUNT =
      known("bank_account", FINANCE, "us_bank_number", "account_number");
  public static final EntityType ROUTING_NUMBER =
      known("routing_number", THING, "aba_routing_number", "aba");
  public static final EntityType SWIFT_BIC =
      known("swift_bic", THING, "swift", "bic", "swift_code");
  public static final EntityType CRYPTO_ADDRESS =
      known("crypto_address", FINANCE, "crypto", "wallet", "bitcoin_address");
  public static final EntityType PASSPORT =
      known(
          "passport",
          IDENTITY,
          "us_passport",
          "uk_passport",
          "it_passport",
          "in_passport",
          "de_passport",
          "es_passport",
          "kr_passport",
          "ph_passport",
          "ru_passport",
          "za_passport",
          "passport_number");
  public static final EntityType DRIVING_LICENSE =
      known(
          "driving_license",
          IDENTITY,
          "us_driver_license",
          "driver_license",
          "it_driver_license",
          "de_driver_license",
          "de_fuehrerschein",
          "kr_driver_license",
          "uk_driving_licence",
          "za_driver_license",
          "driving_licence");
  public static final EntityType VEHICLE =
      known(
          "vehicle_number",
          IDENTITY,
          "vin",
          "license_plate",
          "in_vehicle_registration",
          "de_license_plate",
          "de_kfz",
          "ng_vehicle_registration",
          "ph_license_plate",
          "tr_license_plate",
          "za_license_plate",
          "uk_vehicle_registration");
  public static final EntityType MEDICAL_LICENSE =
      known("medical_license", IDENTITY, "npi", "us_npi", "dea");
  public static final EntityType AWS_ACCOUNT =
      known("aws_account_id", THING, "aws_account", "us_aws_account_id");
  public static final EntityType CLIA = known("us_clia", THING, "clia");
  public static final EntityType ITIN = known("itin", IDENTITY, "us_itin");
  public static final EntityType EIN = known("ein", THING, "us_ein", "us_provider_tax_id");
  public static final EntityType MBI = known("us_mbi", IDENTITY, "medicare_beneficiary_identifier");
  public static final EntityType HEALTH_MEMBER =
      known("us_health_insurance_member_id", IDENTITY, "health_insurance_member_id");
  public static final EntityType HEALTH_CLAIM = known("us_claim_number", IDENTITY, "claim_number");
  public static final EntityType PRESCRIPTION =
      known("us_prescription_number", IDENTITY, "prescription_number");
  public static final EntityType PRIOR_AUTHORIZATION =
      known("us_prior_authorization_number", IDENTITY, "prior_authorization_number");
  public static final EntityType REFERRAL =
      known("us_referral_number", IDENTITY, "referral_number");
  public static final EntityType UUID = known("uuid", THING, "guid");
  public static final EntityType CA_POSTAL_CODE = known("ca_postal_code", PLACE);
  public static final EntityType SIN = known("ca_sin", IDENTITY, "sin", "social_insurance_number");
  public static final EntityType NHS = known("uk_nhs", IDENTITY, "nhs", "nhs_number");
  public static final EntityType NINO =
      known("uk_nino", IDENTITY, "nino", "national_insurance_number");
  public static final EntityType UTR = known("uk_utr", IDENTITY, "utr");
  public static final EntityType ES_NIF = known("es_nif", IDENTITY, "nif", "dni");
  public static final EntityType ES_NIE = known("es_nie", IDENTITY, "nie");
  public static final EntityType IT_FISCAL_CODE =
      known("it_fiscal_code", IDENTITY, "codice_fiscale");
  public static final EntityType IT_VAT = known("it_vat_code", THING, "it_vat", "partita_iva");
  public static final EntityType IT_IDENTITY_CARD = known("it_identity_card", IDENTITY);
  public static final EntityType PT_NIF = known("pt_nif", IDENTITY);
  public static final EntityType FR_NIR = known("fr_nir", IDENTITY, "nir", "insee");
  public static final EntityType DE_TAX_ID = known("de_tax_id", IDENTITY, "steuer_id");
  public static final EntityType DE_SOCIAL_SECURITY =
      known("de_social_security", IDENTITY, "rentenversicherungsnummer");
  public static final EntityType DE_ID_CARD = known("de_id_card", IDENTITY, "personalausweis");
  public static final EntityType DE_TAX_NUMBER = known("de_tax_number", IDENTITY, "steuernummer");
  public static final EntityType DE_VAT = known("de_vat_id", THING, "de_vat_code", "ust_id");
  public static final EntityType DE_HEALTH_INSURANCE =
      known("de_health_insurance", IDENTITY, "de_kvnr", "kvnr");
  public static final EntityType DE_LANR = known("de_lanr", IDENTITY, "lanr");
  public static final EntityType DE_BSNR = known("de_bsnr", THING, "bsnr");
  public static final EntityType DE_TELEMATIK = known("de_telematik_id", IDENTITY);
  public static final EntityType DE_COMMERCIAL_REGISTER =
      known("de_commercial_register", THING, "de_handelsregister", "handelsregister");
  public static final EntityType DE_POSTAL_CODE = known("de_postal_code", PLACE, "de_plz", "plz");
  public static final EntityType NL_BSN = known("nl_bsn", IDENTITY, "bsn");
  public static final EntityType BE_NRN =
      known("be_national_number", IDENTITY, "rijksregisternummer");
  public static final EntityType PL_PESEL = known("pl_pesel", IDENTITY, "pesel");
  public static final EntityType PL_NIP = known("pl_nip", THING, "nip");
  public static final EntityType FI_IDENTITY = known("fi_personal_identity_code", IDENTITY, "hetu");
  public static final EntityType SE_IDENTITY = known("se_personnummer", IDENTITY, "personnummer");
  public static final EntityType SE_ORGANISATION = known("se_organisationsnummer", THING);
  public static final EntityType NO_IDENTITY = known("no_fodselsnummer", IDENTITY, "fodselsnummer");
  public static final EntityType DK_CPR = known("dk_cpr", IDENTITY, "cpr");
  public static final EntityType CH_AHV = known("ch_ahv", IDENTITY, "ahv", "avs");
  public static final EntityType IE_PPS = known("ie_pps", IDENTITY, "pps", "ppsn");
  public static final EntityType AT_SVNR = known("at_svnr", IDENTITY);
  public static final EntityType CZ_BIRTH_NUMBER =
      known("cz_birth_number", IDENTITY, "rodne_cislo", "sk_birth_number");
  public static final EntityType RO_CNP = known("ro_cnp", IDENTITY, "cnp");
  public static final EntityType HR_OIB = known("hr_oib", IDENTITY, "oib");
  public static final EntityType BG_EGN = known("bg_egn", IDENTITY, "egn");
  public static final EntityType BALTIC_CODE =
      known("baltic_personal_code", IDENTITY, "isikukood", "asmens_kodas");
  public static final EntityType GR_AMKA = known("gr_amka", IDENTITY, "amka");
  public static final EntityType TR_TCKN = known("tr_tckn", IDENTITY, "tckn", "tr_national_id");
  public static final EntityType IN_AADHAAR = known("in_aadhaar", IDENTITY, "aadhaar");
  public static final EntityType IN_PAN = known("in_pan", IDENTITY, "pan");
  public static final EntityType IN_VOTER = known("in_voter", IDENTITY, "epic");
  public static final EntityType IN_GSTIN = known("in_gstin", THING, "gstin");
  public static final EntityType IN_UPI = known("in_upi", FINANCE, "upi", "vpa");
  public static final EntityType PH_TIN = known("ph_tin", IDENTITY);
  public static final EntityType PH_UMID = known("ph_umid", IDENTITY, "umid");
  public static final EntityType PH_PHILHEALTH = known("ph_philhealth", IDENTITY, "philhealth");
  public static final EntityType RU_INN = known("ru_inn", IDENTITY, "inn");
  public static final EntityType RU_SNILS = known("ru_snils", IDENTITY, "snils");
  public static final EntityType AU_TFN = known("au_tfn", IDENTITY, "tfn");
  public static final EntityType AU_ABN = known("au_abn", THING, "abn");
  public static final EntityType AU_ACN = known("au_acn", THING, "acn");
  public static final EntityType AU_MEDICARE = known("au_medicare", IDENTITY, "medicare");
  public static final EntityType SG_NRIC = known("sg_nric_fin", IDENTITY, "nric", "fin");
  public static final EntityType SG_UEN = known("sg_uen", THING, "uen");
  public static final EntityType KR_RRN = known("kr_rrn", IDENTITY, "rrn");
  public static final EntityType KR_FRN = known("kr_frn", IDENTITY, "frn");
  public static final EntityType KR_BRN = known("kr_brn", THING);
  public static final EntityType TH_TNIN = known("th_tnin", IDENTITY);
  public static final EntityType JP_MY_NUMBER = known("jp_my_number", IDENTITY, "my_number");
  public static final EntityType CN_IDENTITY = known("cn_resident_id", IDENTITY);
  public static final EntityType BR_CPF = known("br_cpf", IDENTITY, "cpf");
  public static final EntityType BR_CNPJ = known("br_cnpj", THING, "cnpj");
  public static final EntityType MX_CURP = known("mx_curp", IDENTITY, "curp");
  public static final EntityType MX_RFC = known("mx_rfc", IDENTITY, "rfc");
  public static final EntityType AR_CUIT = known("ar_cuit", IDENTITY, "cuit", "cuil");
  public static final EntityType CL_RUT = known("cl_rut", IDENTITY, "rut");
  public static final EntityType ZA_IDENTITY = known("za_identity", IDENTITY, "za_id_number");
  public static final EntityType ZA_INCOME_TAX = known("za_income_tax_number", IDENTITY);
  public static final EntityType ZA_VAT = known("za_vat_number", THING);
  public static final EntityType ZA_COMPANY = known("za_company_registration", THING);
  public static final EntityType ZA_TRAFFIC_REGISTER =
      known("za_traffic_register_number", IDENTITY);
  public static final EntityType NG_NIN = known("ng_nin", IDENTITY);
  public static final EntityType IL_IDENTITY = known("il_identity", IDENTITY, "teudat_zehut");
  public static final EntityType PASSWORD = known("password", SECRET, "passwd", "pwd");
  public static final EntityType API_KEY = known("api_key", SECRET, "apikey", "key");
  public static final EntityType ACCESS_TOKEN = known("access_token", SECRET, "token", "jwt");
  public static final EntityType PRIVATE_KEY = known("private_key", SECRET);
  public static final EntityType CONNECTION_STRING =
      known("connection_string", SECRET, "database_url");

  public static final EntityType PROMPT_INJECTION =
      known("prompt_injection", THING, "injection", "jailbreak");

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

  private static final Set<EntityType> ALL = Set.copyOf(BY_NAME.values());
  private static final Set<EntityType> PERSONAL_DATA = ofFamilies(family -> family.personal);
  private static final Set<EntityType> SECRETS = ofFamilies(family -> family == SECRET);

  private static Set<EntityType> ofFamilies(Predicate<Family> chosen) {
    return ALL.stream()
        .filter(type -> chosen.test(type.family))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every known type. */
  public static Set<EntityType> all() {
    return ALL;
  }

  /** The known types that are personal data. */
  public static Set<EntityType> personal() {
    return PERSONAL_DATA;
  }

  /** The known types that are secrets: keys, tokens, passwords. */
  public static Set<EntityType> secrets() {
    return SECRETS;
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
