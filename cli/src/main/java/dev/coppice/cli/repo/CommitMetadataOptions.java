package dev.coppice.cli.repo;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.commit.CommitFlag;
import dev.coppice.core.commit.CommitMetadata;
import dev.coppice.core.commit.CommitMetadata.Entry;
import dev.coppice.core.commit.CommitMetadata.RefBindings;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of {@code commit} that go into its metadata. */
final class CommitMetadataOptions {
  @Option(
      names = "--add-metadata-string",
      paramLabel = "KEY=VALUE",
      description = "Add a key/value pair to metadata")
  List<String> strings = new ArrayList<>();

  @Option(
      names = "--add-metadata",
      paramLabel = "KEY=VALUE",
      description =
          "Add a key/value pair to metadata, where the KEY is a string, and VALUE is in GVariant"
              + " Text Format")
  List<String> variants = new ArrayList<>();

  @Option(
      names = "--keep-metadata",
      paramLabel = "KEY",
      description = "Keep metadata KEY and its associated VALUE from parent")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--add-detached-metadata-string",
      paramLabel = "KEY=VALUE",
      description = "Add a key/value pair to detached metadata")
  List<String> detached = new ArrayList<>();

  @Option(names = "--no-bindings", description = "Do not write any ref bindings")
  boolean noBindings;

  @Option(
      names = "--bind-ref",
      paramLabel = "BRANCH",
      description = "Add a ref to ref binding commit metadata")
  List<String> bindRefs = new ArrayList<>();

  @Option(
      names = "--bootable",
      description = "Flag this commit as a bootable OSTree (e.g. contains a Linux kernel)")
  boolean bootable;

  @Option(
      names = "--generate-sizes",
      description = "Generate size information along with commit metadata")
  boolean sizes;

  @Option(
      names = "--generate-composefs-metadata",
      description = "Generate composefs commit metadata")
  boolean composefs;

  /** The metadata that was asked for. */
  CommitMetadata metadata(boolean mayHaveParent) {
    if (!keep.isEmpty() && !mayHaveParent) {
      throw UsageException.messageOnly(
          "Either --branch or --parent must be specified when using --keep-metadata");
    }
    List<Entry> entries = new ArrayList<>();
    strings.forEach(text -> entries.add(string(text)));
    variants.forEach(text -> entries.add(variant(text)));
    return new CommitMetadata(
        entries,
        keep,
        detached.stream().map(CommitMetadataOptions::string).toList(),
        noBindings ? Optional.empty() : Optional.of(new RefBindings(bindRefs)));
  }

  /** Adds what is no entry. */
  void addFlags(Set<CommitFlag> flags) {
    if (bootable) {
      flags.add(CommitFlag.BOOTABLE);
    }
    if (sizes) {
      flags.add(CommitFlag.GENERATE_SIZES);
    }
    if (composefs) {
      flags.add(CommitFlag.GENERATE_COMPOSEFS_DIGEST);
    }
  }

  private static Entry string(String text) {
    int equals = equalsIn(text);
    return new Entry(text.substring(0, equals), Variant.ofString(text.substring(equals + 1)));
  }

  private static Entry variant(String text) {
    int equals = equalsIn(text);
    try {
      return new Entry(
          text.substring(0, equals), Variant.parseText(null, text.substring(equals + 1)));
    } catch (VariantParseException e) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Parsing " + text + ": " + e.getMessage(),
          "Values are in GVariant text format: 'text' in quotes, uint32 7, true, ['a', 'b'].",
          e);
    }
  }

  private static int equalsIn(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw UsageException.messageOnly("Missing '=' in KEY=VALUE metadata '" + text + "'");
    }
    return equals;
  }
}
