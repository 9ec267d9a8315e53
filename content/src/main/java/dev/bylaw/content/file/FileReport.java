package dev.bylaw.content.file;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file really is, whatever its name says.
 *
 * @param mediaType by content, such as {@code application/pdf}
 * @param traits what rules ask for; those of files inside of an archive are among them
 * @param entries what an archive holds, with its path
 * @param notes why, for people
 */
public record FileReport(
    String mediaType, Set<Trait> traits, List<Entry> entries, List<String> notes) {

  /** Something about a file that a rule can forbid. */
  public enum Trait {
    /** Machine code: programs, libraries, installers. */
    EXECUTABLE,
    /** Code that a shell or an interpreter runs. */
    SCRIPT,
    /** An Office file with macros. */
    MACRO,
    /** A link or a container that starts something else: .lnk, .url, .iso, .chm. */
    LAUNCHER,
    ARCHIVE,
    ENCRYPTED_ARCHIVE,
    /** A document that cannot be read without a password. */
    ENCRYPTED_DOCUMENT,
    /** An entry of an archive that unpacks outside of its folder: {@code ../}, a drive, a link. */
    UNSAFE_PATH,
    /** Valid as two formats at once. */
    POLYGLOT,
    /** The name says another type than the content. */
    MISNAMED,
    /** A document that acts when it is opened: JavaScript in a PDF, an external template. */
    ACTIVE,
    /** Larger, deeper or more than the limits; what lies beyond was not looked at. */
    BEYOND_LIMITS,
    /** Broken, contradictory or of a format so that it cannot be looked into. */
    UNREADABLE
  }

  /** A file inside of an archive. */
  public record Entry(String path, String mediaType, Set<Trait> traits) {
    public Entry {
      traits = Set.copyOf(traits);
    }
  }

  public FileReport {
    traits = Collections.unmodifiableSet(new TreeSet<>(traits));
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /** Whether the file has one of these traits, or an entry of it does. */
  public boolean hasAny(Set<Trait> unwanted) {
    return traits.stream().anyMatch(unwanted::contains);
  }
}
