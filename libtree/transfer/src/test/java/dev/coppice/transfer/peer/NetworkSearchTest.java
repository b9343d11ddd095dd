package dev.coppice.transfer.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.transfer.mdns.Responder;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Repositories that the local network announces, by whomever. */
class NetworkSearchTest extends PeerFixture {
  @Test
  void whatTheNetworkAnnounces() throws IOException {
    Checksum commit = commit("main", 1, alice);
    try (FaultServer server = server();
        Responder _ = network(server, 0)) {
      SearchResult found = search(Finder.LAN);
      assertThat(found.leftOut()).isEmpty();
      assertThat(found.remotes())
          .singleElement()
          .satisfies(
              remote -> {
                int port = server.uri().getPort();
                assertThat(remote.url()).isEqualTo("http://127.0.0.1:" + port + "/0");
                assertThat(remote.place().name())
                    .isEqualTo("http_3A_2F_2F127.0.0.1_3A" + port + "_2F0_os.trustedkeys.gpg");
                assertThat(remote.refs()).containsEntry(MAIN, Optional.of(commit));
              });
      pull(found);
      assertThat(failed).isEmpty();
      assertThat(pulled()).contains(commit);
      ostree.on(client, "fsck");
    }
  }

  @Test
  void nothingOfTheRemoteGoesToAStranger() throws IOException {
    commit("main", 1, alice);
    ostree.on(client, "remote", "add-cookie", "os", "127.0.0.1", "/", "token", "secret");
    try (FaultServer server = server();
        Responder _ = network(server, 0)) {
      pull(search(Finder.LAN));
      assertThat(pulled()).isPresent();
      assertThat(server.requests())
          .isNotEmpty()
          .noneMatch(request -> request.toString().contains("secret"));
    }
  }

  @Test
  void aStrangerWithoutTheKeyIsPulledFromInVain() throws IOException {
    commit("main", 1, gpg.key("Mallory <mallory@example.org>"));
    try (FaultServer server = server();
        Responder _ = network(server, 0)) {
      SearchResult found = search(Finder.LAN);
      assertThat(found.remotes()).hasSize(1);
      assertThatThrownBy(() -> pull(found)).isInstanceOf(TreeException.class);
      assertThat(pulled()).isEmpty();
      assertThat(objects()).isEmpty();
    }
  }

  /** A repository that is not there, one that answers with errors, and one that is good. */
  @Test
  void neighboursThatFailAreLeftOut() throws IOException {
    Checksum commit = commit("main", 1, alice);
    try (FaultServer server = server();
        Responder _ = network(server, 7, 0)) {
      SearchResult found = search(Finder.LAN);
      assertThat(found.leftOut())
          .extracting(LeftOut::where)
          .containsExactly("http://127.0.0.1:" + server.uri().getPort() + "/7");
      pull(found);
      assertThat(pulled()).contains(commit);
    }
  }

  @Test
  void aDriveIsNearerThanTheNetwork() throws IOException {
    commit("main", 1, alice);
    Path drive = drive("stick");
    try (FaultServer server = server();
        Responder _ = network(server, 0)) {
      SearchResult found = search(EnumSet.allOf(Finder.class), List.of(MAIN), drive);
      assertThat(found.remotes())
          .extracting(remote -> remote.place().finder())
          .containsExactly(Finder.MOUNT, Finder.LAN, Finder.CONFIG);
    }
  }

  @Test
  void withoutKeysNobodyOnTheNetworkCounts() throws IOException {
    commit("main", 1, alice);
    ostree.on(client, "config", "set", "remote \"os\".collection-id", "org.example.Other");
    try (FaultServer server = server();
        Responder _ = network(server, 0)) {
      SearchResult found = search(Finder.LAN);
      assertThat(found.remotes()).isEmpty();
      assertThat(found.leftOut())
          .extracting(LeftOut::where)
          .containsExactly("Updates 0._ostree_repo._tcp.local");
      assertThat(server.requests()).isEmpty();
    }
  }

  /** Whoever lies about a commit is left out, and does not make those seem to lie who do not. */
  @Test
  void aStrangerWhoLiesHarmsNobody() throws IOException {
    Checksum commit = commit("main", 1, alice);
    String object = commit.hex().substring(0, 2) + "/" + commit.hex().substring(2) + ".commit";
    long size = Files.size(origin.resolve("objects").resolve(object));
    String honest = Files.readString(origin.resolve("summary"), StandardCharsets.ISO_8859_1);
    String said = new String(littleEndian(size), StandardCharsets.ISO_8859_1);
    String lie = new String(littleEndian(size + 1), StandardCharsets.ISO_8859_1);
    assertThat(honest.contains(said)).isTrue();
    try (FaultServer server = server();
        Responder _ = network(server, 1)) {
      Path liar = Files.createDirectories(temp.path("served/1"));
      Files.writeString(
          liar.resolve("summary"), honest.replace(said, lie), StandardCharsets.ISO_8859_1);
      Files.createSymbolicLink(liar.resolve("objects"), origin.resolve("objects"));
      SearchResult found = search(EnumSet.of(Finder.LAN, Finder.CONFIG), List.of(MAIN));
      assertThat(found.leftOut())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.where()).endsWith("/1");
                assertThat(each.reason()).contains((size + 1) + " bytes; it has " + size);
              });
      assertThat(found.remotes())
          .extracting(remote -> remote.place().finder())
          .containsExactly(Finder.CONFIG);
    }
  }

  private static byte[] littleEndian(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }
}
