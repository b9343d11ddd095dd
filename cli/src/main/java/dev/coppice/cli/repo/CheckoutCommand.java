package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.FsyncOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.checkout.Checkout;
import dev.coppice.core.checkout.CheckoutFlag;
import dev.coppice.core.checkout.CheckoutOptions;
import dev.coppice.core.checkout.CheckoutRequest;
import dev.coppice.core.composefs.FileDigests;
import dev.coppice.core.composefs.ImageCheckout;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code checkout}: writes trees of commits into a directory. */
public final class CheckoutCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin FsyncOption fsync = new FsyncOption();
  @Mixin CheckoutSettings settings = new CheckoutSettings();

  @Option(names = "--subpath", paramLabel = "PATH", description = "Checkout sub-directory PATH")
  @Nullable String subpath;

  @Option(names = "--allow-noent", description = "Do nothing if specified path does not exist")
  boolean allowNoent;

  @Option(names = "--from-stdin", description = "Process many checkouts from standard input")
  boolean fromStdin;

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description = "Process many checkouts from input file")
  @Nullable String fromFile;

  @Option(names = "--composefs", description = "Only create a composefs blob")
  boolean composefs;

  @Option(
      names = "--composefs-noverity",
      description = "Only create a composefs blob, and disable fsverity")
  boolean composefsNoverity;

  @Parameters(
      paramLabel = "COMMIT",
      index = "0",
      arity = "0..1",
      description = "Commit or ref; with a list, the destination")
  @Nullable String commit;

  @Parameters(
      paramLabel = "DESTINATION",
      index = "1",
      arity = "0..1",
      description = "Directory to make (default: the text of COMMIT)")
  @Nullable String destination;

  /** One tree to check out. */
  private record Wanted(String rev, String subpath) {}

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (commit == null) {
        throw UsageException.withUsage("COMMIT must be specified");
      }
      if (fromStdin || fromFile != null) {
        for (Wanted wanted : read(context)) {
          Checksum resolved = opened.resolve(wanted.rev());
          try {
            checkout(context, opened, resolved, wanted.subpath(), commit);
          } catch (TreeException e) {
            throw new Failure(e.code(), processing(resolved, e), e.nextStep(), e);
          } catch (IOException e) {
            throw new IOException(processing(resolved, e), e);
          }
        }
      } else {
        Checksum resolved = opened.resolve(commit);
        String part = subpath == null ? "/" : subpath;
        checkout(context, opened, resolved, part, destination == null ? commit : destination);
      }
      return ExitCodes.OK;
    }
  }

  private static String processing(Checksum tree, Exception e) {
    return "Processing tree " + tree + ": " + e.getMessage();
  }

  private void checkout(
      Context context, Repo opened, Checksum resolved, String part, String destination)
      throws IOException {
    if (composefs || composefsNoverity) {
      checkoutImage(context, opened, resolved, destination);
      return;
    }
    CheckoutOptions options = settings.options(context);
    if (!fsync.fsync()) {
      options = options.with(CheckoutFlag.UNSYNCED_CACHE);
    }
    String place = context.fileName(destination);
    if (settings.isPlain()) {
      // The real tool has two ways, and only the one with other options leaves ".." to the kernel.
      place = LexicalPath.of(place);
    }
    var request = new CheckoutRequest(resolved, part, Fd.CWD, place, options);
    try (var display = new CheckoutDisplay(context.progress())) {
      Checkout.run(opened, request, display);
    } catch (Failure e) {
      if (!allowNoent || e.code() != ErrorCode.PATH_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The image of a whole commit; like the real tool, whatever part of it was asked for. */
  private void checkoutImage(Context context, Repo opened, Checksum resolved, String destination)
      throws IOException {
    if (!settings.isPlain()) {
      throw UsageException.messageOnly("Specified options are incompatible with --composefs");
    }
    FileDigests digests = composefsNoverity ? FileDigests.NONE : FileDigests.ALL;
    ImageCheckout.run(
        opened,
        new ImageCheckout.Request(resolved, digests, Fd.CWD, context.fileName(destination)));
  }

  /** Pairs of revision and path, each with a NUL behind it; an empty revision ends them. */
  private List<Wanted> read(Context context) throws IOException {
    byte[] bytes;
    try (InputStream in =
        fromFile == null || fromStdin
            ? context.environment().stdin()
            : Files.newInputStream(context.path(fromFile))) {
      bytes = in.readAllBytes();
    }
    List<String> fields = List.of(PosixNames.decode(bytes).split("\0", -1));
    var wanted = new ArrayList<Wanted>();
    for (int i = 0; i < fields.size() && !fields.get(i).isEmpty(); i += 2) {
      wanted.add(new Wanted(fields.get(i), i + 1 < fields.size() ? fields.get(i + 1) : "/"));
    }
    return wanted;
  }
}
