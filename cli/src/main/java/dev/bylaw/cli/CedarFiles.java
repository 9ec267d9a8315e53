package dev.bylaw.cli;

import dev.bylaw.cedar.command.Trouble;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that the commands of {@code bylaw cedar} read; a missing one is told as they tell. */
final class CedarFiles {
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private CedarFiles() {}

  /** A file that cannot be read. */
  static final class Unreadable extends RuntimeException {
    private final transient Trouble trouble;

    Unreadable(String what, String why) {
      super(what + ": " + why, null, false, false);
      this.trouble = Trouble.of(what, why);
    }

    /** The same as the reason why something else failed. */
    Unreadable within(String what) {
      return new Unreadable(what, String.valueOf(getMessage()));
    }

    Trouble trouble() {
      return trouble;
    }
  }

  /** The file, or standard input where there is none. */
  static Source orInput(String what, @Nullable Path file) {
    if (file != null) {
      return read(what, file);
    }
    try {
      byte[] bytes = System.in.readNBytes(MOST_BYTES + 1);
      return source("<stdin>", bytes);
    } catch (IOException e) {
      throw new Unreadable(
          "failed to read " + what + " from stdin", String.valueOf(e.getMessage()));
    }
  }

  /** The file, or null where there is none. */
  static @Nullable Source orNone(String what, @Nullable Path file) {
    return file == null ? null : read(what, file);
  }

  static Source read(String what, Path file) {
    String failed =
        switch (what) {
          case "links" -> "failed to open links file '" + file + "'";
          case "context" -> "error while loading context from " + file;
          default -> "failed to open " + what + " file " + file;
        };
    try {
      if (Files.isDirectory(file)) {
        throw new Unreadable(failed, "it is a folder");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new Unreadable(failed, "it is larger than 256 MB");
      }
      return source(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new Unreadable(failed, "no such file or directory");
    } catch (IOException e) {
      throw new Unreadable(failed, String.valueOf(e.getMessage()));
    }
  }

  private static Source source(String name, byte[] bytes) throws IOException {
    if (bytes.length > MOST_BYTES) {
      throw new IOException("it is larger than 256 MB");
    }
    try {
      var decoder = java.nio.charset.StandardCharsets.UTF_8.newDecoder();
      return Source.of(name, decoder.decode(java.nio.ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IOException("stream did not contain valid UTF-8", e);
    }
  }

  static void write(String what, Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Unreadable(
          "failed to write " + what + " file " + file, String.valueOf(e.getMessage()));
    }
  }
}
