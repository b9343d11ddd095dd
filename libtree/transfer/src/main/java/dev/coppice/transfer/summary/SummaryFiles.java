package dev.coppice.transfer.summary;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Publishes a summary with its signature: both are made whole in a temporary directory, get the
 * same time, so that caches expire them together, and are renamed one right after the other.
 *
 * <p>Clients read the signature, then the summary. One that reads the old signature and then the
 * new summary sees a pair that does not fit, and the real tool does not try again. With a time to
 * settle that cannot happen to signatures other than OpenPGP's: before the summary is replaced, a
 * signature file is put up that fits both, see {@link BridgeSignatures}, and it stays that long.
 * Afterwards it is replaced in any case, because clients take a summary for unchanged as long as
 * its signature file is.
 */
public final class SummaryFiles {
  private final Repo repo;
  private final Durability durability;
  private final Duration settle;

  /** The files of a repository; its policy says whether they are forced to disk. */
  public SummaryFiles(Repo repo, Duration settle) {
    this.repo = repo;
    this.durability =
        repo.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
    this.settle = settle;
  }

  /** Whether a pair is what is published already. */
  public boolean hold(byte[] summary, Optional<byte[]> signatures) throws IOException {
    return same(read(Summary.FILE), Optional.of(summary))
        && same(read(Summary.SIGNATURE_FILE), signatures);
  }

  private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
    return Arrays.equals(one.orElse(null), other.orElse(null));
  }

  /** The signature file that stands, if there is one. */
  public Optional<byte[]> signatures() throws IOException {
    return read(Summary.SIGNATURE_FILE);
  }

  private Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(repo.path().resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Replaces both files; without signatures the old ones are deleted. */
  public void replace(byte[] summary, Optional<byte[]> signatures) throws IOException {
    Path directory = Files.createTempDirectory(repo.path().resolve(RepoLayout.TMP), "summary-");
    Path made = directory.resolve(Summary.FILE);
    Path madeSignature = directory.resolve(Summary.SIGNATURE_FILE);
    try {
      FileReplacement.write(made, summary, durability);
      if (signatures.isPresent()) {
        bridge(signatures.get());
        FileReplacement.write(madeSignature, signatures.get(), durability);
        Files.setLastModifiedTime(made, Files.getLastModifiedTime(madeSignature));
      }
      Files.move(made, repo.path().resolve(Summary.FILE), StandardCopyOption.ATOMIC_MOVE);
      Path signature = repo.path().resolve(Summary.SIGNATURE_FILE);
      if (signatures.isEmpty()) {
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

  private void bridge(byte[] signatures) throws IOException {
    Optional<byte[]> old = signatures();
    if (settle.isZero() || old.isEmpty()) {
      return;
    }
    Optional<byte[]> bridge = BridgeSignatures.between(old.get(), signatures);
    if (bridge.isPresent()) {
      FileReplacement.write(repo.path().resolve(Summary.SIGNATURE_FILE), bridge.get(), durability);
      pause();
    }
  }

  private void pause() throws InterruptedIOException {
    try {
      Thread.sleep(settle);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
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
