package dev.coppice.reposerver.web.packages;

import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.web.tree.TreePaths;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which packages a commit has. */
public record PackageSource(Repo repo) {
  /** Where dpkg has its database, and where those who make trees move it, out of /var. */
  private static final List<String> STATUS_FILES =
      List.of(
          "/var/lib/dpkg/status",
          "/usr/lib/sysimage/dpkg/status",
          "/usr/lib/dpkg/status",
          "/usr/share/dpkg/status",
          "/usr/share/dpkg/database/status");

  /** Directories of /usr/lib that are looked into for another place of dpkg's database. */
  private static final int SEARCHED = 1000;

  /**
   * The packages of a commit; empty when nothing says which they are.
   *
   * @throws dev.coppice.core.failure.TreeException when an object is missing or damaged
   */
  public Optional<PackageList> of(Commit commit) throws IOException {
    Optional<PackageList> rpm = RpmMetadata.of(commit);
    return rpm.isPresent() ? rpm : debian(commit);
  }

  private Optional<PackageList> debian(Commit commit) throws IOException {
    var paths = new TreePaths(repo, TreeLookup.root(commit));
    for (String path : STATUS_FILES) {
      Optional<PackageList> list = debian(paths, path);
      if (list.isPresent()) {
        return list;
      }
    }
    for (String path : elsewhere(paths)) {
      Optional<PackageList> list = debian(paths, path);
      if (list.isPresent()) {
        return list;
      }
    }
    return Optional.empty();
  }

  private List<String> elsewhere(TreePaths paths) throws IOException {
    List<String> candidates = new ArrayList<>();
    if (paths.follow("/usr/lib")
        instanceof TreePaths.Result.Here(String path, Found.Directory directory)) {
      for (DirTree.Dir dir : repo.loadTree(directory.tree()).dirs()) {
        if (candidates.size() < SEARCHED) {
          candidates.add(path + "/" + dir.name() + "/dpkg/status");
        }
      }
    }
    return candidates;
  }

  private Optional<PackageList> debian(TreePaths paths, String path) throws IOException {
    if (!(paths.follow(path) instanceof TreePaths.Result.Here(String real, Found.File file))) {
      return Optional.empty();
    }
    try (FileObject object = repo.objects().openFile(file.checksum());
        InputStream in = object.content()) {
      return Optional.of(DpkgStatus.read(in, real));
    }
  }
}
