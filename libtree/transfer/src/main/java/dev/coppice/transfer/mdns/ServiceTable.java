package dev.coppice.transfer.mdns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the services of a type on an interface, and what has to be asked still. It keeps
 * only what belongs to such a service, and not more than a network can sensibly have: who floods it
 * hides others, but takes no memory. Source: RFC 6763, sections 4 to 6.
 */
final class ServiceTable {
  /** Services of one type on a network. */
  static final int MAX_SERVICES = 100;

  /** Addresses of a host on an interface. */
  static final int MAX_ADDRESSES = 8;

  private final DnsName type;
  private final Predicate<InetAddress> plausible;
  private final Map<DnsName, Entry> entries = new LinkedHashMap<>();
  private final Map<DnsName, Set<InetAddress>> hosts = new LinkedHashMap<>();

  private static final class Entry {
    private RecordData.@Nullable Service place;
    private RecordData.@Nullable Text text;
  }

  /**
   * Knows nothing yet.
   *
   * @param plausible whether a host that can be reached may have this address
   */
  ServiceTable(DnsName type, Predicate<InetAddress> plausible) {
    this.type = type;
    this.plausible = plausible;
  }

  /** Takes over what an answer says. */
  void accept(List<DnsRecord> records) {
    records.forEach(this::acceptPointer);
    records.stream().filter(record -> record.seconds() > 0).forEach(this::acceptDetail);
    records.stream().filter(record -> record.seconds() > 0).forEach(this::acceptAddress);
  }

  private void acceptPointer(DnsRecord record) {
    if (record.data() instanceof RecordData.Pointer(DnsName instance)
        && record.name().equals(type)
        && instance.isChildOf(type)) {
      if (record.seconds() == 0) {
        entries.remove(instance);
      } else if (entries.size() < MAX_SERVICES) {
        entries.putIfAbsent(instance, new Entry());
      }
    }
  }

  /** What came last is what is so now. */
  private void acceptDetail(DnsRecord record) {
    Entry entry = entries.get(record.name());
    if (entry != null && record.data() instanceof RecordData.Service place) {
      entry.place = place;
    } else if (entry != null && record.data() instanceof RecordData.Text text) {
      entry.text = text;
    }
  }

  private void acceptAddress(DnsRecord record) {
    boolean host =
        entries.values().stream()
            .anyMatch(entry -> entry.place != null && entry.place.target().equals(record.name()));
    if (record.data() instanceof RecordData.Address(InetAddress address)
        && host
        && plausible.test(address)
        && (hosts.containsKey(record.name()) || hosts.size() < MAX_SERVICES)) {
      Set<InetAddress> known = hosts.computeIfAbsent(record.name(), _ -> new LinkedHashSet<>());
      if (known.size() < MAX_ADDRESSES) {
        known.add(address);
      }
    }
  }

  private Set<InetAddress> addresses(RecordData.Service place) {
    return hosts.getOrDefault(place.target(), Set.of());
  }

  /** What has to be asked before all that is known can be used. */
  List<DnsQuestion> missing() {
    Set<DnsQuestion> missing = new LinkedHashSet<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.text == null) {
            missing.add(new DnsQuestion(name, RecordType.TXT));
          }
          if (entry.place == null) {
            missing.add(new DnsQuestion(name, RecordType.SRV));
          } else if (entry.place.port() > 0 && addresses(entry.place).isEmpty()) {
            missing.add(new DnsQuestion(entry.place.target(), RecordType.A));
            missing.add(new DnsQuestion(entry.place.target(), RecordType.AAAA));
          }
        });
    return List.copyOf(missing);
  }

  /** Services of which all is known, in the order in which they were told. */
  List<ServiceInstance> complete() {
    List<ServiceInstance> services = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          RecordData.Service place = entry.place;
          RecordData.Text text = entry.text;
          if (place != null && text != null && place.port() > 0 && !addresses(place).isEmpty()) {
            services.add(
                new ServiceInstance(
                    name, place.port(), List.copyOf(addresses(place)), text.strings()));
          }
        });
    return services;
  }

  /** Services that are announced, and of which nobody said where they are. */
  List<DnsName> incomplete() {
    List<DnsName> names = new ArrayList<>(entries.keySet());
    complete().forEach(service -> names.remove(service.name()));
    return names;
  }
}
