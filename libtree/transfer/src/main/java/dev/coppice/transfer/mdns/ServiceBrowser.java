package dev.coppice.transfer.mdns;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks all on the local network for services of a type, and takes what is answered within a fixed
 * time. Whoever can answer does so within half a second; who is asked later for what is missing has
 * as long again.
 */
public final class ServiceBrowser {
  /** What the Avahi daemon waits before it says that this is all for now. */
  private static final Duration BROWSE = Duration.ofSeconds(1);

  /** What is missing then has this long, in which it is asked for twice. */
  private static final Duration RESOLVE = Duration.ofSeconds(2);

  /** A question is not asked more often. Source: RFC 6762, section 5.2. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final Duration NAP = Duration.ofMillis(250);

  /** Whoever answers ever different things is not asked about all of them. */
  private static final int MAX_QUESTIONS = 2000;

  private final DnsName type;
  private final int links;
  private final List<LinkSockets> sockets = new ArrayList<>();
  private final Map<Integer, ServiceTable> tables = new LinkedHashMap<>();
  private final Map<Asked, Long> asked = new HashMap<>();

  /** Links on which nobody can be asked: a loopback interface may have no route to a group. */
  private final List<Silent> closed = new ArrayList<>();

  private record Asked(LinkSockets where, DnsQuestion question) {}

  /**
   * What could not be asked, or did not answer.
   *
   * @param where an interface, or a service
   */
  public record Silent(String where, String reason) {}

  /** What was found, in the order in which it was told on each interface. */
  public record Result(List<ServiceInstance> services, List<Silent> silent) {
    /** Copies the lists. */
    public Result {
      services = List.copyOf(services);
      silent = List.copyOf(silent);
    }
  }

  private ServiceBrowser(DnsName type, int links) {
    this.type = type;
    this.links = links;
  }

  /**
   * Looks for services.
   *
   * @param type such as {@code _http._tcp.local}
   * @throws IOException when nothing can be received at all
   */
  public static Result browse(DnsName type, List<Link> links) throws IOException {
    var browser = new ServiceBrowser(type, links.size());
    try (Selector selector = Selector.open()) {
      browser.open(links, selector);
      browser.run(selector);
      return browser.result();
    } finally {
      for (LinkSockets each : browser.sockets) {
        each.close();
      }
    }
  }

  private void open(List<Link> links, Selector selector) {
    for (Link link : links) {
      try {
        LinkSockets opened = LinkSockets.open(link, selector);
        sockets.add(opened);
        tables.putIfAbsent(
            link.networkInterface().getIndex(), new ServiceTable(type, link::isPlausible));
        opened.send(DnsMessage.query(List.of(new DnsQuestion(type, RecordType.PTR))));
      } catch (IOException e) {
        closed.add(new Silent(name(link), String.valueOf(e.getMessage())));
      }
    }
  }

  private static String name(Link link) {
    return link.networkInterface().getName() + (link.isVersion6() ? " (IPv6)" : " (IPv4)");
  }

  private void run(Selector selector) throws IOException {
    long start = System.nanoTime();
    while (!sockets.isEmpty()) {
      long passed = System.nanoTime() - start;
      boolean missing = tables.values().stream().anyMatch(table -> !table.missing().isEmpty());
      Duration end = missing ? BROWSE.plus(RESOLVE) : BROWSE;
      long left = end.toNanos() - passed;
      if (left <= 0) {
        return;
      }
      askAgain();
      selector.select(Math.clamp(left / 1_000_000, 1, NAP.toMillis()));
      for (SelectionKey key : selector.selectedKeys()) {
        receive((LinkSockets) key.attachment(), (DatagramChannel) key.channel());
      }
      selector.selectedKeys().clear();
    }
  }

  private void receive(LinkSockets from, DatagramChannel channel) throws IOException {
    Optional<DnsMessage> message = from.receive(channel);
    message.ifPresent(answer -> table(from).accept(answer.records()));
  }

  private ServiceTable table(LinkSockets of) {
    return Objects.requireNonNull(tables.get(of.link().networkInterface().getIndex()));
  }

  private void askAgain() {
    for (LinkSockets each : sockets) {
      long now = System.nanoTime();
      List<DnsQuestion> due =
          table(each).missing().stream()
              .filter(question -> isDue(new Asked(each, question), now))
              .toList();
      for (DnsQuestion question : due) {
        asked.put(new Asked(each, question), now);
        try {
          each.send(DnsMessage.query(List.of(question)));
        } catch (IOException e) {
          closed.add(new Silent(name(each.link()), String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private boolean isDue(Asked question, long now) {
    Long before = asked.get(question);
    return before == null ? asked.size() < MAX_QUESTIONS : now - before >= AGAIN.toNanos();
  }

  private Result result() {
    List<ServiceInstance> services = new ArrayList<>();
    // One link is enough, so that those without are told of only where there is none.
    boolean deaf = closed.stream().map(Silent::where).distinct().count() == links;
    List<Silent> silent = new ArrayList<>(deaf ? closed : List.of());
    for (LinkSockets each : sockets) {
      ServiceTable table = tables.remove(each.link().networkInterface().getIndex());
      if (table != null) {
        table.complete().forEach(service -> services.add(scoped(service, each.link())));
        table
            .incomplete()
            .forEach(
                name -> silent.add(new Silent(name.toString(), "It does not say where it is")));
      }
    }
    return new Result(services, silent);
  }

  private static ServiceInstance scoped(ServiceInstance service, Link link) {
    return new ServiceInstance(
        service.name(),
        service.port(),
        service.addresses().stream().map(link::scoped).toList(),
        service.text());
  }
}
