package dev.coppice.cli.admin;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.Output;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.deploy.Status;
import dev.coppice.sysroot.deploy.Status.Mark;
import java.util.List;

/** Prints deployments in the very JSON of {@code ostree admin status --json}, blanks included. */
final class StatusJson {
  private static final String INDENT = "   ";

  private final Output out;
  private int depth;
  private boolean first = true;

  StatusJson(Output out) {
    this.out = out;
  }

  void print(List<Status> deployments) {
    out.print("{\n");
    depth = 1;
    out.print(INDENT + "\"deployments\": [\n");
    depth = 2;
    for (int i = 0; i < deployments.size(); i++) {
      out.print(i == 0 ? INDENT.repeat(depth) : ",");
      object(deployments.get(i));
    }
    out.print("\n" + INDENT + "]\n}\n");
  }

  private void object(Status status) {
    Deployment deployment = status.deployment();
    out.print("{\n");
    depth++;
    first = true;
    string("checksum", deployment.name().commit().hex());
    string("stateroot", deployment.name().stateroot());
    string("refspec", status.refspec().orElse(""));
    raw("serial", Integer.toString(deployment.name().serial()));
    raw("index", Integer.toString(status.index()));
    flag("booted", status.is(Mark.BOOTED));
    flag("pending", status.is(Mark.PENDING));
    flag("rollback", status.is(Mark.ROLLBACK));
    flag("finalization-locked", status.is(Mark.FINALIZATION_LOCKED));
    flag("soft-reboot-target", false);
    flag("staged", status.is(Mark.STAGED));
    flag("pinned", deployment.isPinned());
    string("unlocked", deployment.unlocked().text());
    status.text().version().ifPresent(version -> string("version", version));
    status.text().sourceTitle().ifPresent(title -> string("source-title", title));
    depth--;
    out.print("\n" + INDENT.repeat(depth) + "}");
  }

  private void flag(String name, boolean value) {
    raw(name, Boolean.toString(value));
  }

  /** An empty string is written as null, as the real tool does. */
  private void string(String name, String value) {
    raw(name, value.isEmpty() ? "null" : JsonWriter.quote(value));
  }

  private void raw(String name, String value) {
    if (!first) {
      out.print(",\n");
    }
    first = false;
    out.print(INDENT.repeat(depth) + JsonWriter.quote(name) + ": " + value);
  }
}
