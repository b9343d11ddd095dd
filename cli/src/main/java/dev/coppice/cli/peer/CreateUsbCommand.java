package dev.coppice.cli.peer;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.peer.Drive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create-usb}: puts refs on a drive, for machines without a network. */
public final class CreateUsbCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(names = "--disable-fsync", description = "Do not invoke fsync()")
  boolean disableFsync;

  @Option(
      names = "--destination-repo",
      paramLabel = "DEST",
      description = "Use custom repository directory within the mount")
  String destination = Drive.DEFAULT;

  @Option(
      names = "--commit",
      paramLabel = "COMMIT",
      description = "Pull a specific commit (only works when a single ref is specified)")
  @Nullable String commit;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MOUNT-PATH",
      description = "Where the drive is mounted")
  @Nullable String mount;

  @Parameters(
      index = "1..*",
      paramLabel = "COLLECTION-ID REF",
      description = "Pairs of the id of a collection and a ref in it")
  List<String> pairs = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo source = repo.open(context)) {
      if (mount == null) {
        throw UsageException.withUsage("A MOUNT-PATH must be specified");
      }
      List<CollectionRef> refs = CollectionRefs.of(pairs);
      if (commit != null && pairs.size() > 2) {
        throw UsageException.withUsage(
            "The --commit option can only be used when a single COLLECTION-ID REF pair is"
                + " specified");
      }
      Path directory = context.path(mount).toAbsolutePath();
      if (!Files.isDirectory(directory)) {
        throw new Failure(
            ErrorCode.PATH_NOT_FOUND,
            "opendir(" + mount + "): No such file or directory",
            "Name the directory that the drive is mounted on.");
      }
      put(source, directory, refs, context);
      String from = source.path().toAbsolutePath().normalize().toString();
      context
          .console()
          .println(
              "Copied "
                  + refs.size()
                  + "/"
                  + refs.size()
                  + " refs successfully from ‘"
                  + from
                  + "’ to ‘"
                  + destination
                  + "’ repository in ‘"
                  + mount
                  + "’.");
      return ExitCodes.OK;
    }
  }

  private void put(Repo source, Path directory, List<CollectionRef> refs, Context context)
      throws IOException {
    var request =
        new Drive.Request(
            refs, Optional.ofNullable(commit).map(CreateUsbCommand::checksum), !disableFsync);
    try (Progress progress = context.progress()) {
      new Drive(directory, destination).put(source, request, new PullProgress(progress));
    }
  }

  private static Checksum checksum(String text) {
    if (!Checksum.isHex(text)) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND,
          "Invalid checksum '" + text + "' of --commit",
          "Give all 64 digits, as 'rev-parse' prints them.");
    }
    return Checksum.ofHex(text);
  }
}
