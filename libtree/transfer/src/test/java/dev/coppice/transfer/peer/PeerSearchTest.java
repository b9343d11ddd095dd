package dev.coppice.transfer.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.transfer.mdns.Responder;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drives that the real tool filled, and drives of people who mean harm. */
class PeerSearchTest extends PeerFixture {
  @Test
  void aDriveIsNearerThanARemote() throws IOException {
    Checksum commit = commit("main", 1, alice);
    Path drive = drive("stick");

    SearchResult found = search(EnumSet.allOf(Finder.class), List.of(MAIN), drive);

    assertThat(found.leftOut()).isEmpty();
    assertThat(found.remotes())
        .extracting(FoundRemote::url)
        .containsExactly("file://" + drive + "/.ostree/repo", "file://" + origin);
    assertThat(found.remotes().getFirst().keyring()).isEqualTo("os.trustedkeys.gpg");
    assertThat(found.remotes().getFirst().refs()).containsEntry(MAIN, Optional.of(commit));
    pull(found);
    assertThat(pulled()).contains(commit);
    assertThat(failed).isEmpty();
    ostree.on(client, "fsck");
  }

  @Test
  void onlyTheNewestCommitCounts() throws IOException {
    commit("main", 1, alice);
    Path old = drive("old");
    Checksum newest = commit("main", 2, alice);
    Path recent = drive("recent");

    SearchResult found = search(Finder.MOUNT, old, recent);

    assertThat(found.remotes())
        .extracting(FoundRemote::url)
        .containsExactly("file://" + recent + "/.ostree/repo");
    assertThat(found.remotes().getFirst().refs()).containsEntry(MAIN, Optional.of(newest));
  }

