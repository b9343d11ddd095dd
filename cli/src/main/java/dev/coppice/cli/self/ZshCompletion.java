package dev.coppice.cli.self;

import dev.coppice.cli.frame.CommandModel;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandTree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for zsh: follows the command words, then hands one command's options to _arguments.
 */
final class ZshCompletion {
  private static final String HEAD =
      """
      _@ID@_repo() {
        local i
        for ((i = 2; i < $#words; i++)); do
          case $words[i] in
            --repo=*) print -r -- $words[i] ;;
            --repo) print -r -- --repo=$words[i+1] ;;
          esac
        done
      }
      _@ID@_refs() {
        local -a found
        found=(${(f)"$(@PROGRAM@ refs $(_@ID@_repo) 2>/dev/null)"})
        compadd -a found
      }
      _@ID@_remotes() {
        local -a found
        found=(${(f)"$(@PROGRAM@ remote list $(_@ID@_repo) 2>/dev/null)"})
        compadd -a found
      }
      """;

  private static final String TAIL =
      """
      _@ID@() {
        local where='' word known
        local -a inner
        for word in ${words[2,CURRENT-1]}; do
          known=" $(_@ID@_words "$where") "
          if [[ $known == *" $word "* ]]; then where="${where:+$where }$word"; fi
        done
        inner=($(_@ID@_words "$where"))
        _@ID@_in "$where"
      }
      if [[ $funcstack[1] == _@PROGRAM@ ]]; then _@ID@ "$@"; else compdef _@ID@ @PROGRAM@; fi
      """;

  private final String program;
  private final String id;
  private final StringBuilder text = new StringBuilder();

  private ZshCompletion(String program) {
    this.program = program;
    this.id = program.replace('-', '_') + "_command";
  }

  static String of(String program, List<CommandTree.Entry> entries) {
    var zsh = new ZshCompletion(program);
    zsh.text.append("#compdef ").append(program).append('\n');
    zsh.text.append("# zsh completion of ").append(program).append(", made from its commands\n");
    zsh.text.append(zsh.fill(HEAD));
    zsh.words(entries);
    zsh.text.append('_').append(zsh.id).append("_in() {\n  case $1 in\n");
    entries.forEach(zsh::entry);
    zsh.text.append("  esac\n}\n");
    return zsh.text + zsh.fill(TAIL);
  }

  private String fill(String template) {
    return template.replace("@ID@", id).replace("@PROGRAM@", program);
  }

  private void words(List<CommandTree.Entry> entries) {
    text.append('_').append(id).append("_words() {\n  case $1 in\n");
    for (CommandTree.Entry entry : entries) {
      if (!entry.members().isEmpty()) {
        List<String> names = entry.members().stream().map(CommandNode::name).toList();
        text.append("    '").append(entry.words()).append("') print -r -- '");
        text.append(String.join(" ", names)).append("' ;;\n");
      }
    }
    text.append("  esac\n}\n");
  }

  private void entry(CommandTree.Entry entry) {
    text.append("    '").append(entry.words()).append("')\n");
    if (!entry.members().isEmpty()) {
      text.append("      local -a members\n      members=(\n");
      for (CommandNode member : entry.members()) {
        String row = member.name() + ":" + member.summary();
        text.append("        ").append(quote(row)).append('\n');
      }
      text.append("      )\n      _describe -t commands command members\n");
    }
    List<String> specs = new ArrayList<>();
    specs.add("(-h --help)'{-h,--help}'[Show help options]");
    CommandModel model = entry.model();
    if (model != null) {
      model.options().stream().filter(o -> !o.hidden()).forEach(o -> specs.add(spec(o)));
      specs.addAll(positionals(model));
    } else {
      specs.add("--version[Print version information and exit]");
    }
    text.append("      _arguments");
    specs.forEach(spec -> text.append(" \\\n        '").append(spec).append('\''));
    text.append("\n      ;;\n");
  }

  private List<String> positionals(CommandModel model) {
    List<String> specs = new ArrayList<>();
    // The command's own words count as positionals for _arguments, so all share one rule.
    for (ArgSpec positional : model.positionals()) {
      if (specs.isEmpty() && ValueKind.of(positional) != ValueKind.FREE) {
        specs.add("*:" + label(positional) + ":" + action(positional));
      }
    }
    return specs;
  }

  private String spec(OptionSpec option) {
    String text = escape(CommandModel.text(option));
    boolean valued = option.arity().max() > 0;
    String value = valued ? ":" + label(option) + ":" + action(option) : "";
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(valued ? name + (name.startsWith("--") ? "=" : "+") : name);
    }
    String repeat = option.typeInfo().isMultiValue() ? "*" : "";
    return names.size() == 1
        ? repeat + names.getFirst() + "[" + text + "]" + value
        : (repeat.isEmpty() ? "(" + String.join(" ", option.names()) + ")" : repeat)
            + "'{"
            + String.join(",", names)
            + "}'["
            + text
            + "]"
            + value;
  }

  private static String label(ArgSpec arg) {
    return arg.paramLabel().replaceAll("[^A-Za-z0-9_-]", "");
  }

  private String action(ArgSpec arg) {
    return switch (ValueKind.of(arg)) {
      case FILES -> "_files";
      case REFS -> "_" + id + "_refs";
      case REMOTES -> "_" + id + "_remotes";
      case FREE -> "";
    };
  }

  /** Text inside the brackets of a spec that stands in single quotes. */
  private static String escape(String words) {
    return words.replace("[", "\\[").replace("]", "\\]").replace("'", "'\\''");
  }

  private static String quote(String words) {
    return "'" + words.replace("'", "'\\''") + "'";
  }
}
