package dev.coppice.cli.self;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandTree;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import dev.coppice.cli.frame.UsageException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coppice completion SHELL}: the completion of a shell, from the command model. */
public final class CompletionCommand implements CliCommand {
  private final CommandNode.Group root;

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description = "Complete this name of the program: coppice (default) or ostree")
  String program = "coppice";

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  String shell = "";

  /** Completes the commands of the given tree. */
  public CompletionCommand(CommandNode.Group root) {
    this.root = root;
  }

  @Override
  public int run(Context context) {
    Personality personality = Personality.of(program);
    if (!personality.program().equals(program)) {
      throw UsageException.messageOnly("Unknown program '" + program + "'");
    }
    List<CommandTree.Entry> entries =
        CommandTree.walk(root, personality).stream()
            .filter(entry -> entry.words().isEmpty() || !entry.node().hidden())
            .toList();
    context
        .console()
        .print(
            switch (shell) {
              case "bash" -> BashCompletion.of(program, entries);
              case "zsh" -> ZshCompletion.of(program, entries);
              case "fish" -> FishCompletion.of(program, entries);
              default ->
                  throw UsageException.messageOnly(
                      "Unknown shell '" + shell + "': bash, zsh and fish are known");
            });
    return ExitCodes.OK;
  }
}
