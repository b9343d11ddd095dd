package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a commit message in the user's editor. Source: {@code commit_editor}, {@code
 * ot_editor_prompt}.
 */
final class MessageEditor {
  /** What was written. */
  record Message(String subject, String body) {}

  private final Context context;

  MessageEditor(Context context) {
    this.context = context;
  }

  /** Opens the editor on a text with what is known already, and reads what the user left. */
  Message edit(@Nullable String branch, @Nullable String subject, @Nullable String body)
      throws IOException, InterruptedException {
    String text =
        "\n# Please enter the commit message for your changes. The first line will\n"
            + "# become the subject, and the remainder the body. Lines starting\n"
            + "# with '#' will be ignored, and an empty message aborts the commit."
            + (branch == null ? "" : "\n#\n# Branch: " + branch)
            + (subject == null ? "" : "\n" + subject)
            + (body == null ? "" : "\n" + body)
            + "\n";
    return parse(prompt(text));
  }

  private String prompt(String text) throws IOException, InterruptedException {
    String editor = editor();
    Path file = Files.createTempFile("commit-message", ".txt");
    try {
      Files.writeString(file, text);
      var shell = new ProcessBuilder("/bin/sh", "-c", editor + " '" + file + "'").inheritIO();
      shell.environment().putAll(context.environment().variables());
      int code = shell.start().waitFor();
      if (code != 0) {
        throw UsageException.messageOnly(
            "There was a problem with the editor '"
                + editor
                + "'Child process exited with code "
                + code);
      }
      return TextFile.read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private String editor() {
    String terminal = context.environment().variable("TERM");
    boolean dumb = terminal.isEmpty() || terminal.equals("dumb");
    String[] variables = {"OSTREE_EDITOR", dumb ? "" : "VISUAL", "EDITOR"};
    for (String name : variables) {
      String value = context.environment().variables().get(name);
      if (value != null) {
        return value;
      }
    }
    if (dumb) {
      throw UsageException.messageOnly("Terminal is dumb, but EDITOR unset");
    }
    return "vi";
  }

  /** The first line that is neither empty nor a comment, and the rest. */
  static Message parse(String text) {
    String subject = null;
    StringBuilder body = null;
    for (String raw : text.split("\n", -1)) {
      String line = raw.stripTrailing();
      if (line.startsWith("#") || (line.isEmpty() && body == null)) {
        continue;
      }
      if (subject == null) {
        subject = line;
      } else if (body == null) {
        body = new StringBuilder(line);
      } else {
        body.append('\n').append(line);
      }
    }
    if (subject == null) {
      throw UsageException.messageOnly("Aborting commit due to empty commit subject.");
    }
    return new Message(subject, body == null ? "" : body.toString().stripTrailing());
  }
}
