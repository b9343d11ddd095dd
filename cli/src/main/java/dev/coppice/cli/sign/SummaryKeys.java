package dev.coppice.cli.sign;

import dev.coppice.cli.frame.Context;
import dev.coppice.transfer.mirror.SigningKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin of commands of our own that sign a summary: the keys. */
public final class SummaryKeys {
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

  /** The keys that are named. */
  public SigningKeys keys(Context context) {
    return new SigningKeys(
        Keys.type(type),
        keys,
        keyFiles.stream().map(context::path).toList(),
        gpgKeys,
        Optional.ofNullable(gpgHome).map(context::path));
  }
}
