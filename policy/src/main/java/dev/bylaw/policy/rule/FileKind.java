package dev.bylaw.policy.rule;

import dev.bylaw.content.file.FileReport;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Kinds of files: by the endings of their names, their declared types, and what their content is.
 */
public enum FileKind {
  /** What runs when it is opened. */
  EXECUTABLE(
      "exe com bat cmd msi msix msp scr pif cpl dll sys ocx drv ps1 psm1 vbs vbe js jse mjs ws wsf"
          + " wsh hta jar war class sh bash zsh csh ksh run bin elf so dylib app apk ipa deb rpm"
          + " pkg dmg command workflow action lnk url scf inf reg gadget msc py pyc pyw rb pl php"
          + " chm xll iqy slk appref-ms application diagcab settingcontent-ms library-ms",
      "application/x-msdownload application/x-msdos-program application/x-dosexec"
          + " application/x-executable application/x-elf application/x-sharedlib"
          + " application/x-mach-binary application/x-sh application/x-shellscript"
          + " application/x-bat application/java-archive application/javascript text/javascript"
          + " application/x-javascript application/vnd.microsoft.portable-executable"
          + " application/x-ms-installer application/x-msi application/hta"
          + " application/vnd.android.package-archive application/x-ms-shortcut"),
  /** Documents that hold programs. */
  MACRO(
      "docm dotm xlsm xltm xlsb xlam xla pptm potm ppam ppsm sldm doc dot xls xlt ppt pot pps mdb"
          + " accdb mde accde pub one",
      "application/vnd.ms-word.document.macroenabled.12"
          + " application/vnd.ms-word.template.macroenabled.12"
          + " application/vnd.ms-excel.sheet.macroenabled.12"
          + " application/vnd.ms-excel.template.macroenabled.12"
          + " application/vnd.ms-excel.addin.macroenabled.12"
          + " application/vnd.ms-excel.sheet.binary.macroenabled.12"
          + " application/vnd.ms-powerpoint.presentation.macroenabled.12"
          + " application/vnd.ms-powerpoint.template.macroenabled.12"
          + " application/vnd.ms-powerpoint.slideshow.macroenabled.12"
          + " application/vnd.ms-powerpoint.addin.macroenabled.12"
          + " application/msword application/vnd.ms-excel application/vnd.ms-powerpoint"),
  /** Files that hold files. */
  ARCHIVE(
      "zip zipx rar 7z tar gz tgz bz2 tbz2 xz txz zst lz lz4 lzma cab arj ace iso img vhd vhdx"
          + " udf cpio ar z uue",
      "application/zip application/x-zip-compressed application/x-rar-compressed"
          + " application/vnd.rar application/x-7z-compressed application/x-tar application/gzip"
          + " application/x-gzip application/x-bzip2 application/x-xz application/zstd"
          + " application/vnd.ms-cab-compressed application/x-iso9660-image"),
  /** Archives that nobody can look into; only their content tells. */
  ENCRYPTED_ARCHIVE("", "");

  @SuppressWarnings("ImmutableEnumChecker") // copied, never changed
  private final Set<String> endings;

  @SuppressWarnings("ImmutableEnumChecker") // copied, never changed
  private final Set<String> types;

  FileKind(String endings, String types) {
    this.endings = words(endings);
    this.types = words(types);
  }

  private static Set<String> words(String words) {
    return words.isEmpty() ? Set.of() : Set.copyOf(List.of(words.split(" ")));
  }

  /** What the inspection of a content calls this kind. */
  Set<FileReport.Trait> traits() {
    return switch (this) {
      case EXECUTABLE ->
          Set.of(FileReport.Trait.EXECUTABLE, FileReport.Trait.SCRIPT, FileReport.Trait.LAUNCHER);
      case MACRO -> Set.of(FileReport.Trait.MACRO);
      case ARCHIVE -> Set.of(FileReport.Trait.ARCHIVE);
      case ENCRYPTED_ARCHIVE -> Set.of(FileReport.Trait.ENCRYPTED_ARCHIVE);
    };
  }

  /** The name in packs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a file is of this kind, by what its name ends in or by its declared type. */
  boolean isOf(String ending, String declaredType) {
    return endings.contains(ending) || types.contains(declaredType);
  }
}
