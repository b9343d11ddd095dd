package dev.coppice.core.commit;

import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.selinux.PolicyFiles;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy files in the tree of a commit: only {@code usr/etc}, as the real tool looks there. */
record CommitFiles(Repo repo, Commit commit) implements PolicyFiles {
  private Optional<Found> find(String path) throws IOException {
    return path.startsWith("usr/etc/")
        ? new TreeLookup(repo).find(TreeLookup.root(commit), path)
        : Optional.empty();
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    if (!(find(path).orElse(null) instanceof Found.File file)) {
      return null;
    }
    try (FileObject object = repo.objects().openFile(file.checksum());
        InputStream content = object.content()) {
      return content.readAllBytes();
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    return find(path).isPresent();
  }

  @Override
  public List<String> list(String path) throws IOException {
    if (!(find(path).orElse(null) instanceof Found.Directory directory)) {
      return List.of();
    }
    return repo.loadTree(directory.tree()).files().stream().map(DirTree.File::name).toList();
  }
}
