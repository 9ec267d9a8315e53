package dev.bylaw.cli;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.syntax.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bylaw check}. */
@Command(
    name = "check",
    description = "Tells everything that is wrong in a folder's files, with line and caret.",
    footer = {
      "",
      "Exit codes: 0 nothing wrong (warnings may be), 1 errors.",
      "",
      "Examples:",
      "  bylaw check acme",
      "  bylaw check acme -o json | jq '.[].code'"
    })
final class CheckCommand extends ScreenCommand {
  @Parameters(arity = "0..1", paramLabel = "DIR", description = "the folder; same as --dir")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    List<Diagnostic> found = Bylaw.check(folder == null ? dir : folder);
    boolean failed = found.stream().anyMatch(Diagnostic::isError);
    if (json()) {
      screen.json(Complaint.values(found));
    } else if (found.isEmpty()) {
      screen.line(screen.styled(Screen.Style.GOOD, "✓"), " nothing is wrong");
    } else {
      screen.diagnostics(found);
    }
    return failed ? Exit.FAILED : Exit.OK;
  }
}
