package dev.bylaw.runtime.settings;

import dev.bylaw.runtime.BylawException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret is kept. Never the secret itself. */
public sealed interface Secret {
  /**
   * In the environment.
   *
   * @param variable its name
   */
  record Environment(String variable) implements Secret {}

  /**
   * In a file, whose last line break does not count.
   *
   * @param path of the file
   */
  record InFile(Path path) implements Secret {}

  /**
   * The secret, at the moment it is needed.
   *
   * @param name what {@code bylaw.yaml} calls it, for messages
   * @throws BylawException if it is not there
   */
  default String reveal(String name) {
    return switch (this) {
      case Environment(String variable) -> {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
          throw new BylawException(
              "the secret `" + name + "` is not there: set the environment variable " + variable);
        }
        yield value;
      }
      case InFile(Path path) -> {
        try {
          yield Files.readString(path).stripTrailing();
        } catch (IOException e) {
          throw new BylawException(
              "the secret `" + name + "` is not there: the file " + path + " cannot be read");
        }
      }
    };
  }
}
