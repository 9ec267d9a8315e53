package dev.bylaw.store.log;

import static dev.bylaw.store.log.Digests.HEX;

import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A salted commitment to a payload, field by field; the package says how it is made.
 *
 * @param seed of the salts, hexadecimal
 * @param value the payload in canonical JSON
 * @param text the commitment itself, hexadecimal
 */
record Commitment(String seed, String value, String text) {
  private static final Seeds SEEDS = new Seeds();

  /** Commits to a payload with new salt. */
  static Commitment fresh(ObjectValue payload) {
    byte[] seed = SEEDS.next();
    MessageDigest sha = Digests.sha256();
    var value = new StringBuilder(512).append('{');
    var whole = new ByteArrayOutputStream(payload.size() * 48);
    for (Map.Entry<String, Value> field : sorted(payload).entrySet()) {
      if (value.length() > 1) {
        value.append(',');
      }
      CanonicalJson.write(value, StringValue.of(field.getKey()));
      value.append(':');
      int from = value.length();
      CanonicalJson.write(value, field.getValue());
      byte[] leaf = leaf(sha, salt(sha, seed, field.getKey()), value.substring(from));
      add(whole, field.getKey(), leaf);
    }
    return new Commitment(
        HEX.formatHex(seed),
        value.append('}').toString(),
        HEX.formatHex(sha.digest(whole.toByteArray())));
  }

  /** The commitment that leaves by field, hexadecimal, add up to. */
  static String ofLeaves(SortedMap<String, String> leaves) {
    var whole = new ByteArrayOutputStream(leaves.size() * 48);
    leaves.forEach((name, leaf) -> add(whole, name, HEX.parseHex(leaf)));
    return HEX.formatHex(Digests.sha256().digest(whole.toByteArray()));
  }

  /** The salt of a field, hexadecimal, from the record's seed. */
  static String saltOf(String seed, String name) {
    return HEX.formatHex(salt(Digests.sha256(), HEX.parseHex(seed), name));
  }

  /** The leaf of a field, hexadecimal. */
  static String leafOf(String salt, Value value) {
    return HEX.formatHex(leaf(Digests.sha256(), HEX.parseHex(salt), CanonicalJson.write(value)));
  }

  /** The fields in the order of canonical JSON. */
  static SortedMap<String, Value> sorted(ObjectValue payload) {
    SortedMap<String, Value> fields = new TreeMap<>();
    payload.forEach((key, value) ->
        fields.put(key instanceof StringValue text ? text.text() : Json.write(key), value));
    return fields;
  }

  private static byte[] salt(MessageDigest sha, byte[] seed, String name) {
    sha.update((byte) 1);
    sha.update(seed);
    return sha.digest(name.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] leaf(MessageDigest sha, byte[] salt, String value) {
    sha.update(salt);
    return sha.digest(value.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(ByteArrayOutputStream whole, String name, byte[] leaf) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      whole.write(bytes.length >>> shift);
    }
    whole.writeBytes(bytes);
    whole.writeBytes(leaf);
  }
}
