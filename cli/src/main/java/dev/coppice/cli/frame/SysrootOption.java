package dev.coppice.cli.frame;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin of every {@code admin} command: which system root. */
public final class SysrootOption {
  @Option(
      names = "--sysroot",
      paramLabel = "PATH",
      description = "Work on the system root at PATH (defaults to /)")
  @Nullable String sysroot;

  /** Whether {@code --sysroot} was given. */
  public boolean given() {
    return sysroot != null;
  }

  /** Where the system root is: {@code --sysroot}, else {@code $OSTREE_SYSROOT}, else {@code /}. */
  public Path path(Context context) {
    if (sysroot != null) {
      return context.path(sysroot);
    }
    String variable = context.environment().variable("OSTREE_SYSROOT");
    return context.path(variable.isEmpty() ? "/" : variable);
  }
}
