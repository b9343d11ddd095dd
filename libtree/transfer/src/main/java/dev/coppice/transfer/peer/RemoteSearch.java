package dev.coppice.transfer.peer;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.mdns.Link;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out who has the newest commits of refs. Source: {@code ostree_repo_find_remotes_async}.
 *
 * <p>Whoever is found only claims to have them: what is true is found out by pulling.
 */
public final class RemoteSearch {
  private final Repo repo;
  private final Remotes remotes;
  private final Scope scope;

  /**
   * Where to search.
   *
   * @param finders at least one
   * @param drives the directories that drives are mounted on
   * @param links where machines on the local network are asked
   * @param overrides how remotes are reached
   */
  public record Scope(
      Set<Finder> finders, List<Path> drives, List<Link> links, RemoteAccess.Overrides overrides) {
    /** Copies the collections. */
    public Scope {
      finders = Set.copyOf(finders);
      drives = List.copyOf(drives);
      links = List.copyOf(links);
    }
  }

  /** A search for refs that this repository is to have. */
  public RemoteSearch(Repo repo, Remotes remotes, Scope scope) {
    this.repo = repo;
    this.remotes = remotes;
    this.scope = scope;
  }

  /** Searches. */
  public SearchResult run(List<CollectionRef> wanted) throws IOException {
    List<LeftOut> leftOut = new ArrayList<>();
    var reader = new OfferReader(repo, remotes, scope.overrides());
    List<Offer> offers = new ArrayList<>();
    Map<Checksum, Offer.Ref> known = new HashMap<>();
    for (OfferRound.Answer answer : new OfferRound(reader, wanted).ask(places(wanted, leftOut))) {
      String url = reader.url(answer.place());
      answer.failure().ifPresent(reason -> leftOut.add(new LeftOut(url, reason)));
      try {
        answer
            .offer()
            .ifPresent(
                offer -> {
                  offer.requireConsistent(known);
                  offers.add(offer);
                });
      } catch (TreeException e) {
        leftOut.add(new LeftOut(url, String.valueOf(e.getMessage())));
      }
    }
    return new SearchResult(newest(offers, wanted), leftOut);
  }

  private List<Place> places(List<CollectionRef> wanted, List<LeftOut> leftOut) throws IOException {
    var config = new ConfigFinder(remotes);
    List<Place> places = new ArrayList<>();
    if (scope.finders().contains(Finder.MOUNT)) {
      for (Path drive : scope.drives()) {
        places.addAll(new MountFinder(repo, config).find(drive, wanted, leftOut));
      }
    }
    if (scope.finders().contains(Finder.LAN)) {
      places.addAll(new LanFinder(config, scope.links()).find(wanted, leftOut));
    }
    if (scope.finders().contains(Finder.CONFIG)) {
      Set<CollectionId> collections =
          wanted.stream().map(CollectionRef::collection).collect(Collectors.toSet());
      places.addAll(config.find(collections));
    }
    return places;
  }

  /** Of each offer, what nobody has newer. An offer of nothing is none. */
  private static List<FoundRemote> newest(List<Offer> offers, List<CollectionRef> wanted) {
    Map<CollectionRef, Checksum> newest = new HashMap<>();
    Map<CollectionRef, Long> times = new HashMap<>();
    for (Offer offer : offers) {
      offer
          .refs()
          .forEach(
              (ref, offered) -> {
                Long time = times.get(ref);
                if (time == null || Long.compareUnsigned(offered.timestamp(), time) > 0) {
                  newest.put(ref, offered.commit());
                  times.put(ref, offered.timestamp());
                }
              });
    }
    List<FoundRemote> found = new ArrayList<>();
    for (Offer offer : offers) {
      var refs = new LinkedHashMap<CollectionRef, Optional<Checksum>>();
      for (CollectionRef ref : wanted) {
        Offer.Ref offered = offer.refs().get(ref);
        refs.put(
            ref,
            Optional.ofNullable(offered)
                .map(Offer.Ref::commit)
                .filter(commit -> commit.equals(newest.get(ref))));
      }
      var remote = new FoundRemote(offer.place(), offer.url(), offer.lastModified(), refs);
      if (remote.count() > 0) {
        found.add(remote);
      }
    }
    found.sort(FoundRemote.ORDER);
    return found;
  }
}
