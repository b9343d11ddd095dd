package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Verifier;
import dev.coppice.sign.openpgp.OpenPgpVerifier;
import dev.coppice.sign.trust.Keyrings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for signing the summary that is made, and for verifying the one that is there. */
final class SummarySigning {
  @Option(
      names = "--gpg-sign",
      paramLabel = "KEY-ID",
      description = "GPG Key ID to sign the summary with")
  List<String> gpgKeys = new ArrayList<>();

  @Option(
      names = "--gpg-homedir",
      paramLabel = "HOMEDIR",
      description = "GPG Homedir to use when looking for keyrings")
  @Nullable String gpgHome;

  @Option(names = "--sign", paramLabel = "KEY-ID", description = "Key ID to sign the summary with")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--sign-type",
      paramLabel = "NAME",
      description = "Signature type to use (defaults to 'ed25519')")
  @Nullable String type;

  /** What signs the summary, OpenPGP first, as with the real tool. */
  List<Signer> signers(Context context) throws IOException {
    List<Signer> signers = new ArrayList<>(Keys.gpgKeys(context, gpgHome, gpgKeys));
    if (!keys.isEmpty()) {
      signers.addAll(Keys.signers(context, Keys.type(type), keys, List.of()));
    }
    return signers;
  }

  /** The verifier of OpenPGP signatures of what is in a repository already. */
  Verifier verifier(Context context, Repo repo) throws IOException {
    return new OpenPgpVerifier(
        Keyrings.ofRepository(repo, Keys.places(context), Keys.directory(context, gpgHome)));
  }
}
