package dev.coppice.transfer.summary;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Publishes a summary with its signature: both are made whole in a temporary directory, get the
 * same time, so that caches expire them together, and are renamed one after the other. Between the
 * two renames a reader sees a pair that does not fit, and has to read it again; no file system
 * renames two files at once.
 */
record SummaryFiles(Repo repo, Durability durability) {
  /** Replaces both files; without signers the old signature is deleted. */
  void replace(byte[] summary, List<SummarySigner> signers) throws IOException {
    Path temporary = repo.path().resolve(RepoLayout.TMP);
    Path directory = Files.createTempDirectory(temporary, "summary-");
    Path made = directory.resolve(Summary.FILE);
    Path madeSignature = directory.resolve(Summary.SIGNATURE_FILE);
    Path signature = repo.path().resolve(Summary.SIGNATURE_FILE);
    try {
      FileReplacement.write(made, summary, durability);
      if (!signers.isEmpty()) {
        byte[] signatures = new SignatureList(signers).sign(summary);
        FileReplacement.write(madeSignature, signatures, durability);
        Files.setLastModifiedTime(made, Files.getLastModifiedTime(madeSignature));
      }
      Files.move(made, repo.path().resolve(Summary.FILE), StandardCopyOption.ATOMIC_MOVE);
      if (signers.isEmpty()) {
        Files.deleteIfExists(signature);
      } else {
        publishSignature(madeSignature, signature);
      }
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(madeSignature);
      Files.deleteIfExists(directory);
    }
  }

  private static void publishSignature(Path made, Path signature) throws IOException {
    try {
      Files.move(made, signature, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // The old one belongs to a summary that is gone.
      Files.deleteIfExists(signature);
      throw e;
    }
  }
}
