package dev.bylaw.cli;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
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
      screen.json(ArrayValue.of(found.stream().map(CheckCommand::value).toList()));
    } else if (found.isEmpty()) {
      screen.line(screen.styled(Screen.Style.GOOD, "✓"), " nothing is wrong");
    } else {
      screen.diagnostics(found);
    }
    return failed ? Exit.FAILED : Exit.OK;
  }

  private static Value value(Diagnostic each) {
    return ObjectValue.builder(8)
        .put("severity", each.severity().name().toLowerCase(java.util.Locale.ROOT))
        .put("code", each.code())
        .put("message", each.message())
        .put("hint", each.hint())
        .put("file", each.span().source().name())
        .put("line", NumberValue.of(each.span().position().line()))
        .put("column", NumberValue.of(each.span().position().column()))
        .build();
  }
}
