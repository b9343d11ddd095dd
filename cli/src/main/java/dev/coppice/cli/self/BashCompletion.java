package dev.coppice.cli.self;

import dev.coppice.cli.frame.CommandModel;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandTree;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for bash, without the bash-completion package's functions. Three tables (words,
 * options, kinds of values) and one function that reads them.
 */
final class BashCompletion {
  private static final String FUNCTION =
      """
      _@ID@() {
        local cur=${COMP_WORDS[COMP_CWORD]} path='' option='' repo='' word next i
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ $word == = ]]; then continue; fi
          if [[ $word == -* ]]; then
            option=$word
            if [[ $word == --repo && ${COMP_WORDS[i + 1]} == = ]]; then
              repo=${COMP_WORDS[i + 2]}
            elif [[ $word == --repo ]]; then
              repo=${COMP_WORDS[i + 1]}
            fi
            if [[ -n $(_@ID@_kind "$path" "$option") ]] && ((i + 1 < COMP_CWORD)); then
              ((i++))
              if [[ ${COMP_WORDS[i]} == = ]]; then ((i++)); fi
              if ((i < COMP_CWORD)); then option=''; fi
            fi
            continue
          fi
          option=''
          next=${path:+$path }$word
          if [[ " $(_@ID@_words "$path") " == *" $word "* ]]; then path=$next; fi
        done
        if [[ $cur == = ]]; then cur=''; fi
        local kind=''
        if [[ -n $option ]]; then kind=$(_@ID@_kind "$path" "$option"); fi
        if [[ -z $kind && $cur == -* ]]; then
          COMPREPLY=($(compgen -W "$(_@ID@_options "$path")" -- "$cur"))
          return
        fi
        if [[ -z $kind ]]; then
          COMPREPLY=($(compgen -W "$(_@ID@_words "$path")" -- "$cur"))
          kind=$(_@ID@_kind "$path" '')
        fi
        if [[ $kind == *files* ]]; then
          compopt -o filenames 2>/dev/null
          COMPREPLY+=($(compgen -f -- "$cur"))
        fi
        if [[ $kind == *refs* ]]; then
          COMPREPLY+=($(compgen -W "$(@PROGRAM@ refs ${repo:+"--repo=$repo"} 2>/dev/null)" -- "$cur"))
        fi
        if [[ $kind == *remotes* ]]; then
          COMPREPLY+=($(compgen -W "$(@PROGRAM@ remote list ${repo:+"--repo=$repo"} 2>/dev/null)" -- "$cur"))
        fi
        return 0
      }
      complete -F _@ID@ @PROGRAM@
      """;

  private final String program;
  private final List<CommandTree.Entry> entries;
  private final StringBuilder text = new StringBuilder();

  private BashCompletion(String program, List<CommandTree.Entry> entries) {
    this.program = program;
    this.entries = entries;
  }

  static String of(String program, List<CommandTree.Entry> entries) {
    var bash = new BashCompletion(program, entries);
    bash.text.append("# bash completion of ").append(program).append(", made from its commands\n");
    bash.table("words", bash::words);
    bash.table("options", bash::options);
    bash.kinds();
    String id = program.replace('-', '_');
    return bash.text + FUNCTION.replace("@ID@", id).replace("@PROGRAM@", program);
  }

  private void table(String name, java.util.function.Function<CommandTree.Entry, String> row) {
    open(name);
    for (CommandTree.Entry entry : entries) {
      String words = row.apply(entry);
      if (!words.isEmpty()) {
        text.append("    '").append(entry.words()).append("') echo '").append(words);
        text.append("' ;;\n");
      }
    }
    text.append("  esac\n}\n");
  }

  private void open(String name) {
    text.append('_').append(program.replace('-', '_')).append('_').append(name);
    text.append("() {\n  case \"$1\" in\n");
  }

  private String words(CommandTree.Entry entry) {
    return entry.members().stream().map(CommandNode::name).collect(Collectors.joining(" "));
  }

  private String options(CommandTree.Entry entry) {
    List<String> names = new ArrayList<>();
    CommandModel model = entry.model();
    if (model != null) {
      for (OptionSpec option : model.options()) {
        if (!option.hidden()) {
          names.addAll(List.of(option.names()));
        }
      }
    } else {
      names.addAll(List.of("--verbose", "--version", "-v"));
    }
    names.add("--help");
    names.add("-h");
    return String.join(" ", names);
  }

  /** Of each option that takes a value, and (with an empty option) of the positionals. */
  private void kinds() {
    text.append('_').append(program.replace('-', '_')).append("_kind() {\n");
    text.append("  case \"$1:$2\" in\n");
    text.append("    *:--repo|*:--sysroot) echo files ;;\n");
    for (CommandTree.Entry entry : entries) {
      CommandModel model = entry.model();
      if (model == null) {
        continue;
      }
      for (OptionSpec option : model.options()) {
        if (option.arity().max() > 0) {
          List<String> patterns = new ArrayList<>();
          for (String name : option.names()) {
            patterns.add("'" + entry.words() + ":" + name + "'");
          }
          kind(String.join("|", patterns), EnumSet.of(ValueKind.of(option)));
        }
      }
      Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
      model.positionals().forEach(positional -> kinds.add(ValueKind.of(positional)));
      if (!kinds.isEmpty()) {
        kind("'" + entry.words() + ":'", kinds);
      }
    }
    text.append("  esac\n}\n");
  }

  private void kind(String pattern, Set<ValueKind> kinds) {
    String names =
        kinds.stream()
            .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
            .collect(Collectors.joining(" "));
    text.append("    ").append(pattern).append(") echo '").append(names).append("' ;;\n");
  }
}
