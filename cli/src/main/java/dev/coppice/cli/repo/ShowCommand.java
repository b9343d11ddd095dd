package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.ShownSignatures;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: an object, or one part of a commit. */
public final class ShowCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--print-related", description = "Show the \"related\" commits")
  boolean related;

  @Option(
      names = "--print-variant-type",
      paramLabel = "TYPE",
      description = "Memory map OBJECT (in this case a filename) to the GVariant type string")
  @Nullable String variantType;

  @Option(names = "--list-metadata-keys", description = "List the available metadata keys")
  boolean listKeys;

  @Option(
      names = "--print-metadata-key",
      paramLabel = "KEY",
      description = "Print string value of metadata key")
  @Nullable String key;

  @Option(
      names = "--print-hex",
      description = "For byte array valued keys, output an unquoted hexadecimal string")
  boolean hex;

  @Option(
      names = "--list-detached-metadata-keys",
      description = "List the available detached metadata keys")
  boolean listDetachedKeys;

  @Option(
      names = "--print-detached-metadata-key",
      paramLabel = "KEY",
      description = "Print string value of detached metadata key")
  @Nullable String detachedKey;

  @Option(names = "--print-sizes", description = "Show the commit size metadata")
  boolean sizes;

  @Option(names = "--raw", description = "Show raw variant data")
  boolean raw;

  @Option(
      names = {"-B", "--no-byteswap"},
      description = "Do not automatically convert variant data from big endian")
  boolean noByteswap;

  @Option(
      names = "--gpg-homedir",
      paramLabel = "HOMEDIR",
      description = "GPG Homedir to use when looking for keyrings")
  @Nullable String gpgHomedir;

  @Option(
      names = "--gpg-verify-remote",
      paramLabel = "REMOTE",
      description = "Use REMOTE name for GPG configuration")
  @Nullable String gpgRemote;

  @Parameters(paramLabel = "OBJECT", arity = "0..1", description = "Revision or checksum")
  @Nullable String object;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (object == null) {
        throw UsageException.withUsage("An object argument is required");
      }
      show(context, opened, object);
      return ExitCodes.OK;
    }
  }

  /** Of several options the first in this order counts, as in the real tool. */
  private void show(Context context, Repo opened, String object) throws IOException {
    var output = new ShowOutput(context.console(), json.json());
    if (detachedKey != null) {
      ShownMetadata.detached(opened, object).value(detachedKey, valueForm()).print(output);
    } else if (key != null) {
      ShownMetadata.ofCommit(opened, object).value(key, valueForm()).print(output);
    } else if (listKeys || listDetachedKeys) {
      (listDetachedKeys
              ? ShownMetadata.detached(opened, object)
              : ShownMetadata.ofCommit(opened, object))
          .keys()
          .print(output);
    } else if (related) {
      ShownParts.Related.of(opened, object).print(output);
    } else if (variantType != null) {
      ShownParts.Value.ofFile(context.path(object), variantType).print(output);
    } else if (sizes) {
      ShownParts.Sizes.of(opened, object).print(output);
    } else {
      var signatures = new ShownSignatures(context, opened, gpgHomedir, gpgRemote);
      new ShownObjects(opened, objectForm(), signatures).print(object, output);
    }
  }

  private ShownMetadata.Form valueForm() {
    return new ShownMetadata.Form(hex, !noByteswap);
  }

  private ShownObjects.Form objectForm() {
    if (noByteswap) {
      return ShownObjects.Form.UNSWAPPED;
    }
    return raw ? ShownObjects.Form.RAW : ShownObjects.Form.READABLE;
  }
}
