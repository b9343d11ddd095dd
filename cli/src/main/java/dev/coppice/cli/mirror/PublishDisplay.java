package dev.coppice.cli.mirror;

import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.publish.PublishEvent;
import java.util.function.Consumer;

/** Shows how far publishing is. */
final class PublishDisplay implements Consumer<PublishEvent> {
  private final Progress progress;

  PublishDisplay(Progress progress) {
    this.progress = progress;
    progress.phase("Comparing");
  }

  @Override
  public synchronized void accept(PublishEvent event) {
    switch (event) {
      case PublishEvent.Compared(int _, int total) -> {
        progress.total(total);
        progress.advance(1);
      }
      case PublishEvent.Planned(long files, long _) -> {
        progress.phase("Copying");
        progress.total(files);
      }
      case PublishEvent.Copied copied -> {
        progress.advance(1);
        progress.bytes(copied.bytes());
      }
      case PublishEvent.Deleting _ -> progress.phase("Deleting");
    }
  }
}
