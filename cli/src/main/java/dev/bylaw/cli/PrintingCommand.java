package dev.bylaw.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command that has a screen to print on. */
@Command(mixinStandardHelpOptions = true)
abstract class PrintingCommand implements Callable<Integer> {
  Screen screen = Screen.standard();
}
