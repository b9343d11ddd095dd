package dev.coppice.sysroot.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.InodeFlags;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.BootVersion;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFixture;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.SysrootLock;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.OsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTest {
  private SysrootFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new SysrootFixture();
  }

  @AfterEach
  void end() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static List<String> refs(SysrootState state) {
    return state.deployments().stream()
        .map(each -> each.origin().orElseThrow().refspec().orElseThrow())
        .toList();
  }

  private DeployRequest request(String rev, Retention retention, DeployRequest.Flag... flags) {
    return new DeployRequest(
        rev,
        Optional.of("os"),
        Optional.empty(),
        KernelArgChanges.NONE,
        retention,
        List.of(),
        Set.of(flags));
  }

  private SysrootState change(UnaryOperatorOnList change) throws IOException {
    try (Sysroot sysroot = fixture.open();
        SysrootLock lock = sysroot.lock(() -> {})) {
      SysrootState now =
          change.apply(new DeploymentList(sysroot, sysroot.load(), fixture.events()::add));
      new Cleanup(sysroot, now).run(fixture.events()::add);
      return now;
    }
  }

  private interface UnaryOperatorOnList {
    SysrootState apply(DeploymentList list) throws IOException;
  }

  @Test
  void theRootOfADeploymentIsImmutableUnlessToldOtherwise() throws IOException {
    SysrootState state = fixture.deploy("v1");
    assertThat(isImmutable(state.deployments().getFirst())).isTrue();
    fixture.flags().add(SysrootFlag.MUTABLE_DEPLOYMENTS);
    state = fixture.deploy("v2");
    assertThat(isImmutable(state.deployments().getFirst())).isFalse();
  }

  private boolean isImmutable(Deployment deployment) throws IOException {
    try (Fd root =
        Fs.open(Fd.CWD, fixture.directory(deployment).toString(), OpenFlags.O_DIRECTORY, 0)) {
      return InodeFlags.isImmutable(root);
    }
  }

  @Test
  void oldDeploymentsGoAndWhatTheyNeededToo() throws IOException {
    Deployment first = fixture.deploy("v1").deployments().getFirst();
    fixture.deploy("v2");
    SysrootState state = fixture.deploy("v3");
    assertThat(refs(state)).containsExactly("v3", "v2");
    assertThat(fixture.directory(first)).doesNotExist();
    assertThat(fixture.path().resolve(first.name().originPath())).doesNotExist();
    assertThat(fixture.path().resolve(first.name().backingPath())).doesNotExist();
    assertThat(fixture.path().resolve("boot/ostree").resolve(first.files().directory("os")))
        .doesNotExist();
    assertThat(fixture.path().resolve("ostree/lock")).doesNotExist();
  }

  @Test
  void sameBootFilesAndVersionChangeLinksOnly() throws IOException {
    fixture.deploy("v1");
    SysrootState before = fixture.deploy("v2");
    fixture.deploy("v1");
    SysrootState again = fixture.deploy("v2");
    assertThat(again.version().version()).isNotEqualTo(before.version().version() ^ 1);
    fixture.events().clear();
    SysrootState now = fixture.deploy("v2");
    // v2 over v2: the default has the same kernel, arguments and version, only its serial differs.
    SysrootEvent.Updated updated =
        fixture.events().stream()
            .filter(SysrootEvent.Updated.class::isInstance)
            .map(SysrootEvent.Updated.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(now.deployments()).hasSize(2);
    assertThat(updated.difference()).isZero();
  }

  @Test
  void pinnedDeploymentsStay() throws IOException {
    fixture.deploy("v1");
    fixture.deploy("v2");
    try (Sysroot sysroot = fixture.open()) {
      var list = new DeploymentList(sysroot, sysroot.load(), event -> {});
      assertThat(list.pin(1, true)).isTrue();
    }
    try (Sysroot sysroot = fixture.open()) {
      var list = new DeploymentList(sysroot, sysroot.load(), event -> {});
      assertThat(list.pin(1, true)).as("already").isFalse();
    }
    assertThat(refs(fixture.deploy("v3"))).containsExactly("v3", "v2", "v1");
  }

  @Test
  void bootedDeploymentIsFollowedAndStays() throws IOException {
    fixture.deploy("v1");
    SysrootState state = fixture.deploy("v2");
    Deployment older = state.deployments().get(1);
    fixture.boot(older);
    state = fixture.load();
    assertThat(state.booted()).map(Deployment::name).contains(older.name());
    assertThat(state.pending())
        .map(Deployment::name)
        .contains(state.deployments().getFirst().name());
    assertThat(state.rollback()).isEmpty();
    Files.writeString(fixture.directory(older).resolve("etc/mine.conf"), "mine\n");
    state = fixture.deploy("v3");
    assertThat(refs(state)).as("the pending one goes").containsExactly("v3", "v1");
    assertThat(fixture.directory(state.deployments().getFirst()).resolve("etc/mine.conf"))
        .hasContent("mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a b", "a\nb", "a\"b", "../deploy/os"})
  void staterootNamesThatNobodyCouldBootAreRefused(String name) throws IOException {
    fixture.deploy("v1");
    try (Sysroot sysroot = fixture.open()) {
      assertThatThrownBy(() -> SysrootInit.initStateroot(sysroot, name))
          .hasMessageStartingWith("Invalid stateroot name");
    }
    assertThatThrownBy(() -> fixture.deploy(DeployRequest.of("v2", name)))
        .hasMessageStartingWith("Invalid stateroot name");
    assertThat(refs(fixture.load())).containsExactly("v1");
  }

  @Test
  void oldRefsStayWhenNewOnesCannotBeWritten() throws IOException {
    SysrootState before = fixture.deploy("v1");
    BootVersion version = before.version();
    Path heads = fixture.path().resolve("ostree/repo/refs/heads/ostree");
    Path next = Files.createDirectories(heads.resolve(Integer.toString(1 - version.version())));
    try (Fd locked = Fs.open(Fd.CWD, next.toString(), OpenFlags.O_DIRECTORY, 0)) {
      InodeFlags.setImmutable(locked, true);
      try {
        assertThatThrownBy(() -> fixture.deploy("v2")).isInstanceOf(IOException.class);
      } finally {
        InodeFlags.setImmutable(locked, false);
      }
    }
    assertThat(heads.resolve(version.version() + "/" + version.sub() + "/0"))
        .hasContent(before.deployments().getFirst().name().commit().hex());
  }

  @Test
  void bootedDeploymentCannotBeRemoved() throws IOException {
    fixture.deploy("v1");
    SysrootState state = fixture.deploy("v2");
    fixture.boot(state.deployments().get(1));
    assertThatThrownBy(() -> change(list -> list.remove(1)))
        .hasMessage("Cannot undeploy currently booted deployment 1");
    assertThat(fixture.load().deployments()).hasSize(2);
  }

  @Test
  void rollbackGoesBackAndForth() throws IOException {
    fixture.deploy("v1");
    fixture.deploy("v2");
    assertThat(refs(change(list -> list.makeDefault(list.rollbackIndex()))))
        .containsExactly("v1", "v2");
    assertThat(refs(change(list -> list.makeDefault(list.rollbackIndex()))))
        .containsExactly("v2", "v1");
  }

  @Test
  void retentionKeepsWhatItIsToldTo() throws IOException {
    fixture.deploy("v1");
    fixture.deploy("v2");
    var all = new Retention(Set.of(Retention.Keep.ALL), Retention.Position.FIRST);
    assertThat(refs(fixture.deploy(request("v3", all)))).containsExactly("v3", "v2", "v1");
    var after = new Retention(Set.of(Retention.Keep.ROLLBACK), Retention.Position.AFTER_BOOTED);
    assertThat(refs(fixture.deploy(request("v1", after))))
        .as("after the one that was followed")
        .containsExactly("v3", "v1", "v2", "v1");
  }

  @Test
  void withoutMergeLocalConfigurationStaysBehind() throws IOException {
    Deployment first = fixture.deploy("v1").deployments().getFirst();
    Files.writeString(fixture.directory(first).resolve("etc/mine.conf"), "mine\n");
    SysrootState state =
        fixture.deploy(request("v2", Retention.DEFAULT, DeployRequest.Flag.NO_MERGE));
    assertThat(fixture.directory(state.deployments().getFirst()).resolve("etc/mine.conf"))
        .doesNotExist();
  }

  @Test
  void otherBootLoadersAreRefusedBeforeAnythingChanges() throws IOException {
    fixture.deploy("v1");
    Files.createDirectories(fixture.path().resolve("boot/grub"));
    Files.writeString(fixture.path().resolve("boot/grub/grub.cfg"), "");
    var before = DirSnapshot.of(fixture.path(), Set.of());
    assertThatThrownBy(() -> fixture.deploy("v2"))
        .hasMessageContaining("grub2")
        .hasMessageContaining("nothing was changed");
    assertThat(DirSnapshot.of(fixture.path(), Set.of())).isEqualTo(before);
    fixture
        .real()
        .on(fixture.path().resolve("ostree/repo"), "config", "set", "sysroot.bootloader", "none");
    assertThat(refs(fixture.deploy("v2"))).containsExactly("v2", "v1");
  }

  @Test
  void treesThatCannotBootAreRefused() throws IOException {
    Path tree = OsTree.V1.write(fixture.temp("both")).root();
    Files.createDirectories(tree.resolve("etc"));
    Files.writeString(tree.resolve("etc/x"), "x");
    fixture.commit("both", "1", tree);
    assertThatThrownBy(() -> fixture.deploy("both"))
        .hasMessageEndingWith("Tree contains both /etc and /usr/etc");
    Files.createDirectories(fixture.temp("empty/usr/bin"));
    fixture.commit("empty", "1", fixture.temp("empty"));
    assertThatThrownBy(() -> fixture.deploy("empty"))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KERNEL_MISSING));
    assertThat(fixture.deploy("v1").deployments()).hasSize(1);
    try (var left = Files.list(fixture.path().resolve("ostree/deploy/os/deploy"))) {
      assertThat(left).as("the failed ones are cleaned up").hasSize(2);
    }
  }

  @Test
  void anEtcConflictLeavesTheOldStateInForce() throws IOException {
    Deployment first = fixture.deploy("v1").deployments().getFirst();
    Files.writeString(fixture.directory(first).resolve("etc/thing"), "a file\n");
    Path tree = OsTree.V2.write(fixture.temp("conflict")).root();
    Files.createDirectories(tree.resolve("usr/etc/thing"));
    fixture.commit("conflict", "2", tree);
    assertThatThrownBy(() -> fixture.deploy("conflict"))
        .hasMessage(
            "Deploying tree: Finalizing deployment: During /etc merge: Modified config file newly"
                + " defaults to directory 'thing', cannot merge");
    assertThat(refs(fixture.load())).containsExactly("v1");
    assertThat(refs(fixture.deploy("v2"))).containsExactly("v2", "v1");
  }

  @Test
  void overlaysOfTheInitramfsHaveLinesOfTheirOwn() throws IOException {
    Path overlay = fixture.temp("overlay.img");
    Files.writeString(overlay, "more files\n");
    var request =
        new DeployRequest(
            "v1",
            Optional.of("os"),
            Optional.empty(),
            KernelArgChanges.NONE,
            Retention.DEFAULT,
            List.of(overlay),
            Set.of());
    Deployment deployment = fixture.deploy(request).deployments().getFirst();
    String path = "ostree/initramfs-overlays/" + DirSnapshot.sha256(overlay) + ".img";
    assertThat(deployment.entry().overlays()).containsExactly("/" + path);
    assertThat(fixture.path().resolve("boot").resolve(path)).hasContent("more files\n");
    fixture.deploy("v2");
    fixture.deploy("v3");
    assertThat(fixture.path().resolve("boot").resolve(path)).doesNotExist();
  }
}
