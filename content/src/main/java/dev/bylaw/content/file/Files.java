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
      } else if (own.contains(Trait.ARCHIVE)) {
        unreadable(path, "archives of this format (" + type + ") are not looked into", own);
      }
      traits.addAll(own);
    }

    private void unreadable(String path, String why, Set<Trait> own) {
      own.add(Trait.UNREADABLE);
      notes.add(path + ": " + why);
    }

    private void zip(String path, byte[] content, int depth, Set<Trait> own) {
      if (ZipMarks.isEncrypted(content)) {
        own.add(Trait.ENCRYPTED_ARCHIVE);
        notes.add(path + ": entries are encrypted");
      }
      if (tooDeep(path, depth, own)) {
        return;
      }
      String contradiction = ZipMarks.contradiction(content);
      if (contradiction != null) {
        unreadable(path, contradiction, own);
      }
      int seen = 0;
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          seen++;
          entryName(path, entry.getName(), own);
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
        char kind = (char) content[at + 156];
        entryName(path, name, own);
        if (kind == '1' || kind == '2') {
          link(path, name, text(content, at + 157, 100), own);
        } else if (kind == 'L' || kind == 'K') {
          // GNU tar: the name of the next entry, or where it links to, longer than its field.
          entryName(path, text(content, at + 512, (int) Math.min(size, 4096)), own);
        } else if (kind == 'x' || kind == 'g') {
          paxName(path, text(content, at + 512, (int) Math.min(size, 8192)), own);
        } else if ("3456".indexOf(kind) < 0) {
          // Kinds that are not known are files, says POSIX.
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
      for (int i = at; i < content.length; i++) {
        if (content[i] != 0) {
          unreadable(path, "there is more behind its end", own);
          return;
        }
      }
    }

    /** An entry must not be written anywhere but below the folder it is unpacked in. */
    private void entryName(String path, String name, Set<Trait> own) {
      if (leadsOut(name)) {
        own.add(Trait.UNSAFE_PATH);
        notes.add(path + ": the entry " + printable(name) + " leads out of the archive's folder");
      }
    }

    private void link(String path, String name, String target, Set<Trait> own) {
      if (leadsOut(target)) {
        own.add(Trait.UNSAFE_PATH);
        notes.add(
            path
                + ": "
                + printable(name)
                + " links to "
                + printable(target)
                + ", out of the folder");
      }
    }

    private void paxName(String path, String records, Set<Trait> own) {
      for (String key : List.of(" path=", " linkpath=")) {
        int at = records.indexOf(key);
        if (at >= 0) {
          int end = records.indexOf('\n', at);
          int from = at + key.length();
          entryName(path, records.substring(from, end < 0 ? records.length() : end), own);
        }
      }
    }

    private static boolean leadsOut(String name) {
      String slashes = name.replace('\\', '/');
      boolean drive =
          slashes.length() > 1 && slashes.charAt(1) == ':' && Character.isLetter(slashes.charAt(0));
      return drive
          || slashes.startsWith("/")
          || slashes.equals("..")
          || slashes.startsWith("../")
          || slashes.endsWith("/..")
          || slashes.contains("/../");
    }

    private static String printable(String name) {
      String start = name.length() > 200 ? name.substring(0, 200) + '…' : name;
      return start.replaceAll("\\p{Cntrl}", "?");
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
      if (path.endsWith(".rels") && startsOthers(bytes)) {
        archive.add(Trait.ACTIVE);
        notes.add(path + ": loads a template or an object from elsewhere");
      }
      Set<Trait> own = EnumSet.noneOf(Trait.class);
      look(path, bytes, type, path.substring(path.lastIndexOf('/') + 1), depth + 1, own);
      entries.add(new Entry(path, type, own));
      archive.addAll(own);
      return true;
    }

    /** Relations of an Office file to a template, an object or a frame outside of it. */
    private static boolean startsOthers(byte[] relations) {
      String xml = new String(relations, StandardCharsets.UTF_8);
      return xml.contains("TargetMode=\"External\"")
          && (xml.contains("/attachedTemplate\"")
              || xml.contains("/oleObject\"")
              || xml.contains("/frame\"")
              || xml.contains("/subDocument\""));
    }
  }
}
