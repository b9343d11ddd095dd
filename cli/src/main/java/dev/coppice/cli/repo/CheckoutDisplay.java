package dev.coppice.cli.repo;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.RunningTotals;
import dev.coppice.core.checkout.CheckoutEvent;
import java.util.function.Consumer;

/** Shows the events of a checkout as progress. */
final class CheckoutDisplay implements Consumer<CheckoutEvent>, AutoCloseable {
  private final Progress progress;
  private final RunningTotals totals;

  CheckoutDisplay(Progress progress) {
    this.progress = progress;
    this.totals = new RunningTotals(progress);
    progress.phase("Checking out");
  }

  @Override
  public void accept(CheckoutEvent event) {
    switch (event) {
      case CheckoutEvent.Advanced advanced -> totals.show(advanced.files(), advanced.bytes());
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
