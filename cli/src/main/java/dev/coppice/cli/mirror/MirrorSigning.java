package dev.coppice.cli.mirror;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.cli.sign.SummaryKeys;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.SigningKeys;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose signatures a mirror has. */
final class MirrorSigning {
  @Option(
      names = "--upstream-summary",
      description = "Take over the summary of the remote, with its signatures")
  boolean upstream;

  @Mixin SummaryKeys keys = new SummaryKeys();

  @Option(
      names = "--sign-commits",
      description = "Add signatures of these keys to the commits as well")
  boolean commits;

  Signing signing(Context context) throws IOException {
    SigningKeys given = keys.keys(context);
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
