package dev.bylaw.cli;

import picocli.CommandLine.Command;

@Command(name = "why")
final class WhyCommand extends ScreenCommand {
  @Override
  public Integer call() {
    return 0;
  }
}
