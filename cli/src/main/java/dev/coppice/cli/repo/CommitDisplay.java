package dev.coppice.cli.repo;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.RunningTotals;
import dev.coppice.core.commit.CommitEvent;
import java.util.function.Consumer;

/** Shows the events of a commit as progress. */
final class CommitDisplay implements Consumer<CommitEvent>, AutoCloseable {
  private final Progress progress;
  private final RunningTotals totals;

  CommitDisplay(Progress progress) {
    this.progress = progress;
    this.totals = new RunningTotals(progress);
    progress.phase("Writing objects");
  }

  @Override
  public void accept(CommitEvent event) {
    switch (event) {
      case CommitEvent.Advanced advanced -> {
        progress.total(advanced.found());
        totals.show(advanced.files(), advanced.bytes());
      }
      case CommitEvent.Publishing publishing -> progress.phase("Syncing to disk");
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
