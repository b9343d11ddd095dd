package dev.coppice.cli;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandNode.Audience;
import dev.coppice.cli.frame.CommandNode.Group;
import dev.coppice.cli.frame.CommandNode.Verb;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that show what the frame does to arguments and failures. */
final class Probes {
  static final Group ROOT =
      new Group(
          "probe",
          "",
          () ->
              List.of(
                  new Verb("echo", "Print what was read", Echo::new),
                  new Verb("one", "Take one argument", One::new),
                  new Verb("fail", "", Fail::new),
                  new Verb("ours", "Ours only", Echo::new).only(Audience.COPPICE),
                  new Verb("theirs", "Theirs only", Echo::new).only(Audience.OSTREE),
                  new Group("group", "A group", Probes::members),
                  new Group("both", "A command and a group", Probes::members).or(Echo::new)));

  private Probes() {}

  private static List<CommandNode> members() {
    return List.of(new Verb("inner", "Inside", Echo::new));
  }

  static final class Echo implements CliCommand {
    @Option(
        names = {"-f", "--flag"},
        description = "A flag")
    boolean flag;

    @Option(
        names = {"-g"},
        description = "Another flag")
    boolean other;

    @Option(
        names = {"-b", "--branch"},
        paramLabel = "BRANCH",
        description = "A text")
    @Nullable String branch;

    @Option(names = "--repo", paramLabel = "PATH", description = "A path")
    @Nullable String repo;

    @Option(names = "--depth", paramLabel = "DEPTH", description = "A number")
    int depth;

    @Option(names = "--size", paramLabel = "SIZE", description = "A large number")
    long size;

    @Option(
        names = {"-a", "--all"},
        paramLabel = "ITEM",
        description = "Several texts")
    List<String> all = new ArrayList<>();

    @Option(names = "--secret", hidden = true, description = "A hidden flag")
    boolean secret;

    @Parameters(paramLabel = "REV", arity = "0..*")
    List<String> words = new ArrayList<>();

    @Override
    public int run(Context context) {
      context
          .console()
          .println(
              "%s %s %s %s %d %d %s %s %s"
                  .formatted(
                      flag, other, branch, repo, depth, size, all, words, context.verbose()));
      return ExitCodes.OK;
    }
  }

  static final class One implements CliCommand {
    @Parameters(paramLabel = "REV")
    String rev = "";

    @Override
    public int run(Context context) {
      context.console().println(rev);
      return ExitCodes.OK;
    }
  }

  static final class Fail implements CliCommand {
    @Parameters(paramLabel = "KIND")
    String kind = "";

    @Override
    public int run(Context context) throws IOException, InterruptedException {
      context.console().println("before");
      switch (kind) {
        case "tree" ->
            throw new Failure(ErrorCode.REV_NOT_FOUND, "Refspec 'x' not found", "look at 'refs'");
        case "io" -> throw new NoSuchFileException("/a/b");
        case "path" -> throw new InvalidPathException("a?b", "Malformed input");
        case "interrupt" -> throw new InterruptedException();
        case "code" -> {
          return ExitCodes.UNCHANGED;
        }
        default -> throw new IllegalStateException("surprise");
      }
    }
  }
}
