package dev.bylaw.runtime.folder;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the texts of a folder.
 *
 * <p>A source's name is its path below the folder, with forward slashes. Files that are too large,
 * are not UTF-8, or lie outside the folder behind a link are diagnostics.
 */
public final class FolderFiles {
  /** Larger files are refused, in bytes. */
  public static final long MOST_BYTES = 4L * 1024 * 1024;

  /** How many files there may be below one subfolder. */
  public static final int MOST_FILES = 10_000;

  private static final int MOST_DEEP = 8;

  private final Path root;
  private final Diagnostics diagnostics;

  /**
   * Files below a folder.
   *
   * @param root the folder
   * @param diagnostics takes what cannot be read
   */
  public FolderFiles(Path root, Diagnostics diagnostics) {
    this.root = root.toAbsolutePath().normalize();
    this.diagnostics = diagnostics;
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** A file by its path below the folder; empty if there is none. */
  public Optional<Source> file(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root) || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    return read(path);
  }

  /**
   * The files below a subfolder, in order of name; none if it is not there. Hidden files are passed
   * over.
   *
   * @param folder its name
   * @param endings of the files that count, with the dot
   */
  public List<Source> below(String folder, Set<String> endings) {
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(start, MOST_DEEP)) {
      paths
          .filter(path -> !path.equals(start) && !isHidden(start, path))
          .filter(path -> isMeant(start, path, endings))
          .limit(MOST_FILES + 1L)
          .forEach(found::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      refuse(folder, "cannot be read: " + reason(e), "");
      return List.of();
    }
    if (found.size() > MOST_FILES) {
      refuse(folder, "holds more than " + MOST_FILES + " files", "");
      return List.of();
    }
    found.sort(null);
    List<Source> sources = new ArrayList<>();
    for (Path path : found) {
      read(path).ifPresent(sources::add);
    }
    return sources;
  }

  /** Whether a path is a file to be read. What looks like one and is none is told. */
  private boolean isMeant(Path start, Path path, Set<String> endings) {
    String name = name(path);
    boolean ends = endings.stream().anyMatch(name::endsWith);
    if (ends && Files.isRegularFile(path)) {
      return true;
    }
    boolean link = Files.isSymbolicLink(path);
    if (Files.isDirectory(path)) {
      if (link) {
        refuse(name, "is a link to a folder, which is not followed", "put the files here");
      } else if (ends) {
        refuse(name, "is a folder, and is called as a file is", "call it otherwise");
      } else if (start.relativize(path).getNameCount() == MOST_DEEP) {
        refuse(name, "lies too deep: what it holds is not read", "move it up");
      }
    } else if (ends) {
      refuse(name, link ? "is a link that leads nowhere" : "is no file", "take it away");
    } else {
      String lower = name.toLowerCase(Locale.ROOT);
      endings.stream()
          .filter(lower::endsWith)
          .findFirst()
          .ifPresent(ending -> refuse(name, "is not read", "write its ending `" + ending + "`"));
    }
    return false;
  }

  private Optional<Source> read(Path path) {
    String name = name(path);
    try {
      if (!path.toRealPath().startsWith(root.toRealPath())) {
        refuse(name, "is a link that leads out of the folder", "put the file here");
        return Optional.empty();
      }
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        refuse(name, "has " + size + " bytes, expected at most " + MOST_BYTES, "");
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(path);
      if (isUtf16(bytes)) {
        refuse(name, "is UTF-16 text", "save it as UTF-8");
        return Optional.empty();
      }
      return Optional.of(Source.of(name, decode(bytes)));
    } catch (CharacterCodingException e) {
      refuse(name, "is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      refuse(name, "cannot be read: " + reason(e), "");
    }
    return Optional.empty();
  }

  /** By its byte order mark; every second byte of the rest would be a NUL else. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length > 1
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
  }

  private void refuse(String name, String why, String hint) {
    diagnostics.error("E0701", Source.of(name, "").span(), "`" + name + "` " + why, hint);
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static boolean isHidden(Path start, Path path) {
    for (Path part : start.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes))
        .toString();
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
