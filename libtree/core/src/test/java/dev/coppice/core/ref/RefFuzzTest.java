package dev.coppice.core.ref;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.PosixNames;
import java.nio.file.Path;
import java.util.Optional;

/** Whatever is typed as a revision is refused clearly or gives a path below the refs. */
class RefFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void revisions(byte[] bytes) {
    String text = PosixNames.decode(bytes);
    RevSpec rev;
    try {
      rev = RevSpec.parse(text);
    } catch (Failure refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.REF_INVALID);
      return;
    }
    assertThat(rev).hasToString(text);
    if (rev instanceof RevSpec.Named named) {
      Path refs = Path.of("/repo/refs");
      Path file = new RefPaths(Path.of("/repo"), Optional.empty()).file(named.spec());
      assertThat(file.normalize().equals(file) && file.startsWith(refs)).as(text).isTrue();
    }
  }
}
