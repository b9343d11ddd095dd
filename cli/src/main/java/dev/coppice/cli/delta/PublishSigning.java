package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.mirror.SigningKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the summary, and deltas, are signed with. */
final class PublishSigning {
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

  @Option(names = "--sign-deltas", description = "Sign deltas with these keys as well")
  boolean deltas;

  /** What signs the summary. */
  List<Signer> signers(Context context) throws IOException {
    return new SigningKeys(
            Keys.type(type),
            keys,
            keyFiles.stream().map(context::path).toList(),
            gpgKeys,
            Optional.ofNullable(gpgHome).map(context::path))
        .signing(Keys.places(context), false)
        .summary();
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
