package dev.coppice.transfer.peer;

import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.repo.Remote;
import dev.coppice.core.repo.Remotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Remotes by their collections. Source: {@code ostree_repo_finder_config_resolve_async}. */
record ConfigFinder(Remotes remotes) {
  /** The remotes that are configured for any of these collections. */
  List<Place> find(Set<CollectionId> wanted) {
    List<Place> places = new ArrayList<>();
    for (Remote remote : remotes.all()) {
      collection(remote.name())
          .filter(wanted::contains)
          .ifPresent(id -> places.add(new Place.Configured(remote.name(), id)));
    }
    return places;
  }

  /**
   * The remote whose keys count for a collection: the first that is configured for it. Source:
   * {@code ostree_repo_resolve_keyring_for_collection}.
   */
  Optional<String> keyring(CollectionId wanted) {
    return remotes.all().stream()
        .map(Remote::name)
        .filter(name -> collection(name).filter(wanted::equals).isPresent())
        .findFirst();
  }

  private Optional<CollectionId> collection(String remote) {
    return remotes
        .option(remote, "collection-id")
        .filter(CollectionId::isValid)
        .map(CollectionId::of);
  }
}
