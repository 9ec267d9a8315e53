package dev.bylaw.bench.cedar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the cases of the benchmark into a folder: {@code WriteCases DIR}. */
public final class WriteCases {
  private WriteCases() {}

  /** Writes them. */
  public static void main(String[] arguments) throws IOException {
    Path into = Path.of(arguments[0]);
    List<Case> cases = new ArrayList<>();
    for (int size : new int[] {5, 10, 20, 50}) {
      cases.add(new Applications(size, size).drive());
      cases.add(new Applications(size, size).repositories());
      cases.add(new Applications(size, size).tasks());
      cases.add(new Applications(size, size).links());
    }
    for (int count : new int[] {10, 100, 1_000, 10_000}) {
      var scaling = new Scaling(count);
      cases.add(scaling.actions());
      cases.add(scaling.scopes());
      cases.add(scaling.conditions());
      cases.add(scaling.everything());
    }
    for (Case each : cases) {
      each.write(into);
    }
    System.out.println(cases.size() + " cases in " + into);
  }
}
