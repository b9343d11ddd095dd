package dev.coppice.cli.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options for signing a summary, which is not there yet: each is refused, because a summary that
 * its user thinks is signed is worse than none.
 */
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

  /**
   * Refuses what was given.
   *
   * @throws Failure when anything was
   */
  void refuse() {
    refuse("--gpg-sign", !gpgKeys.isEmpty());
    refuse("--gpg-homedir", gpgHome != null);
    refuse("--sign", !keys.isEmpty());
    refuse("--sign-type", type != null);
  }

  private static void refuse(String option, boolean given) {
    if (given) {
      throw new Failure(
          ErrorCode.USAGE,
          option + " is not supported yet: summaries cannot be signed by this build",
          "Make the summary and its signature with another OSTree until then.");
    }
  }
}
