package dev.bylaw.cli;

import dev.bylaw.cedar.command.Failure;
import dev.bylaw.cedar.command.Outcome;
import dev.bylaw.cedar.command.Text;
import dev.bylaw.cedar.command.Trouble;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that the commands of {@code bylaw cedar} read; a missing one is told as they tell. */
final class CedarFiles {
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private CedarFiles() {}

  private static Failure unreadable(String what, String why) {
    return new Failure(Trouble.of(what, why));
  }

  /** The file, or standard input where there is none. */
  static Text orInput(String what, @Nullable Path file) {
    return file == null ? () -> input(what) : () -> read(what, file);
  }

  private static Source input(String what) {
    try {
      byte[] bytes = System.in.readNBytes(MOST_BYTES + 1);
      return source("<stdin>", bytes);
    } catch (IOException e) {
      throw unreadable("failed to read " + what + " from stdin", String.valueOf(e.getMessage()));
    }
  }

  /** The file, or null where there is none. */
  static @Nullable Text orNone(String what, @Nullable Path file) {
    return file == null ? null : () -> read(what, file);
  }

  /** The file once it is needed. */
  static Text later(String what, Path file) {
    return () -> read(what, file);
  }

  static Source read(String what, Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw unreadable(noContents(what, file), "it is a folder");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(noContents(what, file), "it is larger than 256 MB");
      }
      return source(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw unreadable(notThere(what, file), "no such file or directory");
    } catch (AccessDeniedException e) {
      throw unreadable(notThere(what, file), "permission denied");
    } catch (IOException e) {
      throw unreadable(noContents(what, file), String.valueOf(e.getMessage()));
    }
  }

  private static String notThere(String what, Path file) {
    return switch (what) {
      case "links" -> "failed to open links file '" + file + "'";
      case "context" -> "error while loading context from " + file;
      default -> "failed to open " + what + " file " + file;
    };
  }

  /** What Cedar's own tool says of a file that it reads as it parses. */
  private static String noContents(String what, Path file) {
    return switch (what) {
      case "links" -> "Deserialization error";
      case "context" -> "failed to create a context from " + file;
      case "entities" -> "failed to parse entities from file " + file;
      case "test" -> "failed to parse tests from file " + file;
      default -> notThere(what, file);
    };
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

  /** Writes a text; the outcome, or that it could not be written. */
  static Outcome written(String what, Path file, String text, Outcome outcome) {
    try {
      Files.writeString(file, text);
      return outcome;
    } catch (IOException e) {
      return Outcome.failed(
          Trouble.of("failed to write " + what + " file " + file, String.valueOf(e.getMessage())));
    }
  }
}
