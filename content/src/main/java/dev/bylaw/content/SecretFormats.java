package dev.bylaw.content;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The table of keys and tokens that can be told by how they begin. */
final class SecretFormats {
  private static final String ALPHANUMERIC =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String HEX = "0123456789abcdef";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String URL_SAFE = ALPHANUMERIC + "-_";
  private static final String DOTTED = URL_SAFE + ".";

  /** What was recognized, with offsets in the run of characters that was looked at. */
  record Match(EntityType type, int start, int end, double score, String note) {}

  private record Format(
      EntityType type,
      String maker,
      String prefix,
      String alphabet,
      int shortest,
      int longest,
      Predicate<String> check) {

    Format(EntityType type, String maker, String prefix, String alphabet, int least, int most) {
      this(type, maker, prefix, alphabet, least, most, _ -> true);
    }
  }

  private static final EntityType KEY = EntityType.API_KEY;
  private static final EntityType TOKEN = EntityType.ACCESS_TOKEN;

  /** Lengths are those of what follows the prefix. */
  private static final List<Format> TABLE =
      List.of(
          new Format(KEY, "aws", "AKIA", UPPER, 16, 16),
          new Format(KEY, "aws", "ASIA", UPPER, 16, 16),
          new Format(TOKEN, "github", "ghp_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "github", "gho_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "github", "ghu_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "github", "ghs_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "github", "ghr_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "github", "github_pat_", ALPHANUMERIC + "_", 82, 82),
          new Format(TOKEN, "npm", "npm_", ALPHANUMERIC, 36, 36, SecretFormats::crcInBase62),
          new Format(TOKEN, "gitlab", "glpat-", URL_SAFE, 20, 64),
          new Format(TOKEN, "gitlab", "gldt-", URL_SAFE, 20, 64),
          new Format(TOKEN, "gitlab", "glrt-", URL_SAFE, 20, 64),
          new Format(TOKEN, "slack", "xoxb-", URL_SAFE, 20, 120),
          new Format(TOKEN, "slack", "xoxp-", URL_SAFE, 20, 120),
          new Format(TOKEN, "slack", "xoxa-", URL_SAFE, 20, 120),
          new Format(TOKEN, "slack", "xoxr-", URL_SAFE, 20, 120),
          new Format(TOKEN, "slack", "xoxs-", URL_SAFE, 20, 120),
          new Format(TOKEN, "slack", "xoxe-", URL_SAFE, 20, 250),
          new Format(TOKEN, "slack", "xoxe.xoxp-", URL_SAFE, 20, 250),
          new Format(TOKEN, "slack", "xoxe.xoxb-", URL_SAFE, 20, 250),
          new Format(TOKEN, "slack", "xapp-", URL_SAFE, 20, 200),
          new Format(KEY, "stripe", "sk_live_", ALPHANUMERIC, 16, 247),
          new Format(KEY, "stripe", "rk_live_", ALPHANUMERIC, 16, 247),
          new Format(KEY, "stripe", "sk_test_", ALPHANUMERIC, 16, 247),
          new Format(KEY, "stripe", "rk_test_", ALPHANUMERIC, 16, 247),
          new Format(KEY, "stripe", "whsec_", ALPHANUMERIC, 24, 64),
          new Format(KEY, "anthropic", "sk-ant-", URL_SAFE, 20, 150),
          new Format(KEY, "openai", "sk-proj-", URL_SAFE, 20, 220),
          new Format(KEY, "openai", "sk-svcacct-", URL_SAFE, 20, 220),
          new Format(KEY, "openrouter", "sk-or-", URL_SAFE, 20, 120),
          new Format(KEY, "openai", "sk-", ALPHANUMERIC, 40, 64),
          new Format(KEY, "google", "AIza", URL_SAFE, 35, 35),
          new Format(TOKEN, "google", "ya29.", URL_SAFE, 30, 1024),
          new Format(KEY, "google", "GOCSPX-", URL_SAFE, 28, 28),
          new Format(KEY, "sendgrid", "SG.", DOTTED, 60, 70),
          new Format(KEY, "mailgun", "key-", HEX, 32, 32),
          new Format(KEY, "mailchimp", "md-", URL_SAFE, 22, 22),
          new Format(TOKEN, "pypi", "pypi-AgE", URL_SAFE, 50, 400),
          new Format(TOKEN, "docker", "dckr_pat_", URL_SAFE, 20, 60),
          new Format(TOKEN, "hugging face", "hf_", ALPHANUMERIC, 30, 40),
          new Format(TOKEN, "replicate", "r8_", ALPHANUMERIC, 36, 40),
          new Format(TOKEN, "shopify", "shpat_", HEX, 32, 32),
          new Format(TOKEN, "shopify", "shpss_", HEX, 32, 32),
          new Format(TOKEN, "shopify", "shpca_", HEX, 32, 32),
          new Format(TOKEN, "digitalocean", "dop_v1_", HEX, 64, 64),
          new Format(TOKEN, "digitalocean", "doo_v1_", HEX, 64, 64),
          new Format(TOKEN, "square", "sq0atp-", URL_SAFE, 22, 22),
          new Format(TOKEN, "square", "sq0csp-", URL_SAFE, 43, 43),
          new Format(KEY, "twilio", "SK", HEX, 32, 32),
          new Format(KEY, "new relic", "NRAK-", UPPER, 27, 27),
          new Format(TOKEN, "databricks", "dapi", HEX + "-", 32, 34),
          new Format(KEY, "linear", "lin_api_", ALPHANUMERIC, 40, 40),
          new Format(TOKEN, "vault", "hvs.", URL_SAFE, 24, 200),
          new Format(TOKEN, "vault", "hvb.", URL_SAFE, 24, 200),
          new Format(KEY, "rubygems", "rubygems_", HEX, 48, 48),
          new Format(TOKEN, "grafana", "glsa_", ALPHANUMERIC + "_", 32, 64),
          new Format(TOKEN, "grafana", "glc_", ALPHANUMERIC, 32, 400),
          new Format(KEY, "postman", "PMAK-", HEX + "-", 50, 64),
          new Format(TOKEN, "atlassian", "ATATT3", DOTTED, 100, 400),
          new Format(TOKEN, "notion", "ntn_", ALPHANUMERIC, 40, 50),
          new Format(TOKEN, "notion", "secret_", ALPHANUMERIC, 40, 50),
          new Format(TOKEN, "figma", "figd_", URL_SAFE, 40, 64),
          new Format(TOKEN, "doppler", "dp.pt.", ALPHANUMERIC, 40, 44),
          new Format(TOKEN, "terraform", "atlasv1.", URL_SAFE, 60, 80),
          new Format(KEY, "age", "AGE-SECRET-KEY-1", UPPER, 58, 58),
          new Format(TOKEN, "planetscale", "pscale_tkn_", URL_SAFE, 32, 64),
          new Format(KEY, "easypost", "EZAK", ALPHANUMERIC, 54, 54));

  private SecretFormats() {}

  /** The first format that the run, or a part of it behind a sign, is of. */
  static @Nullable Match match(String run) {
    if (run.startsWith("eyJ") && isJsonWebToken(run)) {
      return new Match(TOKEN, 0, run.length(), .97, "json web token");
    }
    for (Format format : TABLE) {
      if (run.startsWith(format.prefix)) {
        int from = format.prefix.length();
        int end = from;
        while (end < run.length() && format.alphabet.indexOf(run.charAt(end)) >= 0) {
          end++;
        }
        boolean whole = end == run.length() || run.charAt(end) == '.';
        int length = end - from;
        if (whole
            && length >= format.shortest
            && length <= format.longest
            && SecretDetector.entropy(run.substring(from, end)) > 2.3) {
          boolean checked = format.check.test(run.substring(from, end));
          return new Match(format.type, 0, end, checked ? .97 : .7, "prefix of " + format.maker);
        }
      }
    }
    return null;
  }

  /** Six base-62 digits at the end are the CRC-32 of what stands before them. */
  private static boolean crcInBase62(String body) {
    String random = body.substring(0, body.length() - 6);
    CRC32 crc = new CRC32();
    crc.update(random.getBytes(StandardCharsets.US_ASCII));
    BigInteger value = BigInteger.ZERO;
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (char c : body.substring(body.length() - 6).toCharArray()) {
      value = value.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(digits.indexOf(c)));
    }
    return value.equals(BigInteger.valueOf(crc.getValue()));
  }

  /** A header that names an algorithm, and a payload that is an object unless it is encrypted. */
  private static boolean isJsonWebToken(String run) {
    String[] parts = run.split("\\.", -1);
    boolean encrypted = parts.length == 5;
    if ((parts.length != 3 && !encrypted) || parts[0].length() < 10 || parts[1].length() < 2) {
      return false;
    }
    try {
      String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
      if (!header.strip().startsWith("{") || !header.contains("\"alg\"")) {
        return false;
      }
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      return encrypted || new String(payload, StandardCharsets.UTF_8).strip().startsWith("{");
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
