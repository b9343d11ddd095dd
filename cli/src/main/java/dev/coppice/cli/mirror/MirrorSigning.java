package dev.coppice.cli.mirror;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.SigningKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signatures a mirror has. */
final class MirrorSigning {
  @Option(
      names = "--upstream-summary",
      description = "Take over the summary of the remote, with its signatures")
  boolean upstream;

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
      names = "--sign-from-file",
      paramLabel = "PATH",
      description = "Sign the summary with the first key in this file")
  List<String> keyFiles = new ArrayList<>();

  @Option(
      names = "--sign-type",
      paramLabel = "NAME",
      description = "Signature type to use (defaults to 'ed25519')")
  @Nullable String type;

  @Option(
      names = "--sign-commits",
      description = "Add signatures of these keys to the commits as well")
  boolean commits;

  Signing signing(Context context) throws IOException {
    var given =
        new SigningKeys(
            Keys.type(type),
            keys,
            keyFiles.stream().map(context::path).toList(),
            gpgKeys,
            Optional.ofNullable(gpgHome).map(context::path));
    if (upstream) {
      if (!given.isEmpty() || commits) {
        throw UsageException.messageOnly(
            "--upstream-summary takes over signatures; it cannot be given with keys to sign with");
      }
      return new Signing.Upstream();
    }
    if (commits && given.isEmpty()) {
      throw UsageException.messageOnly(
          "--sign-commits needs --sign, --sign-from-file or --gpg-sign");
    }
    return given.signing(Keys.places(context), commits);
  }
}
