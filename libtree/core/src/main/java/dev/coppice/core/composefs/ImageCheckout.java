package dev.coppice.core.composefs;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Writes the image of a commit to a file. Source: {@code ostree_repo_checkout_composefs}. */
public final class ImageCheckout {
  private static final int MODE = 0644;

  private ImageCheckout() {}

  /**
   * What to write, and where.
   *
   * @param commit a commit of the repository
   * @param digests which files get a digest
   * @param directory the descriptor that {@code name} starts from; stays the caller's
   * @param name the file to write, relative to {@code directory}; one that exists is replaced
   */
  public record Request(Checksum commit, FileDigests digests, Fd directory, String name) {}

  /**
   * Writes the image as a whole: after a failure there is no file, or the one of before.
   *
   * @return its fs-verity digest
   * @throws Failure when the image has all digests and is not the one that the commit promises
   */
  public static Checksum run(Repo repo, Request request) throws IOException {
    Commit commit = repo.loadCommit(request.commit());
    Optional<Checksum> promised =
        request.digests() == FileDigests.ALL ? promised(commit) : Optional.empty();
    ComposefsImage image =
        ComposefsImage.of(repo.objects(), TreeLookup.root(commit), request.digests());
    int slash = request.name().lastIndexOf('/');
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String temporary = request.name().substring(0, slash + 1) + ".tmp-" + suffix;
    try {
      Checksum digest = write(image, request, temporary);
      if (promised.isPresent() && !promised.get().equals(digest)) {
        throw new Failure(
            ErrorCode.OBJECT_CORRUPT,
            "Generated composefs image digest ("
                + digest
                + ") doesn't match expected digest ("
                + promised.get()
                + ")",
            "Check the repository with 'fsck'; if it is in order, the commit was made wrongly.");
      }
      repo.seal().apply(request.directory(), temporary);
      Fs.rename(request.directory(), temporary, request.directory(), request.name());
      return digest;
    } catch (IOException | RuntimeException e) {
      discard(request.directory(), temporary, e);
      throw e;
    }
  }

  private static Checksum write(ComposefsImage image, Request request, String temporary)
      throws IOException {
    try (Fd file = create(request, temporary)) {
      Checksum digest = image.write(Io.outputStream(file));
      Fs.chmod(file, MODE);
      return digest;
    }
  }

  /** A failure is about the file that was asked for: nobody knows the other one. */
  private static Fd create(Request request, String temporary) throws IOException {
    int flags = OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY | OpenFlags.O_NOFOLLOW;
    try {
      return Fs.open(request.directory(), temporary, flags, 0600);
    } catch (PosixException e) {
      throw new PosixException(e.number(), e.call(), request.name());
    }
  }

  private static void discard(Fd directory, String name, Exception cause) {
    try {
      Fs.unlinkIfExists(directory, name);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** The digest in the commit's metadata; a value of another type is nobody's promise. */
  private static Optional<Checksum> promised(Commit commit) {
    Optional<Variant> value =
        commit
            .metadata()
            .lookup(ComposefsImage.DIGEST_KEY)
            .filter(found -> found.type().equals(VariantType.BYTES));
    if (value.isPresent() && value.get().asBytes().length != Checksum.BYTES) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Expected composefs fs-verity in metadata has the wrong size",
          "The commit was made wrongly: commit it anew.");
    }
    return value.map(found -> Checksum.of(found.asBytes()));
  }
}
