package dev.coppice.transfer.remote;

import java.io.IOException;
import java.util.Optional;

/** What signatures a remote's summary must have. */
public interface SummaryTrust {
  /** None. */
  SummaryTrust ANYBODY =
      new SummaryTrust() {
        @Override
        public boolean demanded() {
          return false;
        }

        @Override
        public void verify(Optional<byte[]> summary, Optional<byte[]> signatures) {
          // Whoever serves it is believed.
        }
      };

  /** Whether any signature is demanded, and with it a summary. */
  boolean demanded();

  /**
   * Verifies the signatures of a summary.
   *
   * @param summary the file {@code summary}, if there is one; there must be where a signature is
   *     demanded
   * @param signatures the file {@code summary.sig}, if there is one
   * @throws dev.coppice.core.failure.Failure when it is not signed as is demanded
   */
  void verify(Optional<byte[]> summary, Optional<byte[]> signatures) throws IOException;
}
