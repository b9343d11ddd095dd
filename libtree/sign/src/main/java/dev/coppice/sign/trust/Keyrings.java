package dev.coppice.sign.trust;

import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.openpgp.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which OpenPGP keys count where. Source: {@code _ostree_repo_gpg_prepare_verifier}. */
public final class Keyrings {
  private Keyrings() {}

  /** The keys of the system: all keyrings of one directory, if it is there. */
  public static Keyring ofSystem(KeyPlaces places) throws IOException {
    return Files.isDirectory(places.keyrings())
        ? Keyring.ofDirectory(places.keyrings())
        : Keyring.empty();
  }

  /**
   * The keys for signatures of what is in a repository already: those of all its remotes, those of
   * the system, and those in a directory of gpg.
   */
  public static Keyring ofRepository(Repo repo, KeyPlaces places, Optional<Path> home)
      throws IOException {
    Keyring keys = Keyring.ofDirectory(repo.path()).and(ofSystem(places));
    return home.isPresent() ? keys.and(Keyring.ofHome(home.get())) : keys;
  }

  /** The keys for what comes from a remote: its own, or those of the system where it has none. */
  public static Keyring ofRemote(Remotes remotes, String remote, KeyPlaces places)
      throws IOException {
    return new RemoteTrust(remotes, remote, places).keyring();
  }

  /** A remote's own keys: its keyring and those that {@code gpgkeypath} names. */
  public static Keyring ownedBy(Remotes remotes, String remote, KeyPlaces places)
      throws IOException {
    return new RemoteTrust(remotes, remote, places).ownKeys();
  }
}
