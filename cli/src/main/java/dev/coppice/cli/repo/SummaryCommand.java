package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.SignatureOutput;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantParseException;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRequest;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code summary}: makes the summary of a repository, or shows it. */
public final class SummaryCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin SummarySigning signing = new SummarySigning();

  @Option(
      names = {"-u", "--update"},
      description = "Update the summary")
  boolean update;

  /** Also {@code -v}, which means verbose as well, here as in the real tool. */
  @Option(names = "--view", description = "View the local summary file")
  boolean view;

  @Option(names = "--raw", description = "View the raw bytes of the summary file")
  boolean raw;

  @Option(names = "--list-metadata-keys", description = "List the available metadata keys")
  boolean listKeys;

  @Option(
      names = "--print-metadata-key",
      paramLabel = "KEY",
      description = "Print string value of metadata key")
  @Nullable String key;

  @Option(
      names = {"-m", "--add-metadata"},
      paramLabel = "KEY=VALUE",
      description = "Additional metadata field to add to the summary")
  List<String> metadata = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (update) {
        opened.requireWritable();
        new SummaryUpdate(opened).run(request(context, signing.signers(context)));
      } else if (context.verbose() || view || raw || json.json() || listKeys || key != null) {
        show(context, opened);
      } else {
        throw UsageException.messageOnly("No option specified; use -u to update summary");
      }
      return ExitCodes.OK;
    }
  }

  /** Of several options the first in this order counts, as in the real tool. */
  private void show(Context context, Repo opened) throws IOException {
    Summary summary =
        Summary.read(opened.path())
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.INPUT_INVALID,
                        "openat(summary): No such file or directory",
                        "Make one with 'summary -u'."));
    Optional<Signatures> signatures = signatures(opened);
    var output = new SummaryOutput(summary, signatures.isPresent(), json.json());
    boolean whole = view || context.verbose();
    if (raw) {
      output.raw(context.console());
    } else if (listKeys && !whole) {
      output.keys(context.console());
    } else if (key != null && !whole) {
      output.value(context.console(), key);
    } else {
      output.print(context.console());
      if (!json.json()) {
        tellOfSignatures(context, opened, summary, signatures);
      }
    }
  }

  private static Optional<Signatures> signatures(Repo opened) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(opened.path().resolve(Summary.SIGNATURE_FILE));
      return Optional.of(Signatures.parse(bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Of signatures of other types the real tool says nothing, as no key of the repository fits. */
  private void tellOfSignatures(
      Context context, Repo opened, Summary summary, Optional<Signatures> signatures)
      throws IOException {
    if (signatures.isEmpty()) {
      context.console().println("Summary is unsigned");
    } else if (signatures.get().has(SignatureType.GPG)) {
      SignatureReport report =
          signing
              .verifier(context, opened)
              .verify(summary.bytes(), signatures.get().of(SignatureType.GPG));
      context.console().println("");
      new SignatureOutput(report).text(context.console(), " on the summary");
      new SignatureOutput(report).warn(context.console());
    }
  }

  private SummaryRequest request(Context context, List<Signer> signers) {
    VariantDict added = VariantDict.builder();
    metadata.forEach(text -> add(added, text));
    Instant now = Instant.now();
    OptionalLong epoch = CommitMessage.sourceDateEpoch(context);
    Instant commit = epoch.isPresent() ? Instant.ofEpochSecond(epoch.getAsLong()) : now;
    return new SummaryRequest(added.build(), signers, new SummaryRequest.Times(now, commit));
  }

  private static void add(VariantDict added, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw UsageException.messageOnly("Missing '=' in KEY=VALUE metadata '" + text + "'");
    }
    String value = text.substring(equals + 1);
    try {
      added.put(text.substring(0, equals), Variant.parseText(null, value));
    } catch (VariantParseException e) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Error parsing variant ‘" + value + "’: : " + e.getMessage(),
          "Values are in GVariant text format: 'text' in quotes, uint32 7, true, ['a', 'b'].",
          e);
    }
  }
}
