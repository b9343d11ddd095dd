package dev.coppice.cli.remote;

import dev.coppice.core.ref.RemoteName;
import dev.coppice.transfer.fetch.CookieFile;
import java.nio.file.Path;

/** Where a repository has the cookies of a remote. */
final class CookiePlace {
  private CookiePlace() {}

  static CookieFile of(Path repo, String remote) {
    return new CookieFile(repo.resolve(RemoteName.of(remote).name() + ".cookies.txt"));
  }
}
