package dev.coppice.transfer.delta.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartPayload;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whatever a payload makes its operations do: they are refused, or the objects that are announced
 * are staged. Their names are those of a good delta, so that nothing else can come of it.
 */
class PartFuzzTest {
  private static final TempTree TEMP = TempTree.create();
  private static final List<ObjectName> OBJECTS = new HandmadeDelta().objects;

  @FuzzTest(maxDuration = "10s")
  void apply(byte[] bytes) throws IOException {
    var request = new InitRequest(TEMP.path("repo"), RepoMode.BARE_USER_ONLY, Optional.empty());
    try (Repo repo = Init.run(request);
        Transaction transaction = repo.begin(FsyncPolicy.NONE)) {
      try {
        PartPayload payload = PartPayload.open(ByteRegion.of(bytes));
        ObjectList objects = ObjectList.of(OBJECTS);
        try (var part = new PartApply(transaction, payload, objects, ApplyRules.ANY)) {
          part.run();
        }
      } catch (TreeException e) {
        assertThat(e.getMessage()).isNotEmpty();
        return;
      }
      for (ObjectName object : OBJECTS) {
        assertThat(transaction.has(object)).isTrue();
      }
    }
  }
}
