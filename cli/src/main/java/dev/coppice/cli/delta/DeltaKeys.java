package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.sign.Keys;
import dev.coppice.cli.sign.Verification;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.transfer.delta.SignedSuperblock;
import dev.coppice.transfer.delta.SuperblockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys the signatures of a delta are held against. */
final class DeltaKeys {
  @Option(
      names = "--sign-type",
      paramLabel = "NAME",
      description = "Signature type to use (defaults to 'ed25519')")
  @Nullable String type;

  @Option(names = "--keys-file", paramLabel = "NAME", description = "Read keys from file")
  @Nullable String file;

  @Option(
      names = "--keys-dir",
      paramLabel = "NAME",
      description =
          "Redefine system-wide directories with public and revoked keys for verification")
  @Nullable String directory;

  /** Whether keys other than those of the system are named. */
  boolean given() {
    return file != null || directory != null;
  }

  /**
   * Holds a delta's signatures against keys.
   *
   * @param named keys of the command line
   * @throws Failure when there is no signature
   */
  Verification.Judgement judge(SuperblockFile delta, List<String> named, Context context)
      throws IOException {
    SignatureType signatures = Keys.type(type);
    SignedSuperblock signed = delta.signed().orElseThrow(() -> unsigned(delta));
    return new Verification(named, path(context, file), path(context, directory))
        .judge(
            signatures,
            Keys.places(context),
            new Verification.Subject(
                "no signature for '" + signatures.metadataKey() + "' in static-delta superblock",
                signed.superblock().asBytes(),
                Signatures.parse(signed.signatures().serialized())));
  }

  /** The failure when a delta has no signature. */
  static Failure unsigned(SuperblockFile delta) {
    return new Failure(
        ErrorCode.SIGNATURE_MISSING,
        "Static delta " + delta.superblock().name() + " is not signed",
        "Have it made anew with 'static-delta generate --sign'.");
  }

  private static Optional<Path> path(Context context, @Nullable String name) {
    return Optional.ofNullable(name).map(context::path);
  }
}
