package dev.coppice.transfer.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTableTest {
  private static final DnsName TYPE = DnsName.of("_a._tcp.local");
  private static final DnsName ONE = TYPE.child("One");
  private static final DnsName HOST = DnsName.of("host.local");
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

  private final ServiceTable table =
      new ServiceTable(TYPE, address -> !address.isLoopbackAddress());

  private static DnsRecord record(DnsName name, RecordData data) {
    return new DnsRecord(name, 120, data);
  }

  private static DnsRecord pointer(DnsName instance) {
    return record(TYPE, new RecordData.Pointer(instance));
  }

  private static DnsRecord address(InetAddress address) {
    return record(HOST, new RecordData.Address(address));
  }

  private static DnsRecord place(int port) {
    return record(ONE, new RecordData.Service(HOST, port));
  }

  private static DnsRecord text() {
    return record(ONE, new RecordData.Text(List.of(new byte[] {'a'})));
  }

  @Test
  void theOrderOfAnAnswerDoesNotMatter() {
    table.accept(List.of(address(ADDRESS), text(), place(80), pointer(ONE)));
    assertThat(table.missing()).isEmpty();
    assertThat(table.complete())
        .singleElement()
        .satisfies(service -> assertThat(service.addresses()).containsExactly(ADDRESS));
  }

  @Test
  void whatIsMissingIsAskedFor() {
    table.accept(List.of(pointer(ONE)));
    assertThat(table.missing())
        .containsExactly(
            new DnsQuestion(ONE, RecordType.TXT), new DnsQuestion(ONE, RecordType.SRV));
    table.accept(List.of(place(80), text()));
    assertThat(table.missing())
        .containsExactly(
            new DnsQuestion(HOST, RecordType.A), new DnsQuestion(HOST, RecordType.AAAA));
    assertThat(table.incomplete()).containsExactly(ONE);
    table.accept(List.of(address(ADDRESS)));
    assertThat(table.incomplete()).isEmpty();
  }

  @Test
  void whatIsTakenBackIsGone() {
    table.accept(List.of(pointer(ONE), place(80), text(), address(ADDRESS)));
    table.accept(List.of(new DnsRecord(TYPE, 0, new RecordData.Pointer(ONE))));
    assertThat(table.complete()).isEmpty();
    assertThat(table.incomplete()).isEmpty();
  }

  @Test
  void whatDoesNotBelongIsNotKept() {
    DnsName other = DnsName.of("_b._tcp.local");
    table.accept(
        List.of(
            record(other, new RecordData.Pointer(other.child("One"))),
            pointer(other.child("One")),
            pointer(TYPE),
            pointer(ONE.child("Deeper")),
            place(80),
            address(ADDRESS)));
    assertThat(table.missing()).isEmpty();
    assertThat(table.incomplete()).isEmpty();
    table.accept(
        List.of(pointer(ONE), place(80), text(), address(InetAddress.getLoopbackAddress())));
    assertThat(table.complete()).isEmpty();
  }

  @Test
  void aPlaceWithoutAPortIsNone() {
    table.accept(List.of(pointer(ONE), place(0), text(), address(ADDRESS)));
    assertThat(table.complete()).isEmpty();
    assertThat(table.missing()).isEmpty();
  }

  @Test
  void aFloodIsNotKept() {
    List<DnsRecord> flood = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      flood.add(pointer(TYPE.child("Service " + i)));
    }
    flood.addAll(List.of(place(80), text(), pointer(ONE)));
    table.accept(flood);
    assertThat(table.incomplete()).hasSize(ServiceTable.MAX_SERVICES);
  }

  @Test
  void aHostHasFewAddresses() {
    List<DnsRecord> many = new ArrayList<>(List.of(pointer(ONE), place(80), text()));
    for (int i = 0; i < 200; i++) {
      many.add(address(InetAddress.ofLiteral("192.0.2." + i)));
    }
    table.accept(many);
    assertThat(table.complete().getFirst().addresses()).hasSize(ServiceTable.MAX_ADDRESSES);
  }
}
