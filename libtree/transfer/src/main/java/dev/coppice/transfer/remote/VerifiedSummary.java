package dev.coppice.transfer.remote;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A summary that has the signatures which its remote demands.
 *
 * @param summary what it says
 * @param signatures the file beside it
 */
public record VerifiedSummary(Summary summary, Optional<Signed> signatures) {
  /** The bytes of {@code summary.sig}. */
  @SuppressWarnings("ArrayRecordComponent") // only written to a file
  public record Signed(byte[] bytes) {}

  /** Writes both files into a mirror, as they came. */
  public void store(Repo mirror) throws IOException {
    Durability durability =
        mirror.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
    Path signature = mirror.path().resolve(Summary.SIGNATURE_FILE);
    FileReplacement.write(mirror.path().resolve(Summary.FILE), summary.bytes(), durability);
    if (signatures.isPresent()) {
      FileReplacement.write(signature, signatures.get().bytes(), durability);
    } else {
      Files.deleteIfExists(signature);
    }
  }
}
