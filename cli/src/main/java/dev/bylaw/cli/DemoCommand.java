package dev.bylaw.cli;

import picocli.CommandLine.Command;

@Command(name = "demo")
final class DemoCommand extends ScreenCommand {
  @Override
  public Integer call() {
    return 0;
  }
}
