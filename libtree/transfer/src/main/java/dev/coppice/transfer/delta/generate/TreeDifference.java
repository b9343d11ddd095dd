package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one commit has and another lacks. All lists are in the order of a walk through the tree.
 *
 * @param metadata directories and their attributes that are new; the commit itself is not among
 *     them, because it is in the superblock
 * @param files regular files that are new
 * @param links symbolic links that are new
 * @param sources regular files of the old tree that clients can be told to read
 */
record TreeDifference(
    List<ObjectName> metadata, List<TreeFile> files, List<TreeFile> links, List<TreeFile> sources) {

  /**
   * Compares two commits.
   *
   * @param from the commit that clients have; empty when they have nothing
   * @throws dev.coppice.core.object.MissingObjectException when an object of either is missing
   */
  static TreeDifference between(Repo repo, Optional<Checksum> from, Checksum to)
      throws IOException {
    var young = TreeObjects.of(repo, repo.loadCommit(to));
    var old =
        from.isPresent() ? TreeObjects.of(repo, repo.loadCommit(from.get())) : TreeObjects.EMPTY;
    List<ObjectName> metadata =
        young.metadata().stream().filter(name -> !old.metadata().contains(name)).toList();
    var files = new ArrayList<TreeFile>();
    var links = new ArrayList<TreeFile>();
    for (TreeFile file : open(repo, missing(young.files(), old.files()), young)) {
      (file.header().isSymlink() ? links : files).add(file);
    }
    List<TreeFile> sources =
        files.isEmpty()
            ? List.of()
            : open(repo, old.files(), young).stream().filter(TreeFile::canBeSource).toList();
    return new TreeDifference(metadata, files, links, sources);
  }

  private static Map<Checksum, String> missing(
      Map<Checksum, String> young, Map<Checksum, String> old) {
    var missing = new LinkedHashMap<>(young);
    missing.keySet().removeAll(old.keySet());
    return missing;
  }

  private static List<TreeFile> open(Repo repo, Map<Checksum, String> named, TreeObjects young)
      throws IOException {
    List<Map.Entry<Checksum, String>> entries = List.copyOf(named.entrySet());
    var files = new TreeFile[entries.size()];
    Workers.each(files.length, i -> files[i] = open(repo, entries.get(i), young));
    return Arrays.asList(files);
  }

  private static TreeFile open(Repo repo, Map.Entry<Checksum, String> named, TreeObjects young)
      throws IOException {
    Checksum checksum = named.getKey();
    boolean kept = young.files().containsKey(checksum);
    try (FileObject object = repo.objects().openFile(checksum)) {
      return new TreeFile(checksum, object.header(), object.size(), named.getValue(), kept);
    }
  }
}
