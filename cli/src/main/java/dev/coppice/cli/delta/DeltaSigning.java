package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for signing a delta. */
final class DeltaSigning {
  @Option(names = "--sign", paramLabel = "KEY_ID", description = "Sign the delta with")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--sign-type",
      paramLabel = "NAME",
      description = "Signature type to use (defaults to 'ed25519')")
  @Nullable String type;

  @Option(names = "--keys-file", paramLabel = "NAME", description = "Read key(s) from file")
  @Nullable String keysFile;

  /**
   * What signs the delta: the keys that are named, then all of the file.
   *
   * @throws Failure when a key cannot be used
   */
  List<Signer> signers(Context context) throws IOException {
    SignatureType named = Keys.type(type);
    List<Signer> signers = new ArrayList<>(Keys.signers(context, named, keys, List.of()));
    if (keysFile != null) {
      Path path = context.path(keysFile);
      if (!Files.isRegularFile(path)) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "File object '" + keysFile + "' is not a regular file",
            "Name a file with one secret key on each line.");
      }
      signers.addAll(new Signers(named, Keys.places(context)).ofFile(path));
    }
    return signers;
  }
}
