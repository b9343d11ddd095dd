package dev.coppice.transfer.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.transfer.mdns.Responder;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import java.io.IOException;
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
}
