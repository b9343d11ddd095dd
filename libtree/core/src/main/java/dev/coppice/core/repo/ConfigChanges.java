package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.Durability;
import dev.coppice.core.store.RepoLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Edits the configuration file of a repository. The file is replaced as a whole; comments and keys
 * that are not known stay. Source: {@code ostree_repo_write_config_and_reload}.
 */
public final class ConfigChanges {
  private final Repo repo;
  private final Remotes remotes;

  /** Edits the file of this repository, whose remotes are these. */
  public ConfigChanges(Repo repo, Remotes remotes) {
    this.repo = repo;
    this.remotes = remotes;
  }

  /**
   * Sets a value, unless the repository could not be opened with it.
   *
   * @throws TreeException that says what is wrong with the value
   */
  public void set(String group, String key, String value) throws IOException {
    KeyFile changed = repo.config().file().with(group, key, value);
    var config = new RepoConfig(changed);
    config.checkAll();
    Optional<Path> parent = config.parent();
    if (parent.isPresent()) {
      checkParent(parent.get());
    }
    write(changed);
  }

  /** Removes a key; one that is not there is fine. The empty group stays. */
  public void unset(String group, String key) throws IOException {
    KeyFile file = repo.config().file();
    if (file.has(group, key)) {
      write(file.without(group, key));
    }
  }

  /** Replaces the file. */
  void write(KeyFile changed) throws IOException {
    for (String group : changed.groups()) {
      Optional<Remote> remote = Remote.nameOf(group).flatMap(remotes::find);
      if (remote.isPresent() && remote.get().file().isPresent()) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            "Remote \""
                + remote.get().name()
                + "\" already defined in "
                + remote.get().file().get(),
            "Change it there");
      }
    }
    changed.save(repo.path().resolve(RepoLayout.CONFIG), Durability.SYNCED);
  }

  private static void checkParent(Path parent) throws IOException {
    try {
      Repo.open(parent).close();
    } catch (TreeException e) {
      throw new Failure(
          e.code(),
          "While checking parent repository '" + parent + "': " + e.getMessage(),
          e.nextStep(),
          e);
    }
  }
}