  @Test
  void linksLeadToRepositoriesInOddPlaces() throws IOException {
    Checksum commit = commit("main", 1, alice);
    Path drive = drive("stick", "--destination-repo=some/where");
    assertThat(search(Finder.MOUNT, drive).remotes())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.url()).isEqualTo("file://" + drive + "/some/where");
              assertThat(found.refs()).containsEntry(MAIN, Optional.of(commit));
            });
  }

  @Test
  void theRepositoryItselfIsNoPeer() throws IOException {
    commit("main", 1, alice);
    ostree.on(client, "pull", "--mirror", "os", "main");
    ostree.on(client, "summary", "-u");
    Path links = Files.createDirectories(temp.path("stick/.ostree/repos.d"));
    Files.createSymbolicLink(links.resolve("me"), client);
    assertThat(search(Finder.MOUNT, temp.path("stick")).remotes()).isEmpty();
  }

  @Test
  void aCollectionWithoutARemoteHasNoKeys() throws IOException {
    commit("main", 1, alice);
    Path drive = drive("stick");
    ostree.on(client, "config", "set", "remote \"os\".collection-id", "org.example.Other");

    SearchResult found = search(Finder.MOUNT, drive);

    assertThat(found.remotes()).isEmpty();
    assertThat(found.leftOut())
        .singleElement()
        .satisfies(
            left ->
                assertThat(left.reason())
                    .contains("No keyring found configured locally for collection"));
  }

  @Test
  void whatStrangersSignedIsRefusedAndTheNextPlaceIsTried() throws IOException {
    Checksum good = commit("main", 1, alice);
    Path honest = drive("honest");
    Checksum evil = commit("main", 2, gpg.key("Mallory <mallory@example.org>"));
    Path stick = drive("stick");

    SearchResult found = search(Finder.MOUNT, stick);
    assertThat(found.remotes().getFirst().refs()).containsEntry(MAIN, Optional.of(evil));
    assertThatThrownBy(() -> pull(found))
        .isInstanceOfSatisfying(
            TreeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_KEY_UNKNOWN);
              assertThat(e.nextStep()).contains("stick").contains("public key not found");
            })
        .hasMessage("Failed to pull some refs from the remotes: (org.example.Os, main)");
    assertThat(failed).singleElement().satisfies(f -> assertThat(f.where()).contains("stick"));
    assertThat(pulled()).isEmpty();
    assertThat(objects()).isEmpty();

    pull(search(Finder.MOUNT, honest));
    assertThat(pulled()).contains(good);
  }

  @Test
  void unsignedIsRefusedWhateverTheRemoteDemands() throws IOException {
    commit("main", 1, "");
    ostree.on(client, "config", "set", "remote \"os\".gpg-verify", "false");
    for (Finder finder : Finder.values()) {
      try (FaultServer server = server();
          Responder _ = network(server, 0)) {
        SearchResult found = search(finder, drive("stick"));
        assertThatThrownBy(() -> pull(found))
            .isInstanceOfSatisfying(
                TreeException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_MISSING));
      }
    }
    assertThat(objects()).isEmpty();
  }

  @Test
  void anotherCollectionsCommitIsRefused() throws IOException {
    Checksum theirs = commit("main", 1, alice);
    // A collection whose keys Alice's are as well, but whose commit this is not.
    remote("apps", origin.toString(), "org.example.Apps");
    Files.write(client.resolve("apps.trustedkeys.gpg"), gpg.export(alice));
    Path drive = drive("stick");
    Path mirrors = drive.resolve(".ostree/repo/refs/mirrors");
    Files.createDirectory(mirrors.resolve("org.example.Apps"));
    Files.writeString(mirrors.resolve("org.example.Apps/main"), theirs + "\n");
    ostree.on(drive.resolve(".ostree/repo"), "summary", "-u");
    CollectionRef apps = ref("org.example.Apps", "main");

    SearchResult found = search(EnumSet.of(Finder.MOUNT), List.of(apps), drive);

    assertThat(found.has(apps)).isTrue();
    assertThatThrownBy(() -> pull(found))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BINDING_MISMATCH));
    assertThat(objects()).isEmpty();
  }

  @Test
  void anOldCommitIsNotPassedOffAsTheNewest() throws IOException {
    Checksum old = commit("main", 1, alice);
    Path stick = drive("stick");
    Checksum fixed = commit("main", 2, alice);
    pull(search(Finder.CONFIG));
    assertThat(pulled()).contains(fixed);

    SearchResult found = search(Finder.MOUNT, stick);
    assertThat(found.remotes().getFirst().refs()).containsEntry(MAIN, Optional.of(old));
    assertThatThrownBy(() -> pull(found))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_OLDER));
    assertThat(pulled()).contains(fixed);
  }

  @Test
  void damagedDrivesAreLeftOut() throws IOException {
    commit("main", 1, alice);
    Path bad = drive("bad");
    Files.writeString(bad.resolve(".ostree/repo/summary"), "<html>");
    Path empty = Files.createDirectories(temp.path("empty"));
    Path odd = drive("odd");
    Files.writeString(odd.resolve(".ostree/repo/config"), "[core]\nrepo_version=9\n");
    Path good = drive("good");

    SearchResult found = search(Finder.MOUNT, bad, empty, odd, good);

    assertThat(found.remotes()).extracting(FoundRemote::url).allMatch(url -> url.contains("good"));
    assertThat(found.leftOut())
        .extracting(LeftOut::where)
        .anyMatch(where -> where.contains("bad"))
        .anyMatch(where -> where.contains("odd"))
        .hasSize(2);
  }

  @Test
  void aRemoteThatCannotBeReachedIsLeftOut() throws IOException {
    commit("main", 1, alice);
    remote("gone", temp.path("gone").toString(), "org.example.Os");
    ostree.on(client, "config", "set", "remote \"os\".gpg-verify-summary", "true");

    SearchResult found = search(Finder.CONFIG);

    assertThat(found.remotes()).isEmpty();
    assertThat(found.leftOut()).extracting(LeftOut::where).hasSize(2);
  }

  @Test
  void refsThatNobodyHas() throws IOException {
    commit("main", 1, alice);
    CollectionRef nothing = ref("org.example.Os", "nothing");
    SearchResult found = search(EnumSet.of(Finder.CONFIG), List.of(nothing, MAIN));
    assertThat(found.has(MAIN)).isTrue();
    assertThat(found.has(nothing)).isFalse();
    assertThat(found.remotes().getFirst().refs().firstEntry().getValue()).isEmpty();
  }
}
