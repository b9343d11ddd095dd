package dev.coppice.core.ref;

import java.util.Optional;

/**
 * The collections that remotes are configured to have, {@code collection-id} of {@code [remote]}.
 */
@FunctionalInterface
public interface RemoteCollections {
  /** No remote has a collection. */
  RemoteCollections NONE = remote -> Optional.empty();

  /** The collection of a remote; empty when it has none or an invalid one. */
  Optional<CollectionId> of(RemoteName remote);
}
