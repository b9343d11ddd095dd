package dev.coppice.cli.sign;

import dev.coppice.cli.frame.Context;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import dev.coppice.sign.openpgp.GpgHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signers of the keys on a command line. */
public final class Keys {
  private Keys() {}

  /** Where the keys of this system are found. */
  public static KeyPlaces places(Context context) {
    return new KeyPlaces(Path.of("/"), context.environment().variables());
  }

  /** The type that {@code --sign-type} names; {@code ed25519} if nothing does. */
  public static SignatureType type(@Nullable String name) {
    return name == null ? SignatureType.ED25519 : SignatureType.named(name);
  }

  /** The signers of keys, and of the first key in each file. */
  public static List<Signer> signers(
      Context context, SignatureType type, List<String> keys, List<String> files)
      throws IOException {
    var signers = new Signers(type, places(context));
    List<Signer> all = new ArrayList<>();
    for (String key : keys) {
      all.add(signers.of(key));
    }
    for (String file : files) {
      all.add(signers.ofFile(context.path(file)).getFirst());
    }
    return all;
  }

  /** The secret keys of gpg, in a directory of its own where one is named. */
  public static List<GpgHome.SecretKey> gpgKeys(
      Context context, @Nullable String home, List<String> ids) throws IOException {
    var gpg = new GpgHome(directory(context, home));
    List<GpgHome.SecretKey> keys = new ArrayList<>();
    for (String id : ids) {
      keys.add(gpg.key(id));
    }
    return keys;
  }

  /** The directory that {@code --gpg-homedir} names. */
  public static Optional<Path> directory(Context context, @Nullable String home) {
    return Optional.ofNullable(home).map(context::path).map(Path::toAbsolutePath);
  }
}
