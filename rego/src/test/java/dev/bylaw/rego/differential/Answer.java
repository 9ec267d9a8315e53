package dev.bylaw.rego.differential;

import dev.bylaw.value.Value;
import java.util.List;

/**
 * What an engine said.
 *
 * @param rows the bindings of each solution, its values under the empty name; sorted
 * @param errors none if there are rows
 */
record Answer(List<Value> rows, List<Failure> errors) {
  /** An error and its place. */
  record Failure(String code, String message, String file, int row, int col) {
    @Override
    public String toString() {
      return file + ":" + row + ":" + col + ": " + code + ": " + message;
    }
  }

  Answer {
    rows = rows.stream().sorted().toList();
    errors = List.copyOf(errors);
  }

  /** The code of the first error; empty where there is none. */
  String code() {
    return errors.isEmpty() ? "" : errors.getFirst().code();
  }

  @Override
  public String toString() {
    return errors.isEmpty() ? rows.toString() : errors.toString();
  }
}
