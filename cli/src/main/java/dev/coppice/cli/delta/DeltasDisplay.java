package dev.coppice.cli.delta;

import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.delta.generate.GenerateEvent;
import dev.coppice.transfer.delta.plan.DeltaPublishEvent;
import java.util.function.Consumer;

/** Shows the making of several deltas as progress, one after the other. */
final class DeltasDisplay implements Consumer<DeltaPublishEvent> {
  private final Progress progress;

  DeltasDisplay(Progress progress) {
    this.progress = progress;
    progress.phase("Comparing");
  }

  @Override
  public void accept(DeltaPublishEvent event) {
    switch (event) {
      case DeltaPublishEvent.Making(var decision) -> progress.phase("Delta " + decision.use());
      case DeltaPublishEvent.Progress(GenerateEvent.Planned planned) ->
          progress.totalBytes(planned.bytes());
      case DeltaPublishEvent.Progress(GenerateEvent.Encoded(long bytes)) -> {
        progress.advance(1);
        progress.bytes(bytes);
      }
      case DeltaPublishEvent.Progress _, DeltaPublishEvent.Made _ -> {}
    }
  }
}
