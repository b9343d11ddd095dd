package dev.coppice.cli.pull;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.OutputException;
import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.pull.PlannedDelta;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullPlan;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows a pull on a terminal while it runs: what will be fetched, then how far it is.
 *
 * @param transferred bytes that came over the network so far
 */
record PullDisplay(Console console, Progress progress, LongSupplier transferred)
    implements Consumer<PullEvent> {
  PullDisplay {
    progress.phase("Scanning metadata");
    progress.bytesFrom(transferred);
  }

  @Override
  public void accept(PullEvent event) {
    switch (event) {
      case PullEvent.Scanned(long _) -> progress.advance(1);
      case PullEvent.Verified verified -> {
        if (console.terminal().onOutput()) {
          above(() -> verified.lines().forEach(console::println));
        }
      }
      case PullEvent.DeltaPlanned(PlannedDelta delta) -> {
        if (console.terminal().onError()) {
          above(() -> console.err().println(PullReport.delta(delta)));
        }
        progress.phase("Applying static delta");
        progress.total(delta.parts() - delta.partsHere());
        progress.totalBytes(delta.download());
      }
      case PullEvent.PartApplied _ -> progress.advance(1);
      case PullEvent.DeltaRefused refused ->
          above(() -> console.err().println(PullReport.refused(refused)));
      case PullEvent.Planned(PullPlan plan) -> {
        if (console.terminal().onError()) {
          above(() -> console.err().println(PullReport.plan(plan)));
        }
        progress.phase("Fetching files");
        progress.total(plan.files());
        progress.bytesFrom(transferred);
        plan.download().ifPresent(progress::totalBytes);
      }
      case PullEvent.Imported(long _, long _, long _) -> progress.advance(1);
    }
  }

  /** Prints where the progress line is; that is drawn again below. */
  private void above(Runnable print) {
    try {
      synchronized (console.err()) {
        console.err().print(console.terminal().onError() ? "\r\u001b[K" : "");
        console.err().flush();
        print.run();
        console.flush();
      }
    } catch (OutputException e) {
      // The terminal went away. The pull itself goes on, and what it ends with tells of it.
    }
  }
}
