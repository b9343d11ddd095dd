package dev.coppice.sign;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import java.io.IOException;
import java.util.List;

/**
 * The signatures of a commit in a repository. They are in its detached metadata, so that adding one
 * does not change the commit.
 *
 * @param bytes of the commit, which are what is signed
 * @param signatures those that are there, with the other entries of the detached metadata
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CommitSignatures(Repo repo, Checksum commit, byte[] bytes, Signatures signatures) {
  /**
   * The signatures of a commit as they are now.
   *
   * @throws dev.coppice.core.failure.TreeException when the commit is not there or its detached
   *     metadata are damaged
   */
  public static CommitSignatures read(Repo repo, Checksum commit) throws IOException {
    byte[] bytes = repo.objects().load(ObjectName.commit(commit));
    return new CommitSignatures(
        repo, commit, bytes, Signatures.parse(repo.loadDetachedMetadata(commit)));
  }

  /** Adds a signature of each signer; with a failure of one of them nothing is changed. */
  public void sign(List<? extends Signer> signers) throws IOException {
    replace(signatures.signedBy(signers, bytes));
  }

  /** Puts other signatures in the place of these. */
  public void replace(Signatures others) throws IOException {
    try (Transaction transaction = repo.begin()) {
      transaction.writeDetachedMetadata(commit, others.encode());
      transaction.publish(List.of());
    }
  }

  /** What a verifier says of the signatures of its type. */
  public SignatureReport verify(Verifier verifier) throws IOException {
    return verifier.verify(bytes, signatures.of(verifier.type()));
  }
}
