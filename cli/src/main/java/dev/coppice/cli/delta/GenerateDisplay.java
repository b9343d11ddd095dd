package dev.coppice.cli.delta;

import dev.coppice.cli.console.FormattedSize;
import dev.coppice.cli.console.Output;
import dev.coppice.cli.console.Progress;
import dev.coppice.transfer.delta.generate.GenerateEvent;
import dev.coppice.transfer.delta.generate.GenerateResult;
import dev.coppice.transfer.delta.generate.GenerateResult.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows the making of a delta as progress, and at its end what the real tool prints on the way: in
 * the middle of a progress bar nobody could read it.
 */
final class GenerateDisplay implements Consumer<GenerateEvent> {
  private final Progress progress;
  private final List<String> lines = new ArrayList<>();

  GenerateDisplay(Progress progress) {
    this.progress = progress;
    progress.phase("Comparing");
  }

  @Override
  public void accept(GenerateEvent event) {
    switch (event) {
      case GenerateEvent.Compared(int metadata, int files, int links, int modified) -> {
        lines.add("modified: " + modified);
        int withCommit = metadata + 1;
        lines.add(
            "new reachable: metadata=%d content regular=%d symlink=%d"
                .formatted(withCommit, files, links));
      }
      case GenerateEvent.FallenBack(var file, long size) ->
          lines.add("fallback for " + file.hex() + " (" + FormattedSize.of(size) + ")");
      case GenerateEvent.Planned planned -> {
        progress.phase("Encoding");
        progress.totalBytes(planned.bytes());
      }
      case GenerateEvent.Encoded(long bytes) -> {
        progress.advance(1);
        progress.bytes(bytes);
      }
      case GenerateEvent.PartDone _ -> {}
    }
  }

  /** Prints what was made. */
  void end(GenerateResult result, Output out) {
    for (int i = 0; i < result.parts().size(); i++) {
      GenerateResult.Part part = result.parts().get(i);
      lines.add(
          "part %d n:%d compressed:%d uncompressed:%d"
              .formatted(i + 1, part.counts().total(), part.size(), part.usize()));
    }
    lines.add(
        "uncompressed=%d compressed=%d loose=%d"
            .formatted(result.usize(), result.partsSize(), result.looseSize()));
    Counts counts = result.counts();
    lines.add("rollsum=%d objects, %d bytes".formatted(counts.copied(), counts.copiedBytes()));
    lines.add("bsdiff=%d objects".formatted(counts.patched()));
    lines.forEach(out::println);
  }
}
