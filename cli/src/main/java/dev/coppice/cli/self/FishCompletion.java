package dev.coppice.cli.self;

import dev.coppice.cli.frame.CommandModel;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandTree;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for fish: one line a word or option, under the condition that its command is named.
 */
final class FishCompletion {
  /** Prints the command words typed so far, as far as they are known. */
  private static final String FUNCTION =
      """
      function __@ID@_at
          set -l path
          for word in (commandline -opc)[2..]
              if contains -- "$word" (__@ID@_words "$path")
                  set path (string trim -- "$path $word")
              end
          end
          test "$path" = "$argv[1]"
      end
      function __@ID@_repo
          set -l line (commandline -opc)
          for i in (seq (count $line))
              switch $line[$i]
                  case '--repo=*'
                      echo $line[$i]
                  case --repo
                      test $i -lt (count $line); and echo --repo=$line[(math $i + 1)]
              end
          end
      end
      complete -c @PROGRAM@ -f
      """;

  private final String program;
  private final String id;
  private final StringBuilder text = new StringBuilder();

  private FishCompletion(String program) {
    this.program = program;
    this.id = program.replace('-', '_');
  }

  static String of(String program, List<CommandTree.Entry> entries) {
    var fish = new FishCompletion(program);
    fish.text.append("# fish completion of ").append(program).append(", made from its commands\n");
    fish.words(entries);
    fish.text.append(FUNCTION.replace("@ID@", fish.id).replace("@PROGRAM@", program));
    entries.forEach(fish::entry);
    return fish.text.toString();
  }

  private void words(List<CommandTree.Entry> entries) {
    text.append("function __").append(id).append("_words\n    switch \"$argv[1]\"\n");
    for (CommandTree.Entry entry : entries) {
      if (!entry.members().isEmpty()) {
        String names =
            entry.members().stream().map(CommandNode::name).collect(Collectors.joining(" "));
        text.append("        case '").append(entry.words()).append("'\n");
        text.append("            string split ' ' '").append(names).append("'\n");
      }
    }
    text.append("    end\nend\n");
  }

  private void entry(CommandTree.Entry entry) {
    for (CommandNode member : entry.members()) {
      line(entry, " -a " + quote(member.name()) + " -d " + quote(member.summary()));
    }
    line(entry, " -s h -l help -d 'Show help options'");
    CommandModel model = entry.model();
    if (model == null) {
      line(entry, " -s v -l verbose -d 'Print debug information during command processing'");
      line(entry, " -l version -d 'Print version information and exit'");
      return;
    }
    for (OptionSpec option : model.options()) {
      if (!option.hidden()) {
        option(entry, option);
      }
    }
    model.positionals().stream()
        .map(ValueKind::of)
        .distinct()
        .forEach(kind -> line(entry, values(kind)));
  }

  private void option(CommandTree.Entry entry, OptionSpec option) {
    var spec = new StringBuilder();
    for (String name : option.names()) {
      spec.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      spec.append(" -r").append(values(ValueKind.of(option)));
    }
    line(entry, spec + " -d " + quote(CommandModel.text(option)));
  }

  private String values(ValueKind kind) {
    return switch (kind) {
      case FILES -> " -F";
      case REFS -> " -a '(" + program + " refs (__" + id + "_repo) 2>/dev/null)'";
      case REMOTES -> " -a '(" + program + " remote list (__" + id + "_repo) 2>/dev/null)'";
      case FREE -> "";
    };
  }

  private void line(CommandTree.Entry entry, String spec) {
    if (!spec.isEmpty()) {
      text.append("complete -c ").append(program);
      text.append(" -n \"__").append(id).append("_at '").append(entry.words()).append("'\"");
      text.append(spec).append('\n');
    }
  }

  private static String quote(String words) {
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
