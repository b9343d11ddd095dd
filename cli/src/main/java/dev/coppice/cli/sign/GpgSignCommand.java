package dev.coppice.cli.sign;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.CommitSignatures;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.openpgp.GpgHome;
import dev.coppice.sign.openpgp.SignatureOwners;
import dev.coppice.sign.trust.Keyrings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gpg-sign}: adds OpenPGP signatures to a commit, or takes them away. */
@Command(customSynopsis = "COMMIT KEY-ID...")
public final class GpgSignCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(
      names = {"-d", "--delete"},
      description = "Delete signatures having any of the GPG KEY-IDs")
  boolean delete;

  @Option(
      names = "--gpg-homedir",
      paramLabel = "HOMEDIR",
      description = "GPG Homedir to use when looking for keyrings")
  @Nullable String home;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The commit and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("Need a COMMIT to sign");
      }
      if (words.size() == 1) {
        throw UsageException.withUsage("Need at least one GPG KEY-ID to sign with");
      }
      Checksum commit = opened.resolve(words.getFirst());
      List<String> keys = words.subList(1, words.size());
      CommitSignatures there = CommitSignatures.read(opened, commit);
      if (delete) {
        int deleted = delete(context, there, keys);
        context.console().println("Signatures deleted: " + deleted);
      } else {
        sign(there, Keys.gpgKeys(context, home, keys), keys);
      }
      return ExitCodes.OK;
    }
  }

  private static void sign(CommitSignatures there, List<GpgHome.SecretKey> keys, List<String> names)
      throws IOException {
    for (int i = 0; i < keys.size(); i++) {
      boolean again = keys.subList(0, i).contains(keys.get(i));
      if (again || keys.get(i).isIn(there.signatures())) {
        throw new Failure(
            ErrorCode.USAGE,
            "Commit is already signed with GPG key " + names.get(i),
            "Nothing was changed. 'gpg-sign --delete' takes the signature away");
      }
    }
    there.sign(keys);
  }

  private int delete(Context context, CommitSignatures there, List<String> names)
      throws IOException {
    var owners =
        new SignatureOwners(
            Keyrings.ofRepository(
                there.repo(), Keys.places(context), Keys.directory(context, home)));
    Signatures left = there.signatures();
    int deleted = 0;
    for (int i = left.of(SignatureType.GPG).size() - 1; i >= 0; i--) {
      if (owners.isByAny(left.of(SignatureType.GPG).get(i), names)) {
        left = left.without(SignatureType.GPG, i);
        deleted++;
      }
    }
    if (deleted > 0) {
      there.replace(left);
    }
    return deleted;
  }
}
