package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.commit.CommitSealer;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for signing the commit that is made. */
final class CommitSigning {
  @Option(
      names = "--gpg-sign",
      paramLabel = "KEY-ID",
      description = "GPG Key ID to sign the commit with")
  List<String> gpgKeys = new ArrayList<>();

  @Option(
      names = "--gpg-homedir",
      paramLabel = "HOMEDIR",
      description = "GPG Homedir to use when looking for keyrings")
  @Nullable String gpgHome;

  @Option(names = "--sign", paramLabel = "KEY_ID", description = "Sign the commit with")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--sign-from-file",
      paramLabel = "PATH",
      description = "Sign the commit with key from the provided file")
  List<String> keyFiles = new ArrayList<>();

  @Option(
      names = "--sign-type",
      paramLabel = "NAME",
      description = "Signature type to use (defaults to 'ed25519')")
  @Nullable String type;

  /**
   * What signs the commit. Keys are looked up before any work is done.
   *
   * @throws Failure when a key cannot be used
   */
  CommitSealer sealer(Context context) throws IOException {
    List<Signer> signers = new ArrayList<>();
    if (!keys.isEmpty() || !keyFiles.isEmpty()) {
      signers.addAll(Keys.signers(context, Keys.type(type), keys, keyFiles));
    }
    signers.addAll(Keys.gpgKeys(context, gpgHome, gpgKeys));
    return signers.isEmpty()
        ? CommitSealer.NONE
        : (commit, detached) ->
            Optional.of(Signatures.parse(detached).signedBy(signers, commit).encode());
  }
}
