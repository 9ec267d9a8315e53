package dev.bylaw.content;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** How a found piece of text is made harmless. */
public sealed interface Redaction {

  /** As many of {@code sign} as the piece has characters. */
  record Mask(char sign) implements Redaction {
    public Mask() {
      this('*');
    }

    public Mask {
      if (Character.isLetterOrDigit(sign) || Character.isSurrogate(sign) || sign < ' ') {
        throw new IllegalArgumentException("a mask is a visible sign, not `" + sign + "`");
      }
    }
  }

  /** The name of the type: {@code [SSN]}. */
  record Label() implements Redaction {}

  /**
   * All letters and digits but the last four masked, separators kept: {@code ***-**-6789}. A piece
   * of fewer than nine letters and digits, or with more letters than digits, is masked whole, and
   * so is an address of any kind, a place or a name, however many digits it has.
   */
  record KeepLastFour(char sign) implements Redaction {
    public KeepLastFour() {
      this('*');
    }

    public KeepLastFour {
      new Mask(sign);
    }
  }

  /**
   * A keyed hash (HMAC-SHA256) of the piece's letters and digits: the same piece gives the same
   * label wherever the key is the same, and without the key it cannot be guessed from the label.
   */
  record KeyedHash(SecretKey key) implements Redaction {
    /** A key of at least 16 bytes. */
    public static KeyedHash of(byte[] key) {
      if (key.length < 16) {
        throw new IllegalArgumentException("a key has at least 16 bytes");
      }
      return new KeyedHash(new SecretKeySpec(key, "HmacSHA256"));
    }
  }

  /**
   * A number for each different piece, the same within one run: {@code [EMAIL_1]}. Make one for a
   * run and share it; it holds the pieces until it is dropped.
   */
  record Pseudonym(Names names) implements Redaction {
    public Pseudonym() {
      this(new Names());
    }

    /** The numbers given out so far; thread-safe. */
    public static final class Names {
      private final Map<EntityType, Map<String, Integer>> numbers = new ConcurrentHashMap<>();

      int number(EntityType type, String piece) {
        Map<String, Integer> ofType = numbers.computeIfAbsent(type, _ -> new ConcurrentHashMap<>());
        Integer known = ofType.get(piece);
        if (known != null) {
          return known;
        }
        synchronized (ofType) {
          return ofType.computeIfAbsent(piece, _ -> ofType.size() + 1);
        }
      }
    }
  }
}
