package dev.coppice.cli.mirror;

import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.mirror.MirrorEvent;
import dev.coppice.transfer.pull.PullEvent;
import java.util.function.Consumer;

/** Shows a mirror run on a terminal while it runs. */
final class MirrorDisplay implements Consumer<MirrorEvent> {
  private final Progress progress;
  private String phase = "";
  private long done;

  MirrorDisplay(Progress progress) {
    this.progress = progress;
    phase("Looking at remotes");
  }

  @Override
  public synchronized void accept(MirrorEvent event) {
    switch (event) {
      case MirrorEvent.Selected selected -> phase("Scanning " + selected.remote());
      case MirrorEvent.Pulling(String remote, PullEvent pulling) -> pulling(remote, pulling);
      case MirrorEvent.CopyingDeltas copying ->
          phase("Copying static deltas of " + copying.remote());
      case MirrorEvent.Verified(long objects, long total) -> {
        phase("Verifying");
        progress.total(total);
        progress.advance(objects - done);
        done = objects;
      }
      case MirrorEvent.Publishing _ -> phase("Publishing");
      case MirrorEvent.Sweeping _ -> phase("Deleting what nobody needs");
    }
  }

  private void pulling(String remote, PullEvent event) {
    switch (event) {
      case PullEvent.Scanned _ -> progress.advance(1);
      case PullEvent.Verified _ -> {}
      // Neither of these sources is asked for deltas.
      case PullEvent.DeltaPlanned _, PullEvent.PartApplied _, PullEvent.DeltaRefused _ -> {}
      case PullEvent.Planned planned -> {
        phase("Fetching from " + remote);
        progress.total(planned.plan().files());
      }
      case PullEvent.Imported imported -> {
        progress.advance(1);
        progress.bytes(imported.bytes());
      }
    }
  }

  private void phase(String name) {
    if (!phase.equals(name)) {
      phase = name;
      done = 0;
      progress.phase(name);
    }
  }
}
