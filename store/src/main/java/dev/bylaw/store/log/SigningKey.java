package dev.bylaw.store.log;

import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * The Ed25519 key that signs checkpoints, roots and tombstones. It lies in a file outside the
 * store, readable by its owner alone; whoever can rewrite the store cannot sign with it.
 */
public final class SigningKey {
  /** The field of a signed object that holds the signature, base 64. */
  static final String FIELD = "signature";

  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "private: ";
  private static final String PUBLIC = "public: ";

  private final PrivateKey secret;
  private final PublicKey open;

  private SigningKey(PrivateKey secret, PublicKey open) {
    this.secret = secret;
    this.open = open;
  }

  /**
   * Reads the key of a file.
   *
   * @throws IOException if it cannot be read or is no key; the message is one sentence
   */
  public static SigningKey read(Path file) throws IOException {
    String secret = "";
    String open = "";
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (line.startsWith(PRIVATE)) {
        secret = line.substring(PRIVATE.length()).strip();
      } else if (line.startsWith(PUBLIC)) {
        open = line.substring(PUBLIC.length()).strip();
      }
    }
    try {
      var key =
          new SigningKey(
              KeyFactory.getInstance(ALGORITHM)
                  .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret))),
              publicKey(open));
      if (!verifies(key.sign(ObjectValue.EMPTY), key.open)) {
        throw new IOException("its two halves do not match");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("it holds no Ed25519 key", e);
    }
  }

  /**
   * Makes a key and its file, with access for the owner only.
   *
   * @throws IOException if the file is there already or cannot be written
   */
  public static SigningKey create(Path file) throws IOException {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
    var key = new SigningKey(pair.getPrivate(), pair.getPublic());
    String text =
        "# Signs the checkpoints of the logs. Keep it secret, and keep a copy.\n"
            + (PRIVATE + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n")
            + (PUBLIC + key.publicText() + "\n");
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    // Written beside and moved, so that a crash never leaves half a key.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (var out =
        Files.newByteChannel(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file, "rw-------"))) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (out instanceof FileChannel channel) {
        channel.force(true);
      }
    }
    if (Files.exists(file)) {
      Files.delete(fresh);
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.move(fresh, file);
    return key;
  }

  /** Access for the owner only, where the file system knows of owners. */
  public static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The public half. */
  public PublicKey publicKey() {
    return open;
  }

  /** The public half as text, base 64 of its X.509 form. */
  public String publicText() {
    return text(open);
  }

  /** A public key as text. */
  static String text(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /**
   * The public key of a text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PublicKey publicKey(String text) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /** The object with a signature over its canonical JSON. */
  ObjectValue sign(ObjectValue statement) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(secret);
      signer.update(CanonicalJson.bytes(statement));
      return statement.with(
          FIELD, StringValue.of(Base64.getEncoder().encodeToString(signer.sign())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with Ed25519", e);
    }
  }

  /** Whether an object holds the signature of a key over the rest of it. */
  static boolean verifies(ObjectValue signed, PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(CanonicalJson.bytes(signed.without(FIELD)));
      return verifier.verify(Base64.getDecoder().decode(signed.text(FIELD)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
