package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks all commands of a personality: for completion, manual pages and the tests over both. */
public final class CommandTree {
  private CommandTree() {}

  /**
   * A command or group in the tree.
   *
   * @param words the words after the program's name, such as {@code remote add}; empty for the
   *     program itself
   * @param node the command or group
   * @param members the words that may follow, without hidden ones
   * @param model options and positionals; null for a group that does nothing by itself
   */
  public record Entry(
      String words, CommandNode node, List<CommandNode> members, @Nullable CommandModel model) {}

  /** All entries, the program first, each group before its members; hidden ones included. */
  public static List<Entry> walk(CommandNode.Group root, Personality personality) {
    List<Entry> entries = new ArrayList<>();
    add(entries, "", root, personality);
    return entries;
  }

  private static void add(
      List<Entry> entries, String words, CommandNode node, Personality personality) {
    switch (node) {
      case CommandNode.Verb verb ->
          entries.add(
              new Entry(
                  words,
                  verb,
                  List.of(),
                  new CommandModel(
                      personality.program() + " " + words, verb.summary(), verb.command().get())));
      case CommandNode.Group group -> {
        List<CommandNode> members = group.members(personality);
        CommandModel model =
            group.fallback() == null
                ? null
                : new CommandModel(
                    personality.program() + " " + words, group.summary(), group.fallback().get());
        entries.add(
            new Entry(words, group, members.stream().filter(m -> !m.hidden()).toList(), model));
        for (CommandNode member : members) {
          add(entries, (words + " " + member.name()).strip(), member, personality);
        }
      }
    }
  }
}
