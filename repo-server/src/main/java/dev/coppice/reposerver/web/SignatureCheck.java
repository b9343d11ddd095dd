package dev.coppice.reposerver.web;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.LocalPath;
import dev.coppice.core.repo.Remote;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.KeyVerifier;
import dev.coppice.sign.PublicKeys;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Verifier;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.openpgp.OpenPgpVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the signatures of commits by all keys that this machine has: those of the repository's
 * remotes and those of the system. It tells readers what is known; it decides nothing.
 *
 * <p>Keys are read each time, so that a revocation counts at once.
 */
record SignatureCheck(Repo repo, KeyPlaces places) {
  /** A page lists no more signatures of a type. */
  static final int MOST = 32;

  /**
   * What is known of the signatures of one type.
   *
   * @param count of signatures
   * @param verdicts on the first {@link #MOST}; empty when they could not be judged
   * @param problem why not, or empty
   */
  record Findings(SignatureType type, int count, List<SignatureVerdict> verdicts, String problem) {}

  /** What is known of the signatures in the detached metadata of a commit. */
  List<Findings> of(byte[] commit, Signatures signatures) throws IOException {
    List<Findings> all = new ArrayList<>();
    for (SignatureType type : SignatureType.values()) {
      List<byte[]> ofType = signatures.of(type);
      if (!ofType.isEmpty()) {
        all.add(of(type, commit, ofType));
      }
    }
    return all;
  }

  private Findings of(SignatureType type, byte[] commit, List<byte[]> signatures)
      throws IOException {
    List<SignatureVerdict> verdicts = new ArrayList<>();
    try {
      Optional<Verifier> known = verifier(type);
      if (known.isEmpty()) {
        String problem = "this server has no key of this type";
        return new Findings(type, signatures.size(), List.of(), problem);
      }
      Verifier verifier = known.get();
      for (byte[] signature : signatures.subList(0, Math.min(MOST, signatures.size()))) {
        // One at a time: a verifier stops at the first good one.
        verdicts.addAll(verifier.verify(commit, List.of(signature)).verdicts());
      }
    } catch (TreeException e) {
      return new Findings(type, signatures.size(), List.of(), e.getMessage());
    }
    return new Findings(type, signatures.size(), verdicts, "");
  }

  /** The verifier of a type; empty where there is no key to verify by. */
  private Optional<Verifier> verifier(SignatureType type) throws IOException {
    if (type == SignatureType.GPG) {
      return Optional.of(new OpenPgpVerifier(keyring()));
    }
    PublicKeys keys = keys(type);
    return keys.isEmpty() ? Optional.empty() : Optional.of(new KeyVerifier(keys, places));
  }

  private Keyring keyring() throws IOException {
    Remotes remotes = Remotes.of(repo);
    Keyring all = Keyring.empty();
    for (Remote remote : remotes.all()) {
      Optional<Path> own = remotes.keyring(remote.name());
      if (own.isPresent()) {
        all = all.and(Keyring.ofFile(own.get()));
      }
    }
    return Files.isDirectory(places.keyrings())
        ? all.and(Keyring.ofDirectory(places.keyrings()))
        : all;
  }

  private PublicKeys keys(SignatureType type) throws IOException {
    PublicKeys all = system(type);
    for (Remote remote : Remotes.of(repo).all()) {
      String prefix = "verification-" + type.id();
      Optional<String> file = remote.option(prefix + "-file");
      if (file.isPresent()) {
        all = all.and(PublicKeys.ofFile(type, LocalPath.parse(file.get())));
      }
      Optional<String> inline = remote.option(prefix + "-key");
      if (inline.isPresent()) {
        all = all.with(inline.get());
      }
    }
    return all;
  }

  private PublicKeys system(SignatureType type) throws IOException {
    try {
      return PublicKeys.ofSystem(type, places);
    } catch (Failure e) {
      // The system trusts no key of this type.
      return PublicKeys.none(type);
    }
  }
}
