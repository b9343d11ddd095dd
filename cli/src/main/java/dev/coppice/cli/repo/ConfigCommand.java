package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.ConfigChanges;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config}: reads and edits the configuration of a repository. */
@Command(customSynopsis = "(get KEY|set KEY VALUE|unset KEY)")
public final class ConfigCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--group", paramLabel = "GROUP", description = "Group name")
  @Nullable String group;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "Operation, key and value")
  List<String> words = new ArrayList<>();

  /** A key and the group it is in. */
  private record Key(String group, String name) {}

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("OPERATION must be specified");
      }
      String operation = words.getFirst();
      boolean set = operation.equals("set");
      if (words.size() > (set ? 3 : 2)) {
        throw UsageException.withUsage("Too many arguments given");
      }
      switch (operation) {
        case "get" -> get(context, opened, key("KEY must be specified"));
        case "set" -> {
          Key key = key("KEY and VALUE must be specified");
          changes(opened).set(key.group, key.name, words.get(2));
        }
        case "unset" -> {
          Key key = key("KEY must be specified");
          changes(opened).unset(key.group, key.name);
        }
        default -> throw UsageException.messageOnly("Unknown operation " + operation);
      }
      return ExitCodes.OK;
    }
  }

  private static ConfigChanges changes(Repo opened) throws IOException {
    return new ConfigChanges(opened, Remotes.of(opened));
  }

  private void get(Context context, Repo opened, Key key) {
    String value = opened.config().file().require(key.group, key.name);
    if (json.json()) {
      var out = json.writer(context).object().field("group", key.group).field("key", key.name);
      out.field("value", value).end();
    } else {
      context.console().println(value);
    }
  }

  /** The key that was named, after a check that nothing is missing. */
  private Key key(String complaint) {
    boolean set = words.getFirst().equals("set");
    if (words.size() < (set ? 3 : 2)) {
      String withGroup =
          set
              ? "GROUP name, KEY and VALUE must be specified"
              : "Group name and key must be specified";
      throw UsageException.messageOnly(group == null ? complaint : withGroup);
    }
    String name = words.get(1);
    if (group != null) {
      return new Key(group, name);
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw UsageException.messageOnly("Key must be of the form \"sectionname.keyname\"");
    }
    return new Key(name.substring(0, dot), name.substring(dot + 1));
  }
}
