package dev.coppice.transfer.delta.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandTest {
  private static final Checksum A = Checksum.sha256(new byte[] {1});
  private static final Checksum B = Checksum.sha256(new byte[] {2});
  private static final DeltaName UPGRADE = new DeltaName(Optional.of(A), B);
  private static final DeltaName SCRATCH = new DeltaName(Optional.empty(), B);

  @TempDir Path directory;

  @Test
  void requestsThatWereAnswered() throws IOException {
    String get = "1.2.3.4 - - [01/Mar/2026:10:00:00 +0000] \"GET /repo/";
    Path log =
        Files.writeString(
            directory.resolve("log"),
            String.join(
                "\n",
                get + UPGRADE.superblock() + " HTTP/1.1\" 200 5120 \"-\" \"libostree\"",
                get + UPGRADE.superblock() + " HTTP/2.0\" 304 0",
                get + SCRATCH.superblock() + " HTTP/1.1\" 200 5120",
                get + SCRATCH.superblock() + " HTTP/1.1\" 404 0",
                get + UPGRADE.directory() + "/0 HTTP/1.1\" 200 5120",
                get + "deltas/ab/../superblock HTTP/1.1\" 200 1",
                "{\"path\":\"/" + UPGRADE.superblock() + "\",\"status\":200,\"bytes\":3}",
                "\u00ff\u0001 no line of a log",
                ""));

    Demand demand = Demand.ofLog(log);

    assertThat(demand.requests()).isEqualTo(Map.of(UPGRADE, 3L, SCRATCH, 1L));
    assertThat(demand.and(demand).requests()).containsEntry(UPGRADE, 6L);
  }
}
