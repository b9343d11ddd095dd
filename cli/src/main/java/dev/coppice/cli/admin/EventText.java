package dev.coppice.cli.admin;

import dev.coppice.cli.console.OutputException;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.Personality;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.etcmerge.EtcConflict;
import dev.coppice.sysroot.etcmerge.EtcDiff;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Prints what happens to a system root. Standard output has the lines that ostree prints; what it
 * does not tell goes to standard error, under our own name or with {@code -v}.
 */
final class EventText implements Consumer<SysrootEvent> {
  private final Context context;

  EventText(Context context) {
    this.context = context;
  }

  @Override
  public void accept(SysrootEvent event) {
    switch (event) {
      case SysrootEvent.WaitingForLock waiting -> print("Waiting for sysroot lock...");
      case SysrootEvent.MergingEtc merging -> {
        EtcDiff diff = merging.plan().diff();
        print(
            "Copying /etc changes: "
                + diff.modified().size()
                + " modified, "
                + diff.removed().size()
                + " removed, "
                + diff.added().size()
                + " added");
        conflicts(merging.plan().conflicts());
      }
      case SysrootEvent.SkippedInEtc(String name) ->
          remark("/etc: '" + name + "' is neither file, directory nor link and stays behind");
      case SysrootEvent.RelabellingVar relabelling ->
          print("Relabeling /var (no stamp file 'var/.ostree-selabeled' found)");
      case SysrootEvent.PruningBoot(int deployments) ->
          remark("/boot is full: giving up " + deployments + " deployments before the update");
      case SysrootEvent.Updated updated ->
          print(
              (updated.newEntries()
                      ? "Bootloader updated; bootconfig swap: yes"
                      : "Transaction complete; bootconfig swap: no")
                  + "; bootversion: "
                  + updated.directory()
                  + ", deployment count change: "
                  + updated.difference());
      case SysrootEvent.Pruned(long objects, long bytes) ->
          remark("Deleted " + objects + " objects, " + bytes + " bytes");
    }
  }

  private void conflicts(List<EtcConflict> conflicts) {
    for (EtcConflict conflict : conflicts) {
      remark("/etc/" + conflict.path() + ": " + conflict.kind().text());
    }
  }

  /** A line that must be seen when it happens. */
  private void print(String line) {
    context.console().println(line);
    try {
      context.console().out().flush();
    } catch (OutputException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remark(String line) {
    if (context.verbose() || context.personality() == Personality.COPPICE) {
      context.console().err().println(line);
    }
  }
}
