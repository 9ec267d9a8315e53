package dev.bylaw.store.log;

import static dev.bylaw.store.log.Digests.HEX;

import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.ByteBuffer;
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
    MessageDigest whole = Digests.sha256();
    var value = new StringBuilder("{");
    for (Map.Entry<String, Value> field : sorted(payload).entrySet()) {
      String text = CanonicalJson.write(field.getValue());
      if (value.length() > 1) {
        value.append(',');
      }
      value.append(Json.write(StringValue.of(field.getKey()))).append(':').append(text);
      add(whole, field.getKey(), leaf(sha, salt(sha, seed, field.getKey()), text));
    }
    return new Commitment(
        HEX.formatHex(seed), value.append('}').toString(), HEX.formatHex(whole.digest()));
  }

  /** The commitment that leaves by field, hexadecimal, add up to. */
  static String ofLeaves(SortedMap<String, String> leaves) {
    MessageDigest whole = Digests.sha256();
    leaves.forEach((name, leaf) -> add(whole, name, HEX.parseHex(leaf)));
    return HEX.formatHex(whole.digest());
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

  private static void add(MessageDigest whole, String name, byte[] leaf) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    whole.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    whole.update(bytes);
    whole.update(leaf);
  }
}
