package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.ref.RemoteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Adds, replaces and deletes remotes in the place where they are configured. Source: {@code
 * ostree_repo_remote_change}.
 */
public final class RemoteChanges {
  /** What to do when a remote of the name exists. */
  public enum Existing {
    /** Fail. */
    REFUSE,
    /** Leave it as it is. */
    KEEP,
    /** Replace all its settings. */
    REPLACE
  }

  private final Repo repo;
  private final Remotes remotes;

  RemoteChanges(Repo repo, Remotes remotes) {
    this.repo = repo;
    this.remotes = remotes;
  }

  /**
   * Adds a remote.
   *
   * @param settings a key file with the group {@link Remote#group} of the remote
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when it exists and that is refused
   */
  public void add(RemoteName name, KeyFile settings, Existing existing) throws IOException {
    Optional<Remote> there = remotes.find(name.name());
    if (there.isEmpty()) {
      Optional<Path> file = remotes.fileForNew(name);
      if (file.isPresent()) {
        Path parent = file.get().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        write(KeyFile.empty(file.get().toString()), name, settings, file.get());
      } else {
        writeOwn(name, settings);
      }
      return;
    }
    switch (existing) {
      case KEEP -> {
        // That is all.
      }
      case REPLACE -> {
        if (there.get().file().isPresent()) {
          write(there.get().settings(), name, settings, there.get().file().get());
        } else {
          writeOwn(name, settings);
        }
      }
      case REFUSE ->
          throw new Failure(
              ErrorCode.CONFIG_INVALID,
              "Remote configuration for \""
                  + name
                  + "\" already exists: "
                  + there.get().file().map(Path::toString).orElse("(in config)"),
              "Use another name, --force to replace it or --if-not-exists to leave it");
    }
  }

  /**
   * Deletes a remote with its file and its keyring; returns false when it does not exist. Refs that
   * were pulled from it stay.
   */
  public boolean delete(RemoteName name) throws IOException {
    Optional<Remote> there = remotes.find(name.name());
    if (there.isEmpty()) {
      return false;
    }
    Optional<Path> file = there.get().file();
    if (file.isPresent()) {
      Files.delete(file.get());
    } else {
      KeyFile config = repo.config().file().withoutGroup(Remote.group(name.name()));
      new ConfigChanges(repo, remotes).write(config);
    }
    Files.deleteIfExists(repo.path().resolve(name + ".trustedkeys.gpg"));
    return true;
  }

  private void writeOwn(RemoteName name, KeyFile settings) throws IOException {
    new ConfigChanges(repo, remotes).write(merged(repo.config().file(), name, settings));
  }

  private static void write(KeyFile old, RemoteName name, KeyFile settings, Path file)
      throws IOException {
    merged(old, name, settings).save(file, Durability.SYNCED);
  }

  /** The file with the remote's group replaced, or added at its end. */
  private static KeyFile merged(KeyFile file, RemoteName name, KeyFile settings) {
    String group = Remote.group(name.name());
    KeyFile merged = file.withoutGroup(group);
    for (String key : settings.keys(group)) {
      merged = merged.withRaw(group, key, settings.raw(group, key).orElse(""));
    }
    return merged;
  }
}
