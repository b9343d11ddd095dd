package dev.coppice.transfer.delta;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files {@code delta-indexes/XX/REST.index}: which deltas lead to a commit, so that a client
 * learns it without the whole summary. Source: {@code ostree_repo_static_delta_reindex}.
 */
public record DeltaIndexes(Repo repo, Durability durability) {
  /** The directory of all indexes in a repository. */
  static final String DIRECTORY = "delta-indexes";

  /** What names of indexes end with. */
  static final String SUFFIX = ".index";

  /** The key of the dictionary of deltas, in indexes and in summaries. */
  public static final String STATIC_DELTAS = "ostree.static-deltas";

  private static final String INDEXED = "indexed-deltas";

  /**
   * Reads an index.
   *
   * @return checksums of superblocks by names of deltas, as summaries have them
   * @throws DeltaException when it is not of its form
   */
  public static SortedMap<String, Checksum> decode(byte[] bytes) {
    Variant index = Variant.of(VariantType.DICTIONARY, bytes);
    if (!index.isNormal()) {
      throw DeltaException.malformed("Not normal form: index of static deltas");
    }
    return digests(index);
  }

  /** The deltas that a dictionary with {@link #STATIC_DELTAS} in it lists. */
  public static SortedMap<String, Checksum> digests(Variant metadata) {
    var deltas = new TreeMap<String, Checksum>();
    Optional<Variant> listed = metadata.lookup(STATIC_DELTAS, VariantType.DICTIONARY);
    if (listed.isPresent()) {
      VariantDict.forEach(
          listed.get(),
          (name, value) -> {
            if (value.type().equals(VariantType.BYTES)
                && value.asBytes().length == Checksum.BYTES) {
              deltas.put(name, Checksum.of(value.asBytes()));
            }
          });
    }
    return deltas;
  }

  /** Makes indexes and configuration say what deltas there are. */
  public void update(List<DeltaName> deltas) throws IOException {
    announce();
    var byTarget = new TreeMap<Checksum, List<DeltaName>>();
    for (DeltaName delta : deltas) {
      byTarget.computeIfAbsent(delta.to(), to -> new ArrayList<>()).add(delta);
    }
    for (Checksum stale : existing()) {
      if (!byTarget.containsKey(stale)) {
        Files.deleteIfExists(path(stale));
      }
    }
    for (Map.Entry<Checksum, List<DeltaName>> target : byTarget.entrySet()) {
      write(path(target.getKey()), content(target.getValue()));
    }
  }

  /** Makes the index of one commit say what deltas lead to it. */
  public void update(Checksum target, List<DeltaName> deltas) throws IOException {
    List<DeltaName> leading = deltas.stream().filter(each -> each.to().equals(target)).toList();
    announce();
    if (leading.isEmpty()) {
      Files.deleteIfExists(path(target));
    } else {
      write(path(target), content(leading));
    }
  }

  /**
   * Clients of the repository's own machine learn from its configuration that there are indexes.
   */
  private void announce() throws IOException {
    if (!repo.config().file().bool("core", INDEXED, false)) {
      repo.config()
          .file()
          .with("core", INDEXED, true)
          .save(repo.path().resolve(RepoLayout.CONFIG), Durability.SYNCED);
    }
  }

  private byte[] content(List<DeltaName> deltas) throws IOException {
    List<DeltaName> sorted = new ArrayList<>(deltas);
    sorted.sort(Comparator.comparing(delta -> delta.from().map(Checksum::hex).orElse("")));
    Variant digests = new DeltaListing(repo).digests(sorted);
    return VariantDict.builder().put(STATIC_DELTAS, digests).build().serialized();
  }

  private void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    // Most indexes stay as they are: one that is read costs less than one that is synced.
    if (!isRegular(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      FileReplacement.write(file, content, durability);
    }
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private Path path(Checksum target) {
    return repo.path().resolve(DeltaName.index(target));
  }

  /** The commits that have an index. */
  public SortedSet<Checksum> existing() throws IOException {
    var found = new TreeSet<Checksum>();
    try (DirectoryStream<Path> outer = Files.newDirectoryStream(repo.path().resolve(DIRECTORY))) {
      for (Path directory : outer) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          try (DirectoryStream<Path> inner = Files.newDirectoryStream(directory)) {
            inner.forEach(file -> target(directory, file).ifPresent(found::add));
          }
        }
      }
    } catch (NoSuchFileException e) {
      // No index was ever written.
      return found;
    }
    return found;
  }

  private static Optional<Checksum> target(Path directory, Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX)
        ? DeltaName.checksum(
            directory.getFileName() + name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
