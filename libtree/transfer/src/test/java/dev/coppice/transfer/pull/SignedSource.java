package dev.coppice.transfer.pull;

import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signers;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A repository that the real tool made and signed: branches {@code main} and {@code other} by
 * Alice, {@code bare} by nobody, a summary by Alice. Its parts can be tampered with.
 */
final class SignedSource {
  /** Settings of a remote that demand signatures of commits. */
  static final String COMMITS = "gpg-verify=true\n";

  /** Settings that demand them of the summary as well. */
  static final String SUMMARIES = COMMITS + "gpg-verify-summary=true\n";

  private static final String ALICE = "Alice <alice@example.org>";
  private static final String[] LONG_AGO = {"--faked-system-time", "20200101T000000!"};

  final Path path;
  final Gpg gpg;
  final String alice;
  final KeyPair ed25519 = KeyPair.generate();
  private final RealOstree ostree;
  private final TempTree temp;

  /** Keys as the configuration and the command line of ostree take them. */
  record KeyPair(String open, String secret) {
    private static final int HALF = 32;

    static KeyPair generate() {
      try {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] open = lastBytes(pair.getPublic().getEncoded());
        byte[] seed = lastBytes(pair.getPrivate().getEncoded());
        byte[] secret = Arrays.copyOf(seed, 2 * HALF);
        System.arraycopy(open, 0, secret, HALF, HALF);
        return new KeyPair(
            Base64.getEncoder().encodeToString(open), Base64.getEncoder().encodeToString(secret));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What stands at the end of both encodings of RFC 8410. */
    private static byte[] lastBytes(byte[] encoded) {
      return Arrays.copyOfRange(encoded, encoded.length - HALF, encoded.length);
    }
  }

  SignedSource(RealOstree ostree, Gpg gpg, TempTree temp) {
    this.ostree = ostree;
    this.gpg = gpg;
    this.temp = temp;
    this.path = temp.path("source");
    ostree.on(path, "init", "--mode=archive");
    // Made long ago, so that it can be made to have expired after it has signed.
    gpg.run(LONG_AGO[0], LONG_AGO[1], "--quick-generate-key", ALICE, "ed25519", "sign", "never")
        .ok();
    alice = gpg.fingerprints(ALICE).getFirst();
    commit("main", "first", byAlice());
    commit("other", "other", byAlice());
    commit("bare", "unsigned");
    summary(byAlice());
  }

  String[] byAlice() {
    return by(alice);
  }

  String[] by(String key) {
    return new String[] {"--gpg-sign=" + key, "--gpg-homedir=" + gpg.home()};
  }

  /** Commits a file with this content; returns the checksum. */
  String commit(String branch, String content, String... options) {
    temp.tree("tree").file("file", content);
    return ostree.on(
        path,
        Stream.concat(
                Stream.of("commit", "-b", branch, "--owner-uid=0", "--owner-gid=0", "--no-xattrs"),
                Stream.concat(Arrays.stream(options), Stream.of(temp.path("tree").toString())))
            .toArray(String[]::new));
  }

  void summary(String... options) {
    ostree.on(
        path,
        Stream.concat(Stream.of("summary", "-u"), Arrays.stream(options)).toArray(String[]::new));
  }

  /** Debian's has been built without. */
  static boolean knowsEd25519(RealOstree real) {
    return real.run("--version").out().contains("sign-ed25519");
  }

  /** Signs a branch with an Ed25519 key. */
  void sign(String branch, KeyPair key) throws IOException {
    if (knowsEd25519(ostree)) {
      ostree.on(path, "sign", "--sign-type=ed25519", branch, key.secret());
      return;
    }
    byte[] commit = Files.readAllBytes(object(head(branch), "commit"));
    byte[] signature =
        new Signers(SignatureType.ED25519, KeyPlaces.system()).of(key.secret()).sign(commit);
    Path file = signatures(branch);
    Optional<byte[]> before =
        Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    Files.write(file, Signatures.parse(before).with(SignatureType.ED25519, signature).encode());
  }

  String head(String branch) {
    return ostree.on(path, "rev-parse", branch);
  }

  Path signatures(String branch) {
    return object(head(branch), "commitmeta");
  }

  Path object(String checksum, String type) {
    String name = checksum.substring(2) + "." + type;
    return path.resolve("objects").resolve(checksum.substring(0, 2)).resolve(name);
  }

  /** Gives one branch the signatures of another. */
  void swapSignatures(String from, String to) throws IOException {
    Files.copy(signatures(from), signatures(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Copies what clients read first; returns the copies, to be put back with {@link #restore}. */
  Path keepSummary() throws IOException {
    Path kept = Files.createTempDirectory(temp.root(), "kept");
    for (String file : List.of("summary", "summary.sig")) {
      Files.copy(path.resolve(file), kept.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return kept;
  }

  void restore(Path kept) throws IOException {
    for (String file : List.of("summary", "summary.sig")) {
      Files.copy(kept.resolve(file), path.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void aliceExpires() {
    gpg.run("--faked-system-time", "20200102T000000!", "--quick-set-expire", alice, "4w").ok();
  }

  void aliceIsRevoked() {
    gpg.revoke(alice);
  }
}
