package dev.coppice.cli.tour;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code coppice tour [DIR]}: commit, deploy, upgrade and roll back a small system. */
public final class TourCommand implements CliCommand {
  private final CommandRunner runner;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Empty or new directory to keep what the tour makes (default: it is removed)")
  @Nullable String directory;

  private TourCommand(CommandRunner runner) {
    this.runner = runner;
  }

  /** A tour that runs its commands through {@code runner}. */
  public static TourCommand through(CommandRunner runner) {
    return new TourCommand(runner);
  }

  @Override
  public int run(Context context) throws IOException, InterruptedException {
    if (directory != null) {
      Path kept = context.path(directory);
      Files.createDirectories(kept);
      requireEmpty(kept);
      return tour(kept, context, "What it made is in " + kept + ".");
    }
    Path temporary = Files.createTempDirectory("coppice-tour");
    try {
      return tour(
          temporary, context, "What it made is removed: name a directory to keep it, 'tour DIR'.");
    } finally {
      Fs.removeTreeClearingImmutable(Fd.CWD, temporary.toString());
    }
  }

  private int tour(Path place, Context context, String farewell)
      throws IOException, InterruptedException {
    var tour = new Tour(place, context, runner);
    int exit = tour.run();
    if (exit == 0) {
      tour.tell("That was the tour. " + farewell);
    }
    return exit;
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      if (entries.iterator().hasNext()) {
        throw UsageException.messageOnly(
            directory + " is not empty: name a new directory for the tour");
      }
    }
  }
}
