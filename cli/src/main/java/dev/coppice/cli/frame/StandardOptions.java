package dev.coppice.cli.frame;

import picocli.CommandLine.Option;

/** The options that every command has. {@code -h}, {@code --help} is read before all others. */
public final class StandardOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Print debug information during command processing")
  boolean verbose;

  @Option(names = "--version", description = "Print version information and exit")
  boolean version;
}
