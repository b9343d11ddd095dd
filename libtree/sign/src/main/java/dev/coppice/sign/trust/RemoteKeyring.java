package dev.coppice.sign.trust;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.openpgp.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The keyring of a remote, a file of the repository that gpg and the real tool read as well.
 * Source: {@code ostree_repo_remote_gpg_import}.
 */
public record RemoteKeyring(Repo repo, String remote) {
  /**
   * Adds keys. Of keys that are there already it takes over what is new: user ids, subkeys, later
   * expiry dates, revocations.
   *
   * @return how many were not there before
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when none of the keys can be used
   */
  public int add(Keyring keys) throws IOException {
    Keyring sound = keys.sound();
    if (sound.isEmpty()) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "GPG: No usable keys to import",
          keys.isEmpty()
              ? "There is no OpenPGP key in what was given"
              : "The keys have no user id that their owner signed");
    }
    Keyring before = Files.exists(file()) ? Keyring.ofFile(file()) : Keyring.empty();
    Keyring after = before.and(sound).merged();
    FileReplacement.write(file(), after.encode(), Durability.SYNCED);
    return after.size() - before.size();
  }

  private Path file() {
    return repo.path().resolve(remote + ".trustedkeys.gpg");
  }

  /**
   * The keyring of a remote of the repository or of its parents.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when there is no such remote
   */
  public static RemoteKeyring of(Repo repo, Remotes remotes, String remote) {
    if (remotes.all().stream().noneMatch(each -> each.name().equals(remote))) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "GPG: Remote \"" + remote + "\" not found",
          "List the remotes to see which are configured");
    }
    return new RemoteKeyring(repo, remote);
  }
}
