package dev.coppice.cli.admin;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.sysroot.deploy.KernelArgChanges;
import dev.coppice.sysroot.deploy.KernelArgChanges.Base;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Mixin: changes of kernel arguments. */
final class KernelArgOptions {
  @Option(names = "--karg-proc-cmdline", description = "Import current /proc/cmdline")
  boolean procCmdline;

  @Option(
      names = "--karg",
      paramLabel = "NAME=VALUE",
      description =
          "Set kernel argument, like root=/dev/sda1; this overrides any earlier argument with the"
              + " same name")
  List<String> set = new ArrayList<>();

  @Option(
      names = "--karg-append",
      paramLabel = "NAME=VALUE",
      description =
          "Append kernel argument; useful with e.g. console= that can be used multiple times")
  List<String> append = new ArrayList<>();

  @Option(names = "--karg-none", description = "Do not import kernel arguments")
  boolean none;

  @Option(
      names = "--karg-delete",
      paramLabel = "NAME=VALUE",
      description = "Delete kernel argument if exists, can be used multiple times")
  List<String> delete = new ArrayList<>();

  /**
   * What was asked for.
   *
   * @param noMerge whether the arguments of the deployment before are not taken over
   */
  KernelArgChanges changes(boolean noMerge) {
    if (procCmdline && none) {
      throw UsageException.withUsage("Can't specify both --karg-proc-cmdline and --karg-none");
    }
    if (none && !delete.isEmpty()) {
      throw UsageException.withUsage("Can't specify both --karg-none and --karg-delete");
    }
    if (noMerge && !delete.isEmpty()) {
      throw UsageException.withUsage("Can't specify both --no-merge and --karg-delete");
    }
    Base base = none ? Base.NOTHING : procCmdline ? Base.PROC_CMDLINE : Base.MERGE;
    return new KernelArgChanges(base, set, append, delete);
  }
}
