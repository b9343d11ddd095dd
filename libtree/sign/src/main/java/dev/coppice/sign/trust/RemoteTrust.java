package dev.coppice.sign.trust;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.core.repo.Remotes;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.KeyVerifier;
import dev.coppice.sign.PublicKeys;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Verifier;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.openpgp.OpenPgpVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a remote's configuration says of signatures. Source: {@code verifiers_from_config}.
 */
record RemoteTrust(Remotes remotes, String remote, KeyPlaces places) {

  /** The verifier of OpenPGP signatures, where a key asks for it. */
  Optional<TrustPolicy.OpenPgpSource> openPgp(String key, boolean fallback) {
    boolean asked =
        remotes
            .option(remote, key)
            .map(
                value ->
                    truth(value).orElseThrow(() -> invalid(key, value, "neither true nor false")))
            .orElse(fallback);
    return asked ? Optional.of(() -> new OpenPgpVerifier(keyring())) : Optional.empty();
  }

  /** The keys of a remote: its own, and those of the system where it has no keyring. */
  Keyring keyring() throws IOException {
    Keyring keys = ownKeys();
    return remotes.keyring(remote).isEmpty() ? keys.and(Keyrings.ofSystem(places)) : keys;
  }

  /** The keys in the keyring of a remote and those of {@code gpgkeypath}. */
  Keyring ownKeys() throws IOException {
    Keyring keys = Keyring.empty();
    Optional<Path> own = remotes.keyring(remote);
    if (own.isPresent()) {
      keys = keys.and(Keyring.ofFile(own.get()));
    }
    Optional<String> paths = remotes.option(remote, "gpgkeypath");
    if (paths.isPresent()) {
      for (String path : list(paths.get())) {
        keys = keys.and(Keyring.ofPath(LocalPath.parse(path)));
      }
    }
    return keys;
  }

  /** The verifiers that a key asks for: true for all types, or a list of types. */
  List<Verifier> verifiers(String key) throws IOException {
    String value = remotes.option(remote, key).orElse("");
    if (value.isEmpty()) {
      return List.of();
    }
    List<Verifier> verifiers = new ArrayList<>();
    Optional<Boolean> truth = truth(value);
    if (truth.isPresent()) {
      if (truth.get()) {
        for (SignatureType type : SignatureType.NAMED) {
          verifiers.add(new KeyVerifier(keys(type), places));
        }
      }
      return verifiers;
    }
    for (String name : list(value)) {
      SignatureType type = SignatureType.named(name);
      PublicKeys keys = keys(type);
      if (keys.isEmpty()) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "No keys found for required signapi type " + name,
            "Set verification-"
                + name
                + "-key or verification-"
                + name
                + "-file of remote "
                + remote);
      }
      verifiers.add(new KeyVerifier(keys, places));
    }
    if (verifiers.isEmpty()) {
      throw invalid(key, value, "no type of signatures");
    }
    return verifiers;
  }

  private PublicKeys keys(SignatureType type) throws IOException {
    PublicKeys keys = PublicKeys.none(type);
    String prefix = "verification-" + type.id();
    Optional<String> file = remotes.option(remote, prefix + "-file");
    if (file.isPresent()) {
      try {
        keys = keys.and(PublicKeys.ofFile(type, LocalPath.parse(file.get())));
      } catch (Failure e) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "Failed loading '" + type.id() + "' keys from '" + file.get(),
            e.getMessage(),
            e);
      }
    }
    Optional<String> inline = remotes.option(remote, prefix + "-key");
    if (inline.isPresent()) {
      try {
        keys = keys.with(inline.get());
      } catch (Failure e) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "Failed loading '" + type.id() + "' keys from inline `verification-key`",
            e.getMessage(),
            e);
      }
    }
    return keys;
  }

  private static Optional<Boolean> truth(String value) {
    return switch (value) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static List<String> list(String value) {
    String separator = value.contains(";") ? ";" : ",";
    return List.of(value.split(separator)).stream().filter(word -> !word.isEmpty()).toList();
  }

  private Failure invalid(String key, String value, String what) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        "Remote \"" + remote + "\": value '" + value + "' of " + key + " is " + what,
        "Correct it in the configuration of the remote");
  }
}
