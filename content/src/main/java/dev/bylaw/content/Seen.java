package dev.bylaw.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the texts looked at lately, by their digests: it holds no text. Two generations
 * of a few hundred each; when the young one is full, the old one is dropped. Thread-safe.
 */
final class Seen {
  /** Shorter texts are inspected faster than digested. */
  static final int SHORTEST = 256;

  private static final int GENERATION = 512;

  /** A text, the name of its field, what was asked for, and whether the costly were asked too. */
  record Key(String digest, String field, Set<EntityType> wanted, boolean costly) {}

  private volatile Map<Key, List<Finding>> young = new ConcurrentHashMap<>();
  private volatile Map<Key, List<Finding>> old = Map.of();

  static Key key(String text, FieldName field, Set<EntityType> wanted, boolean costly) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16LE));
      return new Key(
          HexFormat.of().formatHex(digest), field.words().text(), Set.copyOf(wanted), costly);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is in every Java", impossible);
    }
  }

  @Nullable List<Finding> at(Key key) {
    List<Finding> known = young.get(key);
    return known != null ? known : old.get(key);
  }

  void put(Key key, List<Finding> findings) {
    if (young.size() >= GENERATION) {
      synchronized (this) {
        if (young.size() >= GENERATION) {
          old = young;
          young = new ConcurrentHashMap<>();
        }
      }
    }
    young.put(key, List.copyOf(findings));
  }
}
