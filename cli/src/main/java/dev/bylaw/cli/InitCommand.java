package dev.bylaw.cli;

import picocli.CommandLine.Command;

@Command(name = "init")
final class InitCommand extends ScreenCommand {
  @Override
  public Integer call() {
    return 0;
  }
}
