package dev.coppice.cli.remote;

import dev.coppice.cli.frame.Context;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.openpgp.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Where OpenPGP keys are imported from. */
record GpgKeySource(Context context) {
  /** The keys in files. */
  Keyring files(List<String> names) throws IOException {
    Keyring keys = Keyring.empty();
    for (String name : names) {
      try {
        keys = keys.and(Keyring.ofFile(context.path(name)));
      } catch (NoSuchFileException e) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Error opening file " + name + ": No such file or directory",
            "Name a file of exported public keys",
            e);
      }
    }
    return keys;
  }

  /** The keys on standard input. */
  Keyring standardInput() throws IOException {
    byte[] bytes = context.environment().stdin().readAllBytes();
    return bytes.length == 0 ? Keyring.empty() : Keyring.of(bytes, "standard input");
  }

  /** The keys that gpg has of the user. */
  Keyring personal() throws IOException {
    String named = context.environment().variable("GNUPGHOME");
    String home = context.environment().variable("HOME");
    Path directory = named.isEmpty() ? context.path(home).resolve(".gnupg") : context.path(named);
    return Files.isDirectory(directory) ? Keyring.ofHome(directory) : Keyring.empty();
  }

  /**
   * Those that are named; all where none is.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when a name fits none
   */
  static Keyring selected(Keyring keys, List<String> names) {
    if (names.isEmpty()) {
      return keys;
    }
    Keyring selected = Keyring.empty();
    for (String name : names) {
      Keyring found = keys.matching(name);
      if (found.isEmpty()) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "GPG: Unable to find key \"" + name + "\"",
            "Name a key by its fingerprint, key id or mail address; 'gpg --show-keys FILE' lists"
                + " those in a file");
      }
      selected = selected.and(found);
    }
    return selected;
  }

  /** Says how many keys were imported. */
  void tell(int imported, String remote) {
    String keys = imported == 1 ? " GPG key" : " GPG keys";
    context.console().println("Imported " + imported + keys + " to remote \"" + remote + "\"");
  }
}
