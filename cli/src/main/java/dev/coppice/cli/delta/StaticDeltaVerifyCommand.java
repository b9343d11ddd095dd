package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.cli.sign.SignatureOutput;
import dev.coppice.cli.sign.Verification;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.transfer.delta.SignedSuperblock;
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

/** {@code static-delta verify}: whether a delta has a signature of a trusted key. */
@Command(customSynopsis = "STATIC-DELTA-FILE [KEY-ID...]")
public final class StaticDeltaVerifyCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

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

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The delta and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("DELTA must be specified");
      }
      SignatureType signatures = Keys.type(type);
      DeltaFile delta = DeltaFile.read(words.getFirst(), opened, context);
      SignedSuperblock signed = delta.content().signed().orElseThrow(() -> unsigned(delta));
      Verification.Judgement judgement =
          new Verification(
                  words.subList(1, words.size()), path(context, file), path(context, directory))
              .judge(
                  signatures,
                  Keys.places(context),
                  new Verification.Subject(
                      "no signature for '"
                          + signatures.metadataKey()
                          + "' in static-delta superblock",
                      signed.superblock().asBytes(),
                      Signatures.parse(signed.signatures().serialized())));
      print(context, delta, judgement);
      return ExitCodes.OK;
    }
  }

  private void print(Context context, DeltaFile delta, Verification.Judgement judgement) {
    Failure refusal = judgement.refusal();
    if (json.json()) {
      JsonWriter out = json.writer(context).object();
      out.field("delta", delta.content().superblock().name().key());
      out.field("verified", refusal == null).array("signatures");
      new SignatureOutput(judgement.report()).elements(out);
      out.end().end();
    } else {
      context.console().println("Verification " + (refusal == null ? "OK" : "fails"));
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private static Failure unsigned(DeltaFile delta) {
    return new Failure(
        ErrorCode.SIGNATURE_MISSING,
        "Static delta " + delta.content().superblock().name() + " is not signed",
        "Make it anew with 'static-delta generate --sign'.");
  }

  private static Optional<Path> path(Context context, @Nullable String name) {
    return Optional.ofNullable(name).map(context::path);
  }
}
