package dev.coppice.transfer.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ServiceBrowserTest {
  private static final DnsName TYPE = DnsName.of("_a._tcp.local");
  private static final DnsName ONE = TYPE.child("One");
  private static final DnsName HOST = DnsName.of("host.local");
  private static final List<DnsRecord> ALL =
      List.of(
          new DnsRecord(TYPE, 120, new RecordData.Pointer(ONE)),
          new DnsRecord(ONE, 120, new RecordData.Service(HOST, 80)),
          new DnsRecord(ONE, 120, new RecordData.Text(List.of())),
          new DnsRecord(HOST, 120, new RecordData.Address(InetAddress.ofLiteral("127.0.0.1"))));

  private static ServiceBrowser.Result browse(Function<DnsMessage, List<byte[]>> answers)
      throws IOException {
    try (Responder responder = Responder.start(answers)) {
      return ServiceBrowser.browse(TYPE, List.of(responder.link()));
    }
  }

  /** Answers with all that there is. */
  private static byte[] all(int id) {
    return MessageWriter.write(new DnsMessage(id, true, List.of(), ALL));
  }

  private static Function<DnsMessage, List<byte[]>> when(Predicate<DnsMessage> answered) {
    return query -> answered.test(query) ? List.of(all(query.id())) : List.of();
  }

  private static void assertFound(ServiceBrowser.Result result) {
    assertThat(result.silent()).isEmpty();
    assertThat(result.services())
        .singleElement()
        .satisfies(
            service -> {
              assertThat(service.name()).isEqualTo(ONE);
              assertThat(service.port()).isEqualTo(80);
              assertThat(service.addresses()).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
            });
  }

  @Test
  void whatIsSaidToAllIsHeard() throws IOException {
    assertFound(browse(when(query -> query.id() == 0)));
  }

  @Test
  void whatIsAnsweredDirectlyIsHeard() throws IOException {
    assertFound(browse(when(query -> query.id() != 0)));
  }

  /** This responder adds nothing that was not asked for. */
  @Test
  void whatIsMissingIsAskedFor() throws IOException {
    try (Responder responder = Responder.of(ALL)) {
      assertFound(ServiceBrowser.browse(TYPE, List.of(responder.link())));
    }
  }

  @Test
  void whoDoesNotSayWhereItIsIsTold() throws IOException {
    try (Responder responder = Responder.of(ALL.subList(0, 2))) {
      ServiceBrowser.Result result = ServiceBrowser.browse(TYPE, List.of(responder.link()));
      assertThat(result.services()).isEmpty();
      assertThat(result.silent())
          .extracting(ServiceBrowser.Silent::where)
          .containsExactly("One._a._tcp.local");
    }
  }

  @Test
  void answersToOthersAreNotTaken() throws IOException {
    assertThat(
            browse(query -> query.id() == 0 ? List.of() : List.of(all(query.id() ^ 1))).services())
        .isEmpty();
  }

  @Test
  void whatComesFromElsewhereIsNotTaken() throws IOException {
    try (var stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        Responder responder = Responder.start(_ -> List.of())) {
      byte[] lie = all(0);
      Thread liar =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (!Thread.currentThread().isInterrupted()) {
                        stranger.send(
                            new DatagramPacket(lie, lie.length, responder.link().group()));
                        Thread.sleep(20);
                      }
                    } catch (IOException | InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(ServiceBrowser.browse(TYPE, List.of(responder.link())).services()).isEmpty();
      liar.interrupt();
    }
  }

  @Test
  void junkDoesNoHarm() throws IOException {
    assertFound(
        browse(
            query -> {
              byte[] good = all(query.id());
              List<byte[]> answers = new ArrayList<>();
              answers.add(new byte[0]);
              answers.add(new byte[DnsMessage.MAX_SIZE + 100]);
              answers.add(MessageWriter.write(new DnsMessage(query.id(), false, List.of(), ALL)));
              byte[] error = good.clone();
              error[3] |= 3;
              answers.add(error);
              answers.add(Arrays.copyOf(good, good.length - 1));
              answers.add(good);
              return answers;
            }));
  }

  /** Whoever never stops answering does not keep anybody. */
  @Test
  void endlessAnswersEnd() throws IOException {
    int[] count = {0};
    ServiceBrowser.Result result =
        browse(
            query -> {
              List<DnsRecord> more = new ArrayList<>();
              for (int i = 0; i < 50; i++) {
                more.add(
                    new DnsRecord(
                        TYPE, 120, new RecordData.Pointer(TYPE.child("Service " + count[0]++))));
              }
              return List.of(
                  MessageWriter.write(new DnsMessage(query.id(), true, List.of(), more)));
            });
    assertThat(result.services()).isEmpty();
    assertThat(result.silent()).hasSize(ServiceTable.MAX_SERVICES);
  }

  @Test
  void withoutLinksNobodyIsAsked() throws IOException {
    assertThat(ServiceBrowser.browse(TYPE, List.of()).services()).isEmpty();
  }

  @Test
  void neighbours() throws IOException {
    try (Responder responder = Responder.start(_ -> List.of())) {
      Link link = responder.link();
      assertThat(link.isNeighbour(InetAddress.ofLiteral("127.1.2.3"))).isTrue();
      assertThat(link.isNeighbour(InetAddress.ofLiteral("169.254.1.2"))).isTrue();
      assertThat(link.isNeighbour(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
      assertThat(link.isPlausible(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
      assertThat(link.isPlausible(InetAddress.ofLiteral("0.0.0.0"))).isFalse();
      assertThat(link.isPlausible(InetAddress.ofLiteral("224.0.0.251"))).isFalse();
      assertThat(link.isPlausible(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
    }
  }
}
