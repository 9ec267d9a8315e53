package dev.bylaw.content.file;

import dev.bylaw.content.file.FileReport.Entry;
import dev.bylaw.content.file.FileReport.Trait;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.tika.Tika;

/** Looks at files. Thread-safe. */
public final class Files {
  private final FileLimits limits;

  private static final class Types {
    // Its magic is read from XML with the first file.
    static final Tika TIKA = new Tika();
  }

  private Files(FileLimits limits) {
    this.limits = limits;
  }

  public static Files standard() {
    return new Files(FileLimits.STANDARD);
  }

  public static Files within(FileLimits limits) {
    return new Files(limits);
  }

  /** Looks at a file; its name is only a claim. */
  public FileReport inspect(String name, byte[] content) {
    return new Walk(limits).run(name, content);
  }

  /** One file under inspection, with what is left of the limits. */
  private static final class Walk {
    private final FileLimits limits;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long bytesLeft;

    Walk(FileLimits limits) {
      this.limits = limits;
      this.bytesLeft = limits.bytes();
    }

    FileReport run(String name, byte[] content) {
      String type = Types.TIKA.detect(content, "");
      look(name, content, type, name, 0, traits);
      return new FileReport(type, traits, entries, notes);
    }

    private void look(
        String path, byte[] content, String type, String name, int depth, Set<Trait> own) {
      Signs signs = new Signs(name, content, type);
      own.addAll(signs.traits());
      for (String note : signs.notes()) {
        notes.add(path + ": " + note);
      }
      if (signs.isZip()) {
        zip(path, content, depth, own);
      } else if (type.equals("application/gzip")) {
        gzip(path, content, depth, own);
      } else if (type.equals("application/x-tar") || type.equals("application/x-gtar")) {
        tar(path, content, depth, own);
      }
      traits.addAll(own);
    }

    private void zip(String path, byte[] content, int depth, Set<Trait> own) {
      if (ZipMarks.isEncrypted(content)) {
        own.add(Trait.ENCRYPTED_ARCHIVE);
        notes.add(path + ": entries are encrypted");
      }
      if (tooDeep(path, depth, own)) {
        return;
      }
      int seen = 0;
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          seen++;
          if (entry.isDirectory()) {
            continue;
          }
          if (!take(path + '/' + entry.getName(), zip, content.length, depth, own)) {
            return;
          }
        }
      } catch (ZipException broken) {
        if (!own.contains(Trait.ENCRYPTED_ARCHIVE)) {
          own.add(Trait.UNREADABLE);
          notes.add(path + ": the archive is broken");
        }
      } catch (IOException | IllegalArgumentException broken) {
        own.add(Trait.UNREADABLE);
        notes.add(path + ": the archive is broken");
      }
      if (seen < ZipMarks.entriesClaimed(content) && !own.contains(Trait.ENCRYPTED_ARCHIVE)) {
        own.add(Trait.UNREADABLE);
        notes.add(path + ": its directory names more entries than can be read");
      }
    }

    private void gzip(String path, byte[] content, int depth, Set<Trait> own) {
      if (tooDeep(path, depth, own)) {
        return;
      }
      String inner =
          path.toLowerCase(Locale.ROOT).endsWith(".tgz") ? path + "/tar" : path + "/content";
      try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
        take(inner, gzip, content.length, depth, own);
      } catch (IOException broken) {
        own.add(Trait.UNREADABLE);
        notes.add(path + ": the archive is broken");
      }
    }

    /** POSIX tar: blocks of 512 bytes, a header before each file. */
    private void tar(String path, byte[] content, int depth, Set<Trait> own) {
      if (tooDeep(path, depth, own)) {
        return;
      }
      int at = 0;
      while (at + 512 <= content.length && content[at] != 0) {
        String name = text(content, at, 100);
        long size = octal(text(content, at + 124, 12));
        if (size < 0 || size > content.length - at - 512) {
          own.add(Trait.UNREADABLE);
          notes.add(path + ": the archive is broken");
          return;
        }
        byte kind = content[at + 156];
        if (kind == '0' || kind == 0) {
          InputStream entry = new ByteArrayInputStream(content, at + 512, (int) size);
          try {
            if (!take(path + '/' + name, entry, content.length, depth, own)) {
              return;
            }
          } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
        at += 512 + (int) ((size + 511) / 512 * 512);
      }
    }

    private static String text(byte[] content, int from, int length) {
      int end = from;
      while (end < from + length && content[end] != 0) {
        end++;
      }
      return new String(content, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(String digits) {
      try {
        return Long.parseLong(digits.strip(), 8);
      } catch (NumberFormatException broken) {
        return -1;
      }
    }

    private boolean tooDeep(String path, int depth, Set<Trait> own) {
      if (depth < limits.depth()) {
        return false;
      }
      own.add(Trait.BEYOND_LIMITS);
      notes.add(path + ": archives nested more than " + limits.depth() + " deep");
      return true;
    }

    /** Reads and looks at one entry; false where a limit ends the walk. */
    private boolean take(String path, InputStream stream, int packed, int depth, Set<Trait> archive)
        throws IOException {
      if (entries.size() >= limits.entries()) {
        archive.add(Trait.BEYOND_LIMITS);
        notes.add(path + ": more than " + limits.entries() + " entries");
        return false;
      }
      long most = Math.min(bytesLeft, (long) packed * limits.ratio() + 65_536);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        if (content.size() + read > most) {
          archive.add(Trait.BEYOND_LIMITS);
          notes.add(path + ": unpacks to more than the limits allow");
          return false;
        }
        content.write(buffer, 0, read);
      }
      bytesLeft -= content.size();
      byte[] bytes = content.toByteArray();
      String type = Types.TIKA.detect(bytes, "");
      Set<Trait> own = EnumSet.noneOf(Trait.class);
      look(path, bytes, type, path.substring(path.lastIndexOf('/') + 1), depth + 1, own);
      entries.add(new Entry(path, type, own));
      archive.addAll(own);
      return true;
    }
  }
}
