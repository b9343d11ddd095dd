package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.cli.sign.SummaryKeys;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the summary, and deltas, are signed with. */
final class PublishSigning {
  @Mixin SummaryKeys keys = new SummaryKeys();

  @Option(names = "--sign-deltas", description = "Sign deltas with these keys as well")
  boolean deltas;

  /** What signs the summary. */
  List<Signer> signers(Context context) throws IOException {
    return keys.keys(context).signing(Keys.places(context), false).summary();
  }

  /** Those that sign deltas: there is no place for OpenPGP signatures in them. */
  List<Signer> deltaSigners(List<Signer> all) {
    List<Signer> able = all.stream().filter(each -> each.type() != SignatureType.GPG).toList();
    if (deltas && able.isEmpty()) {
      throw UsageException.messageOnly("--sign-deltas needs --sign or --sign-from-file");
    }
    return deltas ? able : List.of();
  }
}
