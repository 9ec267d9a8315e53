package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectorsTest {
  private static final Inspector INSPECTOR = Inspector.standard();

  private static List<String> found(String text, EntityType... types) {
    return INSPECTOR.inspect(text, Set.of(types)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  private static Set<EntityType> field(String name, String text) {
    return INSPECTOR.inspect(ObjectValue.of(name, StringValue.of(text)), EntityType.all()).types();
  }

  @Test
  void cryptoAddressesAreToldByTheirChecksums() {
    assertThat(
            found(
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
                    + " bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
                    + " 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
                    + " rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"
                    + " bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                EntityType.CRYPTO_ADDRESS))
        .hasSize(6);
    assertThat(
            found(
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"
                    + " bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                EntityType.CRYPTO_ADDRESS))
        .isEmpty();
  }

  @Test
  void keccakAgreesWithKnownDigests() {
    assertThat(HexFormat.of().formatHex(Keccak.digest256(new byte[0])))
        .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  }

  @Test
  void webAddressesHardwareAddressesAndCoordinatesAreFound() {
    assertThat(found("see https://example.com/a?b=(1), or www.bylaw.dev.", EntityType.URL))
        .containsExactly("https://example.com/a?b=(1)", "www.bylaw.dev");
    assertThat(found("00:1B:44:11:3A:B7 and 12:30:45 and 001b.4411.3ab7", EntityType.MAC_ADDRESS))
        .containsExactly("00:1B:44:11:3A:B7", "001b.4411.3ab7");
    assertThat(found("at 40.7128, -74.0060 for 10.25, 12.50", EntityType.COORDINATES))
        .containsExactly("40.7128, -74.0060");
  }

  @Test
  void aDateIsABirthdayOnlyWhereItIsCalledOne() {
    assertThat(
            found(
                "DOB: 05/17/1985, born on 3rd March 1990. Shipped 2024-05-17; meet on 01/02/2024"
                    + " as agreed in the usual place.",
                EntityType.BIRTH_DATE))
        .containsExactly("05/17/1985", "3rd March 1990");
    assertThat(field("date_of_birth", "1985-05-17")).containsExactly(EntityType.BIRTH_DATE);
  }

  @Test
  void secretsAreToldByPrefixFrameAndPlace() {
    assertThat(
            found(
                "AKIAIOSFODNN7EXAMPLE and xoxb-123456789012-abcdefGHIJKL and"
                    + " postgres://app:s3cr3t@db.internal:5432/app and password: Tr0ub4dor&3 and"
                    + " eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                EntityType.secrets().toArray(EntityType[]::new)))
        .containsExactly(
            "AKIAIOSFODNN7EXAMPLE",
            "xoxb-123456789012-abcdefGHIJKL",
            "postgres://app:s3cr3t@db.internal:5432/app",
            "Tr0ub4dor&3",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl");
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
    assertThat(found("x " + key + " y", EntityType.PRIVATE_KEY)).containsExactly(key);
  }

  @Test
  void secretsAreToldByWhereTheyStand() {
    EntityType[] secrets = EntityType.secrets().toArray(EntityType[]::new);
    assertThat(found("curl -s -u admin:s3cret-Pa55 https://bylaw.dev/a", secrets))
        .containsExactly("s3cret-Pa55");
    assertThat(found("curl https://bylaw.dev \\\n  --user 'ci:correct horse'", secrets))
        .containsExactly("correct horse");
    assertThat(found("machine api.bylaw.dev login ci password hunter2secret", secrets))
        .containsExactly("hunter2secret");
    String part = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
    assertThat(
            found(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                    + "\"d\": \""
                    + part
                    + "\"}",
                EntityType.PRIVATE_KEY))
        .containsExactly(part);
    assertThat(field("d", part)).contains(EntityType.PRIVATE_KEY);
    String body = "MIIEpAIBAAKCAQEA" + "u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0g".repeat(3);
    assertThat(found("key " + body + "\nend of it", EntityType.PRIVATE_KEY))
        .singleElement()
        .satisfies(found -> assertThat(found).startsWith(body));
  }

  @Test
  void whatStandsThereAndIsNoSecretIsNone() {
    for (String text :
        List.of(
            "curl -u $USER:$PASSWORD https://bylaw.dev",
            "sort -u names:values.txt",
            "the machine asks for a login and a password every day",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\"}",
            "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTESMBAGA1UEChMJQmFs",
            "eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2lnbmF0dXJl")) {
      assertThat(found(text, EntityType.secrets().toArray(EntityType[]::new))).as(text).isEmpty();
    }
  }

  @Test
  void whatOnlyRefersToASecretIsNone() {
    assertThat(
            found(
                "password: ${DB_PASSWORD} token=<token> api_key: {{secrets.key}} password is"
                    + " required; reset your password: click here. sk-learn https://bylaw.dev/a",
                EntityType.secrets().toArray(EntityType[]::new)))
        .isEmpty();
    assertThat(field("password", "{{secrets.db}}")).isEmpty();
    assertThat(field("password", "hunter2")).containsExactly(EntityType.PASSWORD);
  }

  @Test
  void theNamesOfPresidiosRecognizersAreUnderstood() {
    for (String name :
        """
        CREDIT_CARD CRYPTO EMAIL_ADDRESS IBAN_CODE IP_ADDRESS MAC_ADDRESS LOCATION PERSON PHONE_NUMBER
        DATE_TIME NRP MEDICAL_LICENSE URL IMEI VIN US_BANK_NUMBER US_DRIVER_LICENSE US_ITIN US_PASSPORT US_SSN US_MBI
        US_NPI US_CLIA UK_NHS UK_NINO UK_DRIVING_LICENCE UK_PASSPORT UK_POSTCODE UK_VEHICLE_REGISTRATION
        ES_NIF ES_NIE ES_PASSPORT IT_FISCAL_CODE IT_DRIVER_LICENSE IT_VAT_CODE IT_PASSPORT
        IT_IDENTITY_CARD PL_PESEL SG_NRIC_FIN SG_UEN AU_ABN AU_ACN AU_TFN AU_MEDICARE CA_SIN IN_PAN
        IN_AADHAAR IN_VEHICLE_REGISTRATION IN_VOTER IN_PASSPORT IN_GSTIN IN_UPI FI_PERSONAL_IDENTITY_CODE
        KR_DRIVER_LICENSE KR_FRN KR_PASSPORT KR_BRN KR_RRN TH_TNIN DE_BSNR DE_FUEHRERSCHEIN
        DE_HANDELSREGISTER DE_HEALTH_INSURANCE DE_ID_CARD DE_KFZ DE_LANR DE_PASSPORT DE_PLZ
        DE_SOCIAL_SECURITY DE_TAX_ID DE_TAX_NUMBER DE_TELEMATIK_ID DE_VAT_ID NG_NIN
        NG_VEHICLE_REGISTRATION PH_LICENSE_PLATE PH_PASSPORT PH_PHILHEALTH PH_TIN PH_UMID RU_INN
        RU_PASSPORT RU_SNILS SE_ORGANISATIONSNUMMER SE_PERSONNUMMER TR_LICENSE_PLATE TR_NATIONAL_ID
        TR_PHONE_NUMBER ZA_COMPANY_REGISTRATION ZA_DRIVER_LICENSE ZA_ID_NUMBER ZA_INCOME_TAX_NUMBER
        ZA_LICENSE_PLATE ZA_PASSPORT ZA_PHONE_NUMBER ZA_TRAFFIC_REGISTER_NUMBER ZA_VAT_NUMBER UUID
        CA_POSTAL_CODE US_CLAIM_NUMBER US_HEALTH_INSURANCE_MEMBER_ID US_PRESCRIPTION_NUMBER
        US_PRIOR_AUTHORIZATION_NUMBER US_PROVIDER_TAX_ID US_REFERRAL_NUMBER ZA_MOBILE_NUMBER
        ZA_TELEPHONE_NUMBER
        """
            .strip()
            .split("\\s+", -1)) {
      assertThat(EntityType.named(name)).as(name).isPresent();
    }
  }

  @Test
  void whatOnlyLooksLikeASecretIsNone() {
    for (String text :
        List.of(
            "550e8400-e29b-41d4-a716-446655440000",
            "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "\"integrity\": \"sha512-oJ8oB3Zq1H0n9cZ3bqQx2l8tQ0lqJq3b0bq8Z4dXjvZ1o0m4yq7C6s4b3w==\"",
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
            "password = os.getenv(\"DB_PASSWORD\")",
            "token = request.headers['Authorization']",
            "api_key: your-api-key-here",
            "http://localhost:8080/a@b",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC user@host",
            "ghp_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            "Pass rate: 98.5%, token_count: 123456")) {
      assertThat(found(text, EntityType.secrets().toArray(EntityType[]::new))).as(text).isEmpty();
    }
  }

  @Test
  void keysOfPuttyWebhooksAndRotatedTokensAreSecrets() {
    for (String text :
        List.of(
            "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\nAAAA\nBBBB",
            "https://hooks.slack.com/services/T00000000/B00000000/abcd1234efgh5678ijkl",
            "xoxe.xoxp-1-Mi0yLTEyMzQ1Njc4OTAxMi0xMjM0NTY3ODkw")) {
      assertThat(found(text, EntityType.secrets().toArray(EntityType[]::new))).as(text).hasSize(1);
    }
  }

  @Test
  void fieldNamesGivePeopleAndAddressesAwayWithoutAModel() {
    assertThat(field("first_name", "Jane")).containsExactly(EntityType.PERSON);
    assertThat(field("shippingAddress", "12 Main Street, Springfield"))
        .containsExactly(EntityType.ADDRESS);
    assertThat(field("product_name", "Jane")).isEmpty();
    assertThat(field("email_address", "not given yet")).isEmpty();
  }

  @Test
  void encodedTextIsReadAndLiesWhereItsCodeIs() {
    String base64 =
        Base64.getEncoder()
            .encodeToString("my ssn is 536-22-8726".getBytes(StandardCharsets.UTF_8));
    assertThat(found("data=" + base64 + " end", EntityType.SSN)).containsExactly(base64);
    assertThat(found("u=jane%40example.com&x=1", EntityType.EMAIL))
        .containsExactly("jane%40example.com");
    assertThat(found("u=jane\\u0040example.com", EntityType.EMAIL))
        .containsExactly("jane\\u0040example.com");
    assertThat(found("jane&#64;example.com!", EntityType.EMAIL))
        .containsExactly("jane&#64;example.com");
    assertThat(found("my social is five three six two two eight seven two six ok", EntityType.SSN))
        .containsExactly("five three six two two eight seven two six");
    assertThat(found("ssn 5%336-22-872%36 ", EntityType.SSN)).containsExactly("5%336-22-872%36");
  }

  @Test
  void aSocialSecurityNumberIsToldByItsNameInAnyForm() {
    for (String text :
        List.of(
            "SS# 536228726",
            "S.S.N. 536228726",
            "soc: 536-22-8726",
            "536228726 (SSN)",
            "employee Ana (536228726) starts",
            "joined payroll: 536228726",
            "SSN 536.22.8726",
            "SSN: ５３６-２２-８７２６",
            "ssn=536228726&x=1",
            "his social is 536228726")) {
      assertThat(found(text, EntityType.SSN)).as(text).hasSize(1);
    }
    for (String text :
        List.of(
            "order 536-22-8726 shipped",
            "Part no. 536-22-8726",
            "tracking number 536228726",
            "The population is 331002651",
            "build 536.22.8726",
            "ref 536228726",
            "000-12-3456")) {
      assertThat(found(text, EntityType.SSN)).as(text).isEmpty();
    }
  }

  @Test
  void telephonesAreNamedInManyLanguages() {
    for (String text :
        List.of(
            "手机 13800138000",
            "móvil 612 34 56 78",
            "(11) 91234-5678",
            "8 (916) 123-45-67",
            "03-1234-5678 電話",
            "Contact Ana Lopez at ana_77@example.com or 2043966084.")) {
      assertThat(found(text, EntityType.PHONE)).as(text).hasSize(1);
    }
    assertThat(found("release 05784-6270, build 2043966084", EntityType.PHONE)).isEmpty();
  }

  @Test
  void anAddressOfMailThatIsSpelledForPeopleIsOne() {
    assertThat(found("write to jane (at) example (dot) com today", EntityType.EMAIL))
        .containsExactly("jane (at) example (dot) com");
    assertThat(found("jane[at]example[.]org", EntityType.EMAIL))
        .containsExactly("jane[at]example[.]org");
    assertThat(found("from 192[.]168[.]1[.]7", EntityType.IP_ADDRESS))
        .containsExactly("192[.]168[.]1[.]7");
    assertThat(found("meet (at) noon (dot)", EntityType.EMAIL)).isEmpty();
  }

  @Test
  void aPaymentAddressHasABankAndNoDomain() {
    assertThat(found("pay rahul.k@okhdfcbank or upi id: ana@newbank", EntityType.IN_UPI))
        .containsExactly("rahul.k@okhdfcbank", "ana@newbank");
    assertThat(found("ana@example.com, @handle, a@b, git@github:x", EntityType.IN_UPI)).isEmpty();
    assertThat(field("vpa", "ana@xyz")).containsExactly(EntityType.IN_UPI);
  }

  @Test
  void aWrongCheckDigitRefutesWhatOnlyTheWordsAroundNameSo() {
    int refuted = 0;
    for (Identifier row : StandardDetectors.IDENTIFIERS) {
      String example = row.examples().getFirst();
      String compact = example.replaceAll("[^A-Z0-9]", "");
      if (row.check().check(compact).verdict() != Check.Verdict.CONFIRMED) {
        continue;
      }
      char last = example.charAt(example.length() - 1);
      String wrong =
          example.substring(0, example.length() - 1)
              + (last == '9' ? '1' : last == 'Z' ? 'A' : (char) (last + 1));
      if (row.check().check(wrong.replaceAll("[^A-Z0-9]", "")).verdict() != Check.Verdict.REFUTED) {
        continue;
      }
      refuted++;
      assertThat(found("Your " + row.names().first() + ": " + wrong, row.type()))
          .as("%s %s", row.name(), wrong)
          .isEmpty();
    }
    assertThat(refuted).isGreaterThan(30);
  }

  @Test
  void offsetsAreRightInTextsFullOfDisguises() {
    long seed = 20260101;
    Random random = new Random(seed);
    List<String> noise =
        List.of("\u200b", "é", "\ud83d\ude00", "ß", "ﬁ", "１", "漢", "\u0301", "&amp;", " ");
    for (int run = 0; run < 500; run++) {
      StringBuilder text = new StringBuilder("x ");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(noise.get(random.nextInt(noise.size())));
      }
      text.append(" ; ");
      int start = text.length();
      text.append("536-22-8726");
      int end = text.length();
      text.append(" ; ");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(noise.get(random.nextInt(noise.size())));
      }
      assertThat(INSPECTOR.inspect(text.toString(), Set.of(EntityType.SSN)).all())
          .as("seed %d, run %d: %s", seed, run, text)
          .anySatisfy(finding -> {
            assertThat(finding.start()).isEqualTo(start);
            assertThat(finding.end()).isEqualTo(end);
          });
    }
  }

  @Test
  void anyTextAtAllIsInspectedWithoutFailingAndRedactedClean() {
    long seed = 7;
    Random random = new Random(seed);
    String alphabet =
        "0123456789 -./@:=%&\\;()[]{}\"'+abcdefxyzABCXYZ\n\t\u200b\u0301ａ１०ß漢\ud83d\ude00\ud800"
            + "p4111ssncardtel";
    Redactor redactor = Redactor.of(INSPECTOR, new Redaction.Label());
    for (int run = 0; run < 3000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(120); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Redacted<String> redacted = redactor.redact(text.toString(), EntityType.secrets());
      assertThat(redacted.clean()).as("seed %d, run %d: %s", seed, run, text).isTrue();
      Findings findings = INSPECTOR.inspect(text.toString(), EntityType.all());
      for (Finding finding : findings.all()) {
        assertThat(finding.end()).isLessThanOrEqualTo(text.length());
      }
    }
  }
}
