package dev.coppice.transfer.remote;

import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryFiles;
import java.io.IOException;
import java.time.Duration;
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
    store(new SummaryFiles(mirror, Duration.ZERO));
  }

  /**
   * Writes both files, as they came.
   *
   * @return false when they are there already
   */
  public boolean store(SummaryFiles files) throws IOException {
    Optional<byte[]> signed = signatures.map(Signed::bytes);
    if (files.hold(summary.bytes(), signed)) {
      return false;
    }
    files.replace(summary.bytes(), signed);
    return true;
  }
}
