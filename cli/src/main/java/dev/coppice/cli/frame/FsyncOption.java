package dev.coppice.cli.frame;

import java.util.Locale;
import picocli.CommandLine.Option;

/** Mixin of commands that write: whether they wait until the data is on the disk. */
public final class FsyncOption {
  @Option(
      names = "--fsync",
      paramLabel = "POLICY",
      description = "Whether to invoke fsync(): yes (default) or no")
  String policy = "yes";

  @Option(names = "--disable-fsync", hidden = true, description = "Do not invoke fsync()")
  boolean disabled;

  /**
   * Whether to sync.
   *
   * @throws UsageException the policy is not a truth value as ostree knows them
   */
  public boolean fsync() {
    return switch (policy.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> !disabled;
      case "0", "false", "no", "none" -> false;
      default -> throw UsageException.messageOnly("Invalid boolean argument '" + policy + "'");
    };
  }
}
