package dev.coppice.cli.peer;

import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullPlan;
import java.util.function.Consumer;

/** Shows how far a pull is. */
record PullProgress(Progress progress) implements Consumer<PullEvent> {
  PullProgress {
    progress.phase("Scanning metadata");
  }

  @Override
  public void accept(PullEvent event) {
    switch (event) {
      case PullEvent.Scanned(long _) -> progress.advance(1);
      case PullEvent.Verified _ -> {}
      case PullEvent.DeltaPlanned _, PullEvent.PartApplied _, PullEvent.DeltaRefused _ -> {}
      case PullEvent.Planned(PullPlan plan) -> {
        progress.phase("Copying objects");
        progress.total(plan.files());
      }
      case PullEvent.Imported(long _, long _, long bytes) -> {
        progress.advance(1);
        progress.bytes(bytes);
      }
    }
  }
}
