package dev.bylaw.cli;

import dev.bylaw.cli.Screen.Style;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bylaw init}. */
@Command(
    name = "init",
    description = "Makes a commented starter: one agent, two packs, one playbook, a sandbox.",
    footer = {
      "",
      "Examples:",
      "  bylaw init my-agents && bylaw check my-agents",
      "  bylaw run greet --dir my-agents --input name=Ada --input email=ada@example.com"
    })
final class InitCommand extends ScreenCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the folder; made if it is not there")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    Path target = folder == null ? dir : folder;
    if (Files.exists(target.resolve("bylaw.yaml"))) {
      throw new UsageException(
          "there is an identity in `"
              + target
              + "` already; name another folder, or change what is there");
    }
    List<String> written = Examples.write("starter", target);
    print(
        ObjectValue.of("dir", Value.of(target.toString()), "files", Value.of(written)),
        () -> {
          written.forEach(file -> screen.line("  ", screen.styled(Style.GOOD, "+ "), file));
          screen.gap();
          String name = target.toString();
          screen.text("next:");
          screen.text("  bylaw check " + name);
          screen.text(
              "  bylaw run greet --dir "
                  + name
                  + " --input name=Ada --input email=ada@example.com");
          screen.text("  bylaw effective assistant --dir " + name);
        });
    return Exit.OK;
  }
}
