package dev.coppice.cli.sign;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.CommitSignatures;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sign}: adds signatures to a commit, takes them away, or verifies them. */
@Command(customSynopsis = "COMMIT KEY-ID...")
public final class SignCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = {"-d", "--delete"},
      description = "Delete signatures having any of the KEY-IDs")
  boolean delete;

  @Option(names = "--verify", description = "Verify signatures")
  boolean verify;

  @Option(
      names = {"-s", "--sign-type"},
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

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The commit and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      checkShape();
      Checksum commit = opened.resolve(words.getFirst());
      SignatureType signatures = Keys.type(type);
      CommitSignatures there = CommitSignatures.read(opened, commit);
      List<String> keys = words.subList(1, words.size());
      if (verify) {
        var places = Keys.places(context);
        verification(context, keys).run(signatures, places, there).print(context, json);
      } else if (delete) {
        int deleted = verification(context, keys).delete(signatures, Keys.places(context), there);
        context.console().println("Signatures deleted: " + deleted);
      } else {
        there.sign(signers(context, signatures, keys));
      }
      return ExitCodes.OK;
    }
  }

  private void checkShape() {
    if (words.isEmpty()) {
      throw UsageException.withUsage("Need a COMMIT to sign or verify");
    }
    if (!verify && file == null && words.size() == 1) {
      throw UsageException.withUsage("Need at least one KEY-ID to sign with");
    }
    if (verify && delete) {
      throw UsageException.withUsage("Can only specify one of --verify and --delete");
    }
  }

  private Verification verification(Context context, List<String> keys) {
    return new Verification(keys, path(context, file), path(context, directory));
  }

  private List<Signer> signers(Context context, SignatureType signatures, List<String> keys)
      throws IOException {
    List<Signer> signers = Keys.signers(context, signatures, keys, List.of());
    if (file != null) {
      signers.addAll(new Signers(signatures, Keys.places(context)).ofFile(context.path(file)));
    }
    return signers;
  }

  private static Optional<Path> path(Context context, @Nullable String name) {
    return Optional.ofNullable(name).map(context::path);
  }
}
