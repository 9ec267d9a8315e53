package dev.bylaw.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a shell as the pages use: {@code bylaw} in this process, {@code cd}, {@code cat},
 * {@code echo}, and {@code ;}, {@code &&}, {@code |}, {@code >} between them. Anything else is no
 * command of a page.
 */
final class DocumentShell extends CommandTest {
  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");
  private static final Pattern PIECE =
      Pattern.compile("((?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\"';&|>])+)(;|&&|\\||>|$)");

  private final Map<String, String> foreign;
  private Path folder;
  private int code;

  /**
   * A shell.
   *
   * @param folder where it begins
   * @param foreign what commands of others say, such as {@code git diff}
   */
  DocumentShell(Path folder, Map<String, String> foreign) {
    this.folder = folder;
    this.foreign = foreign;
  }

  /** Where it is now. */
  Path folder() {
    return folder;
  }

  /**
   * Runs one line.
   *
   * @param shown what the page shows as its output: a file that is not there yet and is only shown
   *     is written as it is shown
   * @return what was said, with folders of this machine left out
   */
  String line(String line, String shown) throws IOException {
    var said = new StringBuilder();
    String piped = "";
    boolean skip = false;
    Matcher piece = PIECE.matcher(line);
    while (piece.find() && !piece.group(1).isBlank()) {
      List<String> words = words(piece.group(1));
      String link = piece.group(2);
      String output = skip ? "" : words(words, piped, shown);
      piped = "";
      switch (link) {
        case ">" -> {
          assertNext(piece, line);
          Files.writeString(folder.resolve(piece.group(1).strip()), output);
        }
        case "|" -> piped = output;
        default -> said.append(output);
      }
      skip = link.equals("&&") ? skip || code != 0 : skip && !link.equals(";");
    }
    return clean(said.toString());
  }

  private static void assertNext(Matcher piece, String line) {
    if (!piece.find()) {
      throw new AssertionError("nothing behind `>`: " + line);
    }
  }

  private String words(List<String> words, String piped, String shown) throws IOException {
    return switch (words.getFirst()) {
      case "bylaw", "./bylaw" -> bylaw(words.subList(1, words.size()), piped);
      case "cd" -> {
        folder = folder.resolve(words.get(1)).normalize();
        if (!Files.isDirectory(folder)) {
          throw new AssertionError("there is no folder " + folder);
        }
        yield "";
      }
      case "echo" -> words.get(1).equals("$?") ? code + "\n" : words.get(1) + "\n";
      case "cat" -> cat(folder.resolve(words.get(1)), shown);
      default -> {
        String said = foreign.get(String.join(" ", words));
        if (said == null) {
          throw new AssertionError("no command of a page: " + words);
        }
        yield said;
      }
    };
  }

  private static String cat(Path file, String shown) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, shown);
    }
    return Files.readString(file);
  }

  private String bylaw(List<String> words, String piped) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean folderNext = i > 0 && List.of("init", "--keep", "--dir").contains(words.get(i - 1));
      arguments.add(folderNext ? folder.resolve(words.get(i)).toString() : placed(words.get(i)));
    }
    if (!arguments.contains("--dir") && arguments.stream().noneMatch(this::isIdentity)) {
      arguments.addAll(dir(words));
    }
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)));
    try {
      code = run(arguments.toArray(String[]::new));
    } finally {
      System.setIn(before);
    }
    return printed() + told();
  }

  /** The option that says where the shell is, for commands that take it. */
  private List<String> dir(List<String> words) {
    var command = Main.commands(Screen.standard(), false).getCommandSpec();
    for (String word : words) {
      var next = command.subcommands().get(word);
      if (next == null) {
        break;
      }
      command = next.getCommandSpec();
    }
    boolean takes = command.optionsMap().containsKey("--dir") && !command.name().equals("init");
    return takes ? List.of("--dir", folder.toString()) : List.of();
  }

  private boolean isIdentity(String word) {
    return Files.exists(Path.of(word).resolve("bylaw.yaml")) && Path.of(word).isAbsolute();
  }

  /** A word that names a file or a folder where the shell is, as this process finds it. */
  private String placed(String word) {
    boolean names =
        word.matches("[\\w./-]*(?:/|\\.(?:jsonl?|yaml|txt|cedar|cedarschema|rego))[\\w.]*")
            || word.matches("[a-z][\\w-]*") && Files.isDirectory(folder.resolve(word));
    return names && !word.startsWith("-") ? folder.resolve(word).normalize().toString() : word;
  }

  private String clean(String said) {
    return said.replace(System.getProperty("user.home"), "/home/you")
        .replace(folder + "/", "")
        .replace(folder.getParent() + "/", "");
  }

  private static List<String> words(String piece) {
    return WORD.matcher(piece.strip()).results().map(DocumentShell::word).toList();
  }

  private static String word(MatchResult found) {
    if (found.group(1) != null) {
      return found.group(1).replaceAll("\\\\(.)", "$1");
    }
    return found.group(2) != null ? found.group(2) : found.group(3);
  }
}
