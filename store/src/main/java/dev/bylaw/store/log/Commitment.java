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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A salted commitment to a payload, field by field; the package says how it is made.
 *
 * @param seed of the salts, hexadecimal
 * @param value the payload in canonical JSON
 * @param fields in order
 * @param text the commitment itself, hexadecimal
 */
record Commitment(String seed, String value, List<Field> fields, String text) {
  private static final Seeds SEEDS = new Seeds();

  /** A field of the payload. */
  static final class Field {
    private final String name;

    /** Where its value begins in the canonical JSON, and where it ends. */
    private final int from;

    private final int to;

    /** Its salted hash. */
    private final byte[] leaf;

    Field(String name, int from, int to, byte[] leaf) {
      this.name = name;
      this.from = from;
      this.to = to;
      this.leaf = leaf;
    }
  }

  /** Commits to a payload with new salt. */
  static Commitment fresh(ObjectValue payload) {
    var making = new Making(SEEDS.next(), payload.size());
    sorted(payload).forEach(making::add);
    return making.end();
  }

  /** The same with other values of fields that it has; what is not named is not hashed again. */
  Commitment with(ObjectValue changed) {
    var making = new Making(HEX.parseHex(seed), fields.size());
    for (Field field : fields) {
      @Nullable Value now = changed.get(field.name);
      if (now == null) {
        making.add(field, value);
      } else {
        making.add(field.name, now);
      }
    }
    return making.end();
  }

  /** A commitment in the making. */
  private static final class Making {
    private final MessageDigest sha = Digests.sha256();
    private final byte[] seed;
    private final StringBuilder value = new StringBuilder(512).append('{');
    private final List<Field> fields;

    Making(byte[] seed, int size) {
      this.seed = seed;
      this.fields = new ArrayList<>(size);
    }

    void add(String name, Value of) {
      int from = name(name);
      CanonicalJson.write(value, of);
      byte[] leaf = leaf(sha, salt(sha, seed, name), value.substring(from));
      fields.add(new Field(name, from, value.length(), leaf));
    }

    void add(Field known, String text) {
      int from = name(known.name);
      value.append(text, known.from, known.to);
      fields.add(new Field(known.name, from, value.length(), known.leaf));
    }

    private int name(String name) {
      if (!fields.isEmpty()) {
        value.append(',');
      }
      CanonicalJson.write(value, StringValue.of(name));
      value.append(':');
      return value.length();
    }

    Commitment end() {
      var whole = new ByteArrayOutputStream(fields.size() * 48);
      for (Field field : fields) {
        Commitment.add(whole, field.name, field.leaf);
      }
      return new Commitment(
          HEX.formatHex(seed),
          value.append('}').toString(),
          fields,
          HEX.formatHex(sha.digest(whole.toByteArray())));
    }
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
