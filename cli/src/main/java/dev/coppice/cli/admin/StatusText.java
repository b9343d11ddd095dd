package dev.coppice.cli.admin;

import dev.coppice.cli.console.Console;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Unlocked;
import dev.coppice.sysroot.deploy.Status;
import dev.coppice.sysroot.deploy.Status.Mark;

/**
 * Prints a deployment as {@code ostree admin status} does.
 *
 * @param signatures whether signatures are mentioned
 * @param verify whether they are to be checked
 */
record StatusText(Console console, boolean signatures, boolean verify) {
  void print(Status status) {
    Deployment deployment = status.deployment();
    console.println((status.is(Mark.BOOTED) ? "* " : "  ") + deployment.name() + state(status));
    status.text().version().ifPresent(version -> console.println("    Version: " + version));
    if (deployment.unlocked() != Unlocked.NONE) {
      console.println("    " + red("Unlocked: " + deployment.unlocked().text()));
    }
    if (deployment.isPinned()) {
      console.println("    Pinned: yes");
    }
    origin(status);
    if (verify) {
      refuseToVerify(status);
    } else if (signatures && status.signatures() > 0) {
      console.println("    GPG: " + status.signatures() + " signature(s), not checked");
    }
  }

  private static String state(Status status) {
    if (status.is(Mark.FINALIZATION_LOCKED)) {
      return " (finalization locked)";
    }
    if (status.is(Mark.STAGED)) {
      return " (staged)";
    }
    if (status.is(Mark.PENDING)) {
      return " (pending)";
    }
    return status.is(Mark.ROLLBACK) ? " (rollback)" : "";
  }

  private void origin(Status status) {
    if (status.deployment().origin().isEmpty()) {
      console.println("    origin: none");
      return;
    }
    console.println(
        status
            .refspec()
            .map(refspec -> "    origin refspec: " + refspec)
            .orElse("    origin: <unknown origin type>"));
    status.text().sourceTitle().ifPresent(title -> console.println("    `- " + title));
  }

  private String red(String text) {
    return console.terminal().colour()
        ? "\u001b[31m\u001b[1m" + text + "\u001b[22m\u001b[0m"
        : text;
  }

  private static void refuseToVerify(Status status) {
    if (!status.text().present()) {
      throw failure("Cannot verify, failed to load commit");
    }
    if (status.refspec().isEmpty()) {
      throw failure("No origin/refspec, cannot verify");
    }
    if (status.remote().isEmpty()) {
      throw failure("Cannot verify deployment without remote");
    }
    throw failure("Checking signatures is not part of this build");
  }

  private static Failure failure(String message) {
    return new Failure(ErrorCode.SIGNATURE_INVALID, message, "Leave out --verify.");
  }
}
