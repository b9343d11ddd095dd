package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.PublicConfig;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clients need of a repository. Refs and summary are those of one moment; objects are listed
 * later, so that all are there which those lead to.
 */
final class SourceFiles {
  /** Directories whose files are all published, and deleted when they are gone. */
  static final List<String> TREES = List.of("deltas", "delta-indexes", "summaries");

  private static final int ATTEMPTS = 50;
  private static final long AGAIN_MILLIS = 20;

  /** Files of Flatpak beside the summary. */
  private static final List<String> MORE_SUMMARIES = List.of("summary.idx", "summary.idx.sig");

  private final Repo repo;
  private final List<PublishFile> small;

  private SourceFiles(Repo repo, List<PublishFile> small) {
    this.repo = repo;
    this.small = small;
  }

  /**
   * Looks at a repository.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when it cannot be served
   */
  static SourceFiles of(Repo repo) throws IOException {
    if (repo.mode() != RepoMode.ARCHIVE) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          repo.path() + " has the mode " + repo.mode().configName() + ", which cannot be served",
          "Make an archive repository of it with 'init --mode=archive' and 'pull-local', and"
              + " publish that.");
    }
    if (repo.parent().isPresent()) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          repo.path() + " has a parent, whose objects would not be published",
          "Pull everything into a repository without core.parent, and publish that.");
    }
    var small = new ArrayList<PublishFile>();
    addSummary(repo, small);
    addRefs(repo, small);
    byte[] config = Files.readAllBytes(repo.path().resolve(RepoLayout.CONFIG));
    small.add(PublishFile.of(RepoLayout.CONFIG, Kind.CONFIG, PublicConfig.of(config, "config")));
    return new SourceFiles(repo, List.copyOf(small));
  }

  /** A summary and its signature are two files: they are read until nothing changed meanwhile. */
  private static void addSummary(Repo repo, List<PublishFile> files) throws IOException {
    List<String> names = new ArrayList<>(List.of(Summary.FILE, Summary.SIGNATURE_FILE));
    names.addAll(MORE_SUMMARIES);
    for (int attempt = 1; ; attempt++) {
      List<Optional<byte[]>> once = readAll(repo, names);
      List<Optional<byte[]>> again = readAll(repo, names);
      boolean same = true;
      for (int i = 0; i < names.size(); i++) {
        same &= Arrays.equals(once.get(i).orElse(null), again.get(i).orElse(null));
      }
      if (same) {
        for (int i = 0; i < names.size(); i++) {
          String name = names.get(i);
          once.get(i).ifPresent(bytes -> files.add(PublishFile.of(name, Kind.SUMMARY, bytes)));
        }
        return;
      }
      if (attempt == ATTEMPTS) {
        throw new Failure(
            ErrorCode.REPO_UNSUITABLE,
            "The summary of " + repo.path() + " changes all the time",
            "Publish when nobody makes it anew.");
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static List<Optional<byte[]>> readAll(Repo repo, List<String> names) throws IOException {
    var all = new ArrayList<Optional<byte[]>>();
    for (String name : names) {
      try {
        all.add(Optional.of(Files.readAllBytes(repo.path().resolve(name))));
      } catch (NoSuchFileException e) {
        all.add(Optional.empty());
      }
    }
    return all;
  }

  /** Aliases become refs of their own: a target need not know links. */
  private static void addRefs(Repo repo, List<PublishFile> files) throws IOException {
    repo.refs()
        .list(RefPrefix.LOCAL)
        .forEach((ref, commit) -> files.add(ref("refs/heads/" + ref.ref(), commit.hex())));
    repo.refs()
        .listCollections(Optional.empty(), EnumSet.of(RefPlace.MIRRORS))
        .forEach(
            (ref, commit) ->
                files.add(ref("refs/mirrors/" + ref.collection() + "/" + ref.ref(), commit.hex())));
  }

  private static PublishFile ref(String path, String commit) {
    return PublishFile.of(path, Kind.REF, (commit + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Configuration, refs and summary. */
  List<PublishFile> small() {
    return small;
  }

  /** The objects whose checksum starts with one byte. */
  List<PublishFile> objects(int firstByte) throws IOException {
    var files = new ArrayList<PublishFile>();
    var names = new ArrayList<ObjectName>();
    repo.store().listFanout(firstByte, names::add);
    for (ObjectName name : names) {
      Optional<Kind> kind = kind(name);
      if (kind.isPresent()) {
        String path = RepoLayout.OBJECTS + "/" + repo.store().path(name);
        files.add(PublishFile.of(repo.path(), path, kind.get(), repo.store().storedSize(name)));
      }
    }
    return files;
  }

  private Optional<Kind> kind(ObjectName name) throws IOException {
    return switch (name.type()) {
      case FILE, DIRTREE, DIRMETA -> Optional.of(Kind.CONTENT);
      case TOMBSTONE -> Optional.of(Kind.COMMIT);
      case COMMITMETA ->
          repo.store().has(new ObjectName(ObjectType.COMMIT, name.checksum()))
              ? Optional.of(Kind.SIGNATURES)
              : Optional.empty();
      // What a partial commit lacks would be missing there as well.
      case COMMIT ->
          repo.partialCommits().state(name.checksum()) == PartialCommits.State.COMPLETE
              ? Optional.of(Kind.COMMIT)
              : Optional.empty();
      case PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK -> Optional.empty();
    };
  }

  /** Static deltas, their indexes, and parts of summaries. */
  List<PublishFile> others() throws IOException {
    var files = new ArrayList<PublishFile>();
    for (String tree : TREES) {
      Path directory = repo.path().resolve(tree);
      if (!Files.isDirectory(directory)) {
        continue;
      }
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : (Iterable<Path>) all::iterator) {
          String name = each.getFileName().toString();
          if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS) && !name.startsWith(".")) {
            String path = repo.path().relativize(each).toString();
            files.add(PublishFile.of(repo.path(), path, kind(path), Files.size(each)));
          }
        }
      }
    }
    return files;
  }

  private static Kind kind(String path) {
    if (!path.startsWith("deltas/")) {
      return Kind.INDEX;
    }
    return path.endsWith("/superblock") ? Kind.DELTA : Kind.DELTA_PART;
  }
}
