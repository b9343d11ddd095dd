package dev.coppice.transfer.delta.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.apply.DeltaRequest.DeltaTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaAttackTest {
  private TempTree temp;
  private Repo repo;

  @BeforeEach
  void setUp() throws IOException {
    temp = TempTree.create();
    repo = Init.run(new InitRequest(temp.path("repo"), RepoMode.BARE_USER_ONLY, Optional.empty()));
  }

  @AfterEach
  void tearDown() throws IOException {
    repo.close();
    temp.close();
  }

  private DeltaResult apply(HandmadeDelta delta) throws IOException {
    Path path = delta.write(temp.path("delta"));
    var request = new DeltaRequest(path, DeltaTrust.ANYBODY, FsyncPolicy.NONE);
    return new DeltaApply(repo).apply(request, _ -> {});
  }

  @ParameterizedTest
  @EnumSource
  void refused(DeltaAttack attack) throws IOException {
    HandmadeDelta delta = attack.delta();
    assertThatThrownBy(() -> apply(delta))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(attack.expected));
    onlyWhatIsRight();
    assertThat(temp.path("repo/refs/heads")).isEmptyDirectory();
    if (repo.objects().has(ObjectName.commit(delta.name.to()))) {
      assertThat(repo.partialCommits().state(delta.name.to())).isEqualTo(State.PARTIAL);
    }
    // The same delta, as it should be, is welcome afterwards.
    var good = new HandmadeDelta();
    apply(good);
    assertThat(repo.partialCommits().state(good.name.to())).isEqualTo(State.COMPLETE);
    onlyWhatIsRight();
  }

  /** Every object that is stored has the checksum that it is stored under. */
  private void onlyWhatIsRight() throws IOException {
    var names = new ArrayList<ObjectName>();
    repo.objects().list(names::add);
    try (var verifier = new ObjectVerifier(repo.stores())) {
      for (ObjectName name : names) {
        verifier.verify(name);
      }
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    apply(new HandmadeDelta());
    try (var files = Files.list(temp.path("repo/tmp"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.equals("cache"));
    }
    assertThat(temp.path("repo/state")).isEmptyDirectory();
  }

  /** Piece by piece, with a source that is an object of the same delta, staged and not stored. */
  @Test
  void piecesAndSources() throws IOException {
    var delta = new HandmadeDelta();
    byte[] second = "of the file\nxyz".getBytes(StandardCharsets.UTF_8);
    ObjectName made = HandmadeDelta.file(second);
    delta.objects.add(made);
    int name = delta.data.size();
    delta.data.writeBytes(delta.file.checksum().bytes());
    delta.data.writeBytes("xyz".getBytes(StandardCharsets.UTF_8));
    delta.operations.add(new Operation.Open(0, 0, second.length));
    delta.operations.add(new Operation.SetReadSource(name));
    delta.operations.add(new Operation.Write(12, 8));
    delta.operations.add(new Operation.UnsetReadSource());
    delta.operations.add(new Operation.Write(3, name + 32));
    delta.operations.add(new Operation.Close());
    DeltaResult result = apply(delta);
    assertThat(result.stats().files()).isEqualTo(2);
    assertThat(repo.objects().has(made)).isTrue();
    onlyWhatIsRight();
  }

  @Test
  void aPatchThatLeadsOutside() throws IOException {
    var delta = new HandmadeDelta();
    int name = delta.data.size();
    delta.data.writeBytes(delta.file.checksum().bytes());
    int patch = delta.data.size();
    delta.data.writeBytes(PatchSteps.step(100, 0, 0, new byte[100], new byte[0]));
    delta.objects.add(HandmadeDelta.file(new byte[10]));
    delta.operations.add(new Operation.Open(0, 0, 10));
    delta.operations.add(new Operation.SetReadSource(name));
    delta.operations.add(new Operation.BsPatch(patch, delta.data.size() - patch));
    delta.operations.add(new Operation.Close());
    assertThatThrownBy(() -> apply(delta))
        .isInstanceOf(DeltaException.class)
        .hasMessageContaining("bsdiff patch failed: a step leads outside of the file");
    onlyWhatIsRight();
  }
}
