package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.Progress;
import dev.coppice.core.fsck.Finding;
import dev.coppice.core.fsck.FsckEvent;
import dev.coppice.core.fsck.FsckEvent.Phase;
import dev.coppice.core.fsck.FsckResult;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code fsck} prints for people, line for line as the real tool does. */
final class FsckText implements Consumer<FsckEvent> {
  /** What is printed. */
  enum Voice {
    /** The phases. */
    PHASES,
    /** The first damage: it is not the error that ends the command. */
    FIRST_DAMAGE,
    /** The number of partial commits. */
    PARTIAL_COUNT
  }

  /** More places of one object are counted only. */
  private static final int MOST_PLACES = 4;

  /** How often a line of progress is printed where there is no terminal. */
  private static final long LINE_NANOS = 1_000_000_000L;

  private final Console console;
  private final Progress progress;
  private final Set<Voice> voice;
  private boolean damageSeen;
  private long lastLine;

  FsckText(Console console, Progress progress, Set<Voice> voice) {
    this.console = console;
    this.progress = progress;
    this.voice = voice;
  }

  @Override
  public void accept(FsckEvent event) {
    showProgress(event, progress);
    switch (event) {
      case Phase phase -> phase(text(phase));
      case FsckEvent.VerifyingObjects(int commits) ->
          phase("Verifying content integrity of " + commits + " commit objects...");
      case FsckEvent.Verified(long done, long total, long _) -> line(done, total);
      case FsckEvent.Found(Finding finding) -> found(finding);
      case FsckEvent.MarkedPartial(var commit) ->
          console.err().println("Marking commit as partial: " + commit);
      case FsckEvent.TombstoneAdded(var commit) ->
          console.println("Adding tombstone for commit " + commit);
    }
  }

  static void showProgress(FsckEvent event, Progress progress) {
    if (event instanceof FsckEvent.Verified(long done, long total, long bytes)) {
      if (done == 1) {
        progress.phase("Verifying objects");
        progress.total(total);
      }
      progress.advance(1);
      progress.bytes(bytes);
    }
  }

  private static String text(Phase phase) {
    return switch (phase) {
      case REFS -> "Validating refs...";
      case COLLECTION_REFS -> "Validating refs in collections...";
      case COMMITS -> "Enumerating commits...";
    };
  }

  private void phase(String text) {
    if (voice.contains(Voice.PHASES)) {
      console.println(text);
    }
  }

  /** On a terminal the progress bar says it. */
  private void line(long done, long total) {
    if (console.terminal().onOutput()) {
      return;
    }
    long now = System.nanoTime();
    if (done == 1 || done == total || now - lastLine > LINE_NANOS) {
      lastLine = now;
      console.println("fsck objects (" + done + "/" + total + ") " + done * 100 / total + "%");
    }
  }

  private void found(Finding finding) {
    boolean isError =
        finding.kind() == Finding.Kind.CORRUPT
            && !damageSeen
            && !voice.contains(Voice.FIRST_DAMAGE);
    damageSeen |= finding.kind() == Finding.Kind.CORRUPT;
    if (isError) {
      return;
    }
    console.err().println(finding.message());
    int shown = 0;
    for (Finding.Place place : finding.places()) {
      if (shown++ == MOST_PLACES) {
        console.err().println("  ... and " + (finding.places().size() - MOST_PLACES) + " more");
        break;
      }
      console.err().println("  " + place.path() + " of " + place.commit());
    }
  }

  void end(FsckResult result) {
    if (result.partialCommits() > 0 && voice.contains(Voice.PARTIAL_COUNT)) {
      console.println(result.partialCommits() + " partial commits not verified");
    }
  }
}
