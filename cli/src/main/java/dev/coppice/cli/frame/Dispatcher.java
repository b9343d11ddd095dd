package dev.coppice.cli.frame;

import dev.coppice.cli.console.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the command that a line names, and runs it.
 *
 * <p>As with ostree, the command is the first argument without a dash, and options before it are
 * read as its own: {@code ostree --repo=R refs} is {@code ostree refs --repo=R}. Only the named
 * command's object is made.
 */
public final class Dispatcher {
  /** Options that take a value and may stand before the command with a space. */
  private static final Set<String> LEADING = Set.of("--repo", "--sysroot");

  private final Context context;
  private final Supplier<String> version;

  /** The command word of a group's arguments, or null, and the other arguments. */
  private record Split(@Nullable String word, List<String> rest) {}

  /**
   * @param version the text of {@code --version}
   */
  public Dispatcher(Context context, Supplier<String> version) {
    this.context = context;
    this.version = version;
  }

  /** The word that would be taken as the command, or null. */
  public @Nullable String word(CommandNode.Group root, List<String> arguments) {
    return split(root, arguments).word;
  }

  /**
   * Runs the command that the arguments name.
   *
   * @return the exit code
   */
  public int run(CommandNode.Group root, List<String> arguments)
      throws IOException, InterruptedException {
    return enter(context.personality().program(), root, arguments);
  }

  private int enter(String words, CommandNode.Group group, List<String> arguments)
      throws IOException, InterruptedException {
    Split split = split(group, arguments);
    CommandNode member =
        split.word == null ? null : group.member(split.word, context.personality());
    // Not a switch over types: its first use makes a class at run time, which every start would
    // pay.
    if (member instanceof CommandNode.Verb verb) {
      return verb(words + " " + verb.name(), verb.summary(), verb.command(), split.rest);
    }
    if (member instanceof CommandNode.Group inner) {
      return enter(words + " " + inner.name(), inner, split.rest);
    }
    Supplier<CliCommand> fallback = group.fallbackFor(arguments);
    return fallback != null
        ? verb(words, group.summary(), fallback, arguments)
        : none(words, group, split);
  }

  private int verb(
      String words, String summary, Supplier<CliCommand> command, List<String> arguments)
      throws IOException, InterruptedException {
    var model = new CommandModel(words, summary, command.get());
    Console console = context.console();
    try {
      if (ArgumentReader.read(model, arguments, context.personality() == Personality.COPPICE)) {
        console.print(HelpText.of(model, width()));
        return ExitCodes.OK;
      }
      if (model.versionWanted()) {
        console.print(version.get());
        return ExitCodes.OK;
      }
      return model.command().run(context.withVerbose(model.standard().verbose));
    } catch (UsageException e) {
      if (e.showsUsage()) {
        console.out().flush();
        console.err().print(HelpText.of(model, width()));
      }
      throw e;
    }
  }

  /** No member of the group was named, or one that does not exist. */
  private int none(String words, CommandNode.Group group, Split split) throws IOException {
    var model = new CommandModel(words, group.summary(), ignored -> ExitCodes.FAILED);
    String help = HelpText.of(words, group, context.personality(), width());
    UsageException failure;
    try {
      if (ArgumentReader.read(model, split.rest, false)) {
        context.console().print(help);
        return ExitCodes.OK;
      }
      if (model.versionWanted()) {
        context.console().print(version.get());
        return ExitCodes.OK;
      }
      failure = UsageException.withUsage(complaint(words, split.word));
    } catch (UsageException e) {
      failure = e;
    }
    context.console().err().print(help);
    throw failure;
  }

  private String complaint(String words, @Nullable String word) {
    if (words.equals(context.personality().program())) {
      return word == null ? "No command specified" : "Unknown command '" + word + "'";
    }
    String group = '"' + words.substring(words.indexOf(' ') + 1) + '"';
    return word == null
        ? "No " + group + " subcommand specified"
        : "Unknown " + group + " subcommand '" + word + "'";
  }

  private Split split(CommandNode.Group group, List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("-") || isValue(group, arguments, i)) {
        continue;
      }
      List<String> rest = new ArrayList<>(arguments);
      rest.remove(i);
      return new Split(argument, rest);
    }
    return new Split(null, arguments);
  }

  /**
   * Whether the argument is the value of {@code --repo} or {@code --sysroot} before it. ostree
   * takes it for the command and then fails, unless it is the name of one; so nothing that works
   * with ostree changes its meaning.
   */
  private boolean isValue(CommandNode.Group group, List<String> arguments, int i) {
    return i > 0
        && LEADING.contains(arguments.get(i - 1))
        && group.member(arguments.get(i), context.personality()) == null;
  }

  private int width() {
    return context.console().terminal().width();
  }
}
