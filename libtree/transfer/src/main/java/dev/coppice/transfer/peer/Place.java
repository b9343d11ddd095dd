package dev.coppice.transfer.peer;

import dev.coppice.core.ref.CollectionId;
import java.nio.file.Path;

/** Somewhere that refs of a collection were found. */
public sealed interface Place {
  /** The configured remote of the collection: its keys count. */
  String remote();

  /** The collection that it may give refs of, which is the one of its remote. */
  CollectionId collection();

  /** What found it. */
  Finder finder();

  /** A remote of the configuration. */
  record Configured(String remote, CollectionId collection) implements Place {
    @Override
    public Finder finder() {
      return Finder.CONFIG;
    }
  }

  /**
   * A repository on a drive.
   *
   * @param repository its directory, without symbolic links
   */
  record OnDrive(Path repository, String remote, CollectionId collection) implements Place {
    @Override
    public Finder finder() {
      return Finder.MOUNT;
    }
  }
}
