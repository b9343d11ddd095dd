package dev.coppice.cli.self;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.CommandModel;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandTree;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import dev.coppice.cli.frame.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/**
 * {@code coppice man-skeleton VERB...} (hidden): a manual page with every option of a command, to
 * be filled in by its author and saved as {@code man/coppice-VERB.1}.
 */
public final class ManCommand implements CliCommand {
  private final CommandNode.Group root;

  @Parameters(paramLabel = "VERB", description = "Words of the command")
  List<String> words = new ArrayList<>();

  /** Describes commands of the given tree. */
  public ManCommand(CommandNode.Group root) {
    this.root = root;
  }

  @Override
  public int run(Context context) {
    String wanted = String.join(" ", words);
    for (CommandTree.Entry entry : CommandTree.walk(root, Personality.COPPICE)) {
      if (entry.words().equals(wanted)) {
        context.console().print(page(entry));
        return ExitCodes.OK;
      }
    }
    throw UsageException.messageOnly("Unknown command '" + wanted + "'");
  }

  private static String page(CommandTree.Entry entry) {
    String name = ("coppice " + entry.words()).strip();
    String dashed = name.replace(' ', '-');
    var page = new StringBuilder();
    page.append(".TH ").append(dashed.toUpperCase(Locale.ROOT).replace("-", "\\-"));
    page.append(" 1 \"2026-11-25\" \"Coppice\" \"User commands\"\n.SH NAME\n");
    page.append(escape(dashed)).append(" \\- ").append(escape(lower(entry.node().summary())));
    page.append("\n.SH SYNOPSIS\n\\fB").append(escape(name)).append("\\fR [\\fIOPTION\\fR]... ");
    CommandModel model = entry.model();
    page.append(model == null ? "\\fICOMMAND\\fR" : escape(model.synopsis()));
    page.append("\n.SH DESCRIPTION\n").append(escape(entry.node().summary())).append(".\n");
    if (!entry.members().isEmpty()) {
      page.append(".SH COMMANDS\n");
      for (CommandNode member : entry.members()) {
        page.append(".TP\n\\fB").append(escape(member.name())).append("\\fR\n");
        page.append(escape(member.summary())).append(".\n");
      }
    }
    if (model != null) {
      page.append(".SH OPTIONS\n");
      model.options().stream().filter(o -> !o.hidden()).forEach(o -> option(page, o));
    }
    page.append(".SH EXIT STATUS\n0 on success, 1 on errors.\n");
    page.append(".SH SEE ALSO\n\\fBcoppice\\fR(1)\n");
    return page.toString();
  }

  private static void option(StringBuilder page, OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escape(name) + "\\fR");
    }
    page.append(".TP\n").append(String.join(", ", names));
    if (option.arity().max() > 0) {
      page.append("=\\fI").append(escape(label(option))).append("\\fR");
    }
    page.append('\n').append(escape(CommandModel.text(option))).append(".\n");
  }

  private static String label(ArgSpec arg) {
    return arg.paramLabel().replace("<", "").replace(">", "");
  }

  private static String lower(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Text for man(7): backslashes and dashes are literal, and no line starts with a dot. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
