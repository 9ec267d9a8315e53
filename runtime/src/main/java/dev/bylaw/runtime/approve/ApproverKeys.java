package dev.bylaw.runtime.approve;

import dev.bylaw.runtime.BylawException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proves who answers: each approver has a key, of which {@code bylaw.yaml} holds only the SHA-256.
 *
 * <p>Keys are random and long, so that a plain hash keeps them. A person keeps the key to themself:
 * in the environment variable {@code BYLAW_KEY}, or in a file of their own.
 *
 * @param hashes by person, {@code sha256:HEX}
 */
public record ApproverKeys(Map<String, String> hashes) {
  private static final String PREFIX = "sha256:";
  private static final int BYTES = 32;

  public ApproverKeys {
    hashes = Map.copyOf(hashes);
  }

  /**
   * Makes a key and writes it to a file that only its owner can read.
   *
   * @return what {@code bylaw.yaml} is to hold of it
   * @throws BylawException if the file is there already or cannot be written
   */
  public static String make(Path file) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String key = HexFormat.of().formatHex(random);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.getFileStore(folder == null ? Path.of(".") : folder)
          .supportsFileAttributeView("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
      Files.writeString(file, key + "\n");
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new BylawException("there is a key at " + file + " already");
    } catch (IOException e) {
      throw new BylawException("the key cannot be written to " + file + ": " + e.getMessage());
    }
    return hash(key);
  }

  /** What {@code bylaw.yaml} holds of a key. */
  public static String hash(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.strip().getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Makes sure that somebody is who they say.
   *
   * @param person who they say they are
   * @param key what proves it; empty for none
   * @throws BylawException if it does not
   */
  public void prove(String person, Optional<String> key) {
    String expected = hashes.get(person);
    if (expected == null) {
      throw new BylawException(
          "`bylaw.yaml` knows no key of an approver `"
              + person
              + "`; `bylaw approvals key "
              + person
              + "` makes one");
    }
    if (key.isEmpty()) {
      throw new BylawException(
          "who says that this is " + person + "? Give the key in BYLAW_KEY or with --key FILE");
    }
    boolean same =
        MessageDigest.isEqual(
            expected.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII),
            hash(key.get()).getBytes(StandardCharsets.US_ASCII));
    if (!same) {
      throw new BylawException("the key is not that of `" + person + "`");
    }
  }
}
