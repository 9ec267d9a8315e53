package dev.bylaw.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses of crypto currencies by their checksums: Base58Check (Bitcoin, Litecoin,
 * Dogecoin, Dash, Tron, XRP), Bech32 (BIP-173 and BIP-350) and the mixed case of Ethereum's
 * (EIP-55).
 */
final class CryptoDetector implements Detector {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final Terms NAMES =
      Terms.of(
          "wallet, address, btc, bitcoin, eth, ethereum, crypto, usdt, erc20, deposit, send, solana,"
              + " monero, xmr, sol");

  @Override
  public String name() {
    return "crypto";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.CRYPTO_ADDRESS);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    String text = passage.plain();
    for (int i = 0; i < words.size(); i++) {
      int length = words.end(i) - words.start(i);
      if (length < 25 || length > 106) {
        continue;
      }
      String word = text.substring(words.start(i), words.end(i));
      String note = recognize(word, passage, i);
      if (note != null) {
        matches.add(EntityType.CRYPTO_ADDRESS, words.start(i), words.end(i), .95, note);
      }
    }
  }

  private static @Nullable String recognize(String word, Passage passage, int at) {
    if (word.length() == 42 && word.startsWith("0x")) {
      return ethereum(word, passage, at);
    }
    int one = word.indexOf('1');
    if (one > 0 && one <= 5 && isBech32(word, one)) {
      return "bech32 checksum ok";
    }
    if (word.length() <= 35 && "13LMDXT".indexOf(word.charAt(0)) >= 0 && isBase58(word, BASE58)) {
      return "base58 checksum ok";
    }
    if (word.length() <= 35 && word.charAt(0) == 'r' && isBase58(word, RIPPLE)) {
      return "base58 checksum ok";
    }
    boolean monero = word.length() == 95 && (word.charAt(0) == '4' || word.charAt(0) == '8');
    return monero && word.chars().allMatch(c -> BASE58.indexOf(c) >= 0)
        ? "95 characters of a monero address"
        : null;
  }

  private static @Nullable String ethereum(String word, Passage passage, int at) {
    String hex = word.substring(2);
    String lower = hex.toLowerCase(Locale.ROOT);
    if (!lower.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return null;
    }
    if (hex.equals(lower) || hex.equals(hex.toUpperCase(Locale.ROOT))) {
      boolean named =
          NAMES.anywhere(passage.field().words()) != null
              || Context.nearest(NAMES, passage.words(), at, at) != null;
      return named ? "40 hexadecimal digits near a word for a wallet" : null;
    }
    byte[] hash = Keccak.digest256(lower.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 40; i++) {
      char c = hex.charAt(i);
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
      if (c > '9' && (c < 'a') != (nibble >= 8)) {
        return null;
      }
    }
    return "eip-55 checksum ok";
  }

  private static boolean isBase58(String word, String alphabet) {
    byte[] bytes = new byte[25];
    for (int i = 0; i < word.length(); i++) {
      int carry = alphabet.indexOf(word.charAt(i));
      if (carry < 0) {
        return false;
      }
      for (int k = 24; k >= 0; k--) {
        carry += (bytes[k] & 0xff) * 58;
        bytes[k] = (byte) carry;
        carry >>>= 8;
      }
      if (carry != 0) {
        return false;
      }
    }
    byte[] check = sha256(sha256(Arrays.copyOf(bytes, 21)));
    return Arrays.equals(check, 0, 4, bytes, 21, 25);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is in every Java", impossible);
    }
  }

  private static boolean isBech32(String word, int one) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (!word.equals(lower) && !word.equals(word.toUpperCase(Locale.ROOT))) {
      return false;
    }
    String prefix = lower.substring(0, one);
    if (!Set.of("bc", "tb", "ltc", "addr", "cosmo").contains(prefix)) {
      return false;
    }
    int check = 1;
    for (int i = 0; i < one; i++) {
      check = polymod(check) ^ lower.charAt(i) >> 5;
    }
    check = polymod(check);
    for (int i = 0; i < one; i++) {
      check = polymod(check) ^ (lower.charAt(i) & 31);
    }
    for (int i = one + 1; i < lower.length(); i++) {
      int value = BECH32.indexOf(lower.charAt(i));
      if (value < 0) {
        return false;
      }
      check = polymod(check) ^ value;
    }
    return check == 1 || check == 0x2bc830a3;
  }

  private static int polymod(int check) {
    int top = check >>> 25;
    int next = (check & 0x1ffffff) << 5;
    int[] generators = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    for (int i = 0; i < 5; i++) {
      if ((top >> i & 1) == 1) {
        next ^= generators[i];
      }
    }
    return next;
  }
}
