package dev.coppice.transfer.peer;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.pull.Trust;
import dev.coppice.transfer.summary.SummaryRequest;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A drive that commits are put on, so that another machine finds them there. Source: {@code
 * ostree_builtin_create_usb}.
 *
 * @param mount the directory that it is mounted on
 * @param destination the repository on it, relative to {@code mount}; it is made when it is missing
 */
public record Drive(Path mount, String destination) {
  /** Where the repository is if nobody says otherwise. */
  public static final String DEFAULT = ".ostree/repo";

  private static final int MAX_LINKS = 100;

  /**
   * What is put on it.
   *
   * @param refs at least one
   * @param commit what the only ref is to be, instead of what it is in the source
   * @param sync whether it waits until all is on the drive
   */
  public record Request(List<CollectionRef> refs, Optional<Checksum> commit, boolean sync) {
    /** Copies the list. */
    public Request {
      refs = List.copyOf(refs);
    }
  }

  /**
   * Copies refs to the drive, makes the summary there anew and the repository known.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when the destination is not on the
   *     drive, or is the source
   */
  public PullResult put(Repo source, Request request, Consumer<PullEvent> events)
      throws IOException {
    Path path = mount.resolve(destination);
    if (!path.normalize().startsWith(mount.normalize())) {
      throw notBelow();
    }
    Files.createDirectories(path);
    // Archives go on file systems without owners, attributes and links, and save room.
    try (Repo repo = Init.run(new InitRequest(path, RepoMode.ARCHIVE, Optional.empty()))) {
      if (!device(path).equals(device(mount))) {
        throw notBelow();
      }
      if (Files.isSameFile(path, source.path())) {
        throw new Failure(
            ErrorCode.REPO_UNSUITABLE,
            "--destination-repo must not be the source repository",
            "Name another directory on the drive.");
      }
      repo.requireWritable();
      var origin = new LocalOrigin(source, Optional.empty(), Trust.ANYBODY);
      PullResult result = new Pull(repo, origin).run(pull(request, repo), events);
      new SummaryUpdate(repo).run(SummaryRequest.plain());
      makeKnown(path);
      return result;
    }
  }

  private static PullRequest pull(Request request, Repo repo) {
    List<Wanted> wanted =
        request.refs().stream()
            .<Wanted>map(
                ref -> new Wanted.OfRef(Optional.of(ref.collection()), ref.ref(), request.commit()))
            .toList();
    return new PullRequest(
        wanted,
        PullRequest.Scope.COMMITS,
        Set.of(PullRequest.Option.MIRROR),
        List.of(),
        request.sync() ? repo.config().fsync() : FsyncPolicy.NONE);
  }

  /** Repositories in odd places are found by a link. */
  private void makeKnown(Path path) throws IOException {
    if (MountFinder.WELL_KNOWN.subList(0, 2).contains(destination)) {
      return;
    }
    Path links = Files.createDirectories(mount.resolve(MountFinder.LINKS));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(links)) {
      for (Path entry : entries) {
        if (Files.exists(entry) && Files.isSameFile(entry, path)) {
          return;
        }
      }
    }
    Path target = Path.of("..", "..", destination);
    for (int i = 0; i < MAX_LINKS; i++) {
      try {
        Files.createSymbolicLink(
            links.resolve(String.format(Locale.ROOT, "%02d-generated", i)), target);
        return;
      } catch (FileAlreadyExistsException e) {
        // Of another repository; the next number may be free.
      } catch (FileSystemException e) {
        throw new Failure(
            ErrorCode.REPO_UNSUITABLE,
            "Could not make the link that leads to the repository: " + e.getMessage(),
            "All was copied, but is not found there. FAT has no symbolic links: leave out"
                + " --destination-repo.",
            e);
      }
    }
    throw new Failure(
        ErrorCode.REPO_UNSUITABLE,
        "Could not find an unused symlink name for the repository",
        "Delete links in " + links + " that are not needed.");
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  private static Failure notBelow() {
    return new Failure(
        ErrorCode.REPO_UNSUITABLE,
        "--destination-repo must be a descendent of MOUNT-PATH",
        "Name a directory on the drive, relative to where it is mounted.");
  }
}
