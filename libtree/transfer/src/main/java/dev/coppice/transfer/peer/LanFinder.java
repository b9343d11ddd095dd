package dev.coppice.transfer.peer;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.transfer.mdns.DnsName;
import dev.coppice.transfer.mdns.Link;
import dev.coppice.transfer.mdns.ServiceBrowser;
import dev.coppice.transfer.mdns.ServiceInstance;
import dev.coppice.transfer.mdns.TextAttributes;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Repositories that machines on the local network announce. Source: {@code
 * ostree_repo_finder_avahi_resolve_async}, which has the Avahi daemon look for them.
 *
 * @param config says whose keys count
 * @param links where everybody is asked
 */
record LanFinder(ConfigFinder config, List<Link> links) {
  /** The domain of names on the local network. */
  private static final DnsName TYPE = DnsName.of(Announcement.SERVICE + ".local");

  /** The repositories that may have any of these refs. */
  List<Place> find(List<CollectionRef> wanted, List<LeftOut> leftOut) throws IOException {
    Set<Place> places = new LinkedHashSet<>();
    ServiceBrowser.Result found = ServiceBrowser.browse(TYPE, links);
    found.silent().forEach(each -> leftOut.add(new LeftOut(each.where(), each.reason())));
    for (ServiceInstance service : found.services()) {
      try {
        Announcement announced = Announcement.of(TextAttributes.of(service.text()));
        for (CollectionId collection : collections(announced, wanted)) {
          Optional<String> remote = config.keyring(collection);
          if (remote.isPresent()) {
            urls(service, announced.index())
                .forEach(url -> places.add(new Place.OnNetwork(url, remote.get(), collection)));
          } else {
            leftOut.add(LeftOut.withoutKeyring(service.name().toString(), collection));
          }
        }
      } catch (TreeException e) {
        leftOut.add(new LeftOut(service.name().toString(), String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(places);
  }

  private static Set<CollectionId> collections(Announcement announced, List<CollectionRef> wanted) {
    Set<CollectionId> collections = new LinkedHashSet<>();
    wanted.stream()
        .filter(announced.refs()::mayHave)
        .forEach(ref -> collections.add(ref.collection()));
    return collections;
  }

  private static List<String> urls(ServiceInstance service, int index) {
    String rest = ":" + service.port() + "/" + index;
    return reachable(service.addresses()).stream()
        .map(address -> "http://" + AddressText.inUrl(address) + rest)
        .toList();
  }

  /**
   * One address of each family, as the real tool has it, in case that one of them does not work.
   * Link-local ones, which the real tool cannot use, are what is left where there is no other.
   */
  private static List<InetAddress> reachable(List<InetAddress> addresses) {
    List<InetAddress> chosen = new ArrayList<>();
    Predicate<InetAddress> version4 = address -> address.getAddress().length == 4;
    addresses.stream().filter(version4).findFirst().ifPresent(chosen::add);
    addresses.stream()
        .filter(version4.negate())
        .filter(address -> !address.isLinkLocalAddress())
        .findFirst()
        .ifPresent(chosen::add);
    return chosen.isEmpty() ? addresses.subList(0, 1) : chosen;
  }
}
