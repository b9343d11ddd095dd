package dev.coppice.cli.peer;

import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A repository of a collection with the branches {@code main} and {@code other}, whose commits
 * Alice has signed, and repositories that know her key; made by a real ostree.
 */
record SignedCollection(RealOstree real, Gpg gpg, TempTree temp, String alice) {
  static final String ID = "org.example.Os";

  /** Makes the repository, without a summary. */
  static SignedCollection make(RealOstree real, Gpg gpg, TempTree temp, Path origin)
      throws IOException {
    String alice = gpg.key("Alice <alice@example.org>");
    Files.write(temp.path("alice.gpg"), gpg.export(alice));
    Files.createDirectories(origin.getParent());
    real.on(origin, "init", "--mode=archive", "--collection-id=" + ID);
    for (String branch : new String[] {"main", "other"}) {
      temp.tree("tree").file("usr/share/" + branch, branch).symlink("usr/" + branch, "share");
      real.on(
          origin,
          "commit",
          "--branch=" + branch,
          "--gpg-sign=" + alice,
          "--gpg-homedir=" + gpg.home(),
          temp.path("tree").toString());
    }
    return new SignedCollection(real, gpg, temp, alice);
  }

  /** A repository that knows Alice's key, and {@code os}, a remote of the collection. */
  Path client(String name, String mode, String url) {
    Path client = temp.path(name);
    real.on(client, "init", "--mode=" + mode);
    real.on(
        client,
        "remote",
        "add",
        "os",
        url,
        "--collection-id=" + ID,
        "--gpg-import=" + temp.path("alice.gpg"));
    return client;
  }
}
