package dev.coppice.testdata;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Repositories and listings that a real ostree made, its version beside them. The script {@code
 * testdata/make-golden} says what they hold and makes them anew.
 */
public enum Golden {
  /**
   * The tree the repositories hold at {@code main^}, to commit from: modes, owners, extended
   * attributes, links. Needs root to be unpacked as it is.
   */
  TREE("tree"),
  /**
   * An {@code archive} repository: {@code main} and its parent with sizes, a local, a remote and a
   * collection ref, the alias {@code stable/alias}, a tombstone, the partial commit {@code
   * partial}.
   */
  ARCHIVE("archive"),
  /** A {@code bare} repository: {@code main} and its parent. Needs root to be unpacked as it is. */
  BARE("bare"),
  /** A {@code bare-user} repository: {@code main} and its parent. */
  BARE_USER("bare-user"),
  /** A {@code bare-user-only} repository: {@code main} and its parent. */
  BARE_USER_ONLY("bare-user-only");

  private final String id;

  Golden(String id) {
    this.id = id;
  }

  /** The name in resources, and the mode of a repository. */
  public String id() {
    return id;
  }

  /**
   * Unpacks it into a directory, which is made; returns that directory. The running test is skipped
   * where root is needed and missing.
   */
  public Path unpack(Path target) {
    if (this == TREE || this == BARE) {
      Root.require();
    }
    try {
      Files.createDirectories(target);
      Path archive = Files.createTempFile("golden-", ".tar.gz");
      try {
        Files.write(archive, bytes(id + ".tar.gz"));
        Programs.run(
                "tar",
                "-C",
                target.toString(),
                "--xattrs",
                "--xattrs-include=*",
                "--numeric-owner",
                "-pxzf",
                archive.toString())
            .ok();
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /** What {@code ostree ls -RCX main} printed on this repository. */
  public String listing() {
    return text(id + ".ls-RCX.txt");
  }

  /** What {@code ostree log main} printed on this repository. */
  public String log() {
    return text(id + ".log.txt");
  }

  /**
   * The checksum of a commit in this repository: {@code main} or {@code main^}; in {@link #ARCHIVE}
   * also {@code tombstone} and {@code partial}.
   */
  public String commit(String name) {
    var commits = new Properties();
    try {
      commits.load(new StringReader(text("commits.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String checksum = commits.getProperty(id + "." + name);
    if (checksum == null) {
      throw new IllegalArgumentException("no golden commit " + id + "." + name);
    }
    return checksum;
  }

  /** What the real tool that made all this printed as its version. */
  public static String toolVersion() {
    return text("ostree-version.txt");
  }

  /** A file below {@code golden/} of the resources, as text. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** A file below {@code golden/} of the resources. */
  public static byte[] bytes(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
