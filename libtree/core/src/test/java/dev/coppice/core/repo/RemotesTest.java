package dev.coppice.core.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemotesTest {
  private static final RemoteName ONE = RemoteName.of("one");

  @TempDir Path directory;
  private Path sysroot;
  private Path remotesD;
  private Path config;

  /** A deployment: a root with a {@code sysroot} directory. */
  @BeforeEach
  void makeSysroot() throws IOException {
    sysroot = directory.resolve("root");
    Files.createDirectories(sysroot.resolve("sysroot"));
    Path repo = Files.createDirectories(sysroot.resolve("ostree")).resolve("repo");
    Init.run(new InitRequest(repo, RepoMode.BARE_USER_ONLY, Optional.empty())).close();
    remotesD = sysroot.resolve("etc/ostree/remotes.d");
    config = repo.resolve("config");
  }

  private Repo open() throws IOException {
    return Repo.open(sysroot.resolve("ostree/repo"));
  }

  private static KeyFile url(String url) {
    return KeyFile.empty("test").with(Remote.group("one"), "url", url);
  }

  @Test
  void remotesOfADeploymentAreFiles() throws IOException {
    String before = Files.readString(config);
    try (Repo repo = open()) {
      Remotes.ofSysroot(repo, sysroot)
          .changes()
          .add(ONE, url("http://a"), RemoteChanges.Existing.REFUSE);
      assertThat(remotesD.resolve("one.conf")).hasContent("[remote \"one\"]\nurl=http://a\n");
      assertThat(config).hasContent(before);

      Remotes again = Remotes.ofSysroot(repo, sysroot);
      assertThat(again.url("one")).isEqualTo("http://a");
      assertThat(Remotes.of(repo).all()).as("the repository alone knows nothing").isEmpty();
      assertThatThrownBy(
              () -> again.changes().add(ONE, url("http://b"), RemoteChanges.Existing.REFUSE))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "Remote configuration for \"one\" already exists: " + remotesD.resolve("one.conf"));
      again.changes().add(ONE, url("http://c"), RemoteChanges.Existing.KEEP);
      assertThat(Remotes.ofSysroot(repo, sysroot).url("one")).isEqualTo("http://a");
      again.changes().add(ONE, url("http://d"), RemoteChanges.Existing.REPLACE);
      Remotes changed = Remotes.ofSysroot(repo, sysroot);
      assertThat(changed.url("one")).isEqualTo("http://d");

      Files.writeString(repo.path().resolve("one.trustedkeys.gpg"), "keys");
      assertThat(changed.changes().delete(ONE)).isTrue();
      assertThat(remotesD).isEmptyDirectory();
      assertThat(repo.path().resolve("one.trustedkeys.gpg")).doesNotExist();
      assertThat(Remotes.ofSysroot(repo, sysroot).changes().delete(ONE)).isFalse();
    }
  }

  @Test
  void theDirectoryCanBeTurnedOff() throws IOException {
    Files.writeString(config, Files.readString(config) + "add-remotes-config-dir=false\n");
    try (Repo repo = open()) {
      Remotes.ofSysroot(repo, sysroot)
          .changes()
          .add(ONE, url("http://a"), RemoteChanges.Existing.REFUSE);
    }
    assertThat(remotesD).doesNotExist();
    assertThat(config).content().contains("[remote \"one\"]\nurl=http://a\n");
  }

  @Test
  void aPhysicalRootKeepsThemInItsRepository() throws IOException {
    Files.delete(sysroot.resolve("sysroot"));
    try (Repo repo = open()) {
      Remotes.ofSysroot(repo, sysroot)
          .changes()
          .add(ONE, url("http://a"), RemoteChanges.Existing.REFUSE);
    }
    assertThat(remotesD).doesNotExist();
    assertThat(config).content().contains("[remote \"one\"]\nurl=http://a\n");
  }

  @Test
  void aRemoteIsDefinedOnce() throws IOException {
    Files.createDirectories(remotesD);
    Files.writeString(remotesD.resolve("a.conf"), "[remote \"one\"]\nurl=x\n");
    Files.writeString(remotesD.resolve("ignored.txt"), "[remote \"one\"]\nurl=y\n");
    try (Repo repo = open()) {
      Remotes remotes = Remotes.ofSysroot(repo, sysroot);
      assertThat(remotes.url("one")).isEqualTo("x");
      assertThatThrownBy(
              () -> new ConfigChanges(repo, remotes).set(Remote.group("one"), "url", "z"))
          .hasMessageContaining("Remote \"one\" already defined in");
      Files.writeString(remotesD.resolve("b.conf"), "[remote \"one\"]\nurl=y\n");
      assertThatThrownBy(() -> Remotes.ofSysroot(repo, sysroot))
          .hasMessageContaining("Multiple specifications found for remote \"one\"");
    }
  }

  @Test
  void parentsAreAskedAsWell() throws IOException {
    Path parent = directory.resolve("parent");
    Init.run(new InitRequest(parent, RepoMode.BARE_USER_ONLY, Optional.empty())).close();
    Path parentConfig = parent.resolve("config");
    Files.writeString(
        parentConfig,
        Files.readString(parentConfig)
            + "[remote \"one\"]\nurl=p1\ncontenturl=c\n[remote \"two\"]\nurl=p2\n");
    Files.writeString(
        config, Files.readString(config) + "parent=" + parent + "\n[remote \"one\"]\nurl=own\n");
    try (Repo repo = open()) {
      Remotes remotes = Remotes.of(repo);
      assertThat(remotes.all().stream().map(Remote::name)).containsExactly("one", "two");
      assertThat(remotes.url("one")).isEqualTo("own");
      assertThat(remotes.url("two")).isEqualTo("p2");
      assertThat(remotes.option("one", "contenturl")).contains("c");
      assertThat(remotes.option("one", "proxy")).isEmpty();
      assertThatThrownBy(() -> remotes.option("three", "url"))
          .hasMessage("Remote \"three\" not found");
    }
  }

  @Test
  void namesAreInTheGroup() {
    assertThat(Remote.nameOf("remote \"a b\"")).contains("a b");
    assertThat(Remote.nameOf("remote \"\"")).isEmpty();
    assertThat(Remote.nameOf("remote")).isEmpty();
    assertThat(Remote.nameOf("core")).isEmpty();
  }
}
