package dev.coppice.transfer.peer;

import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Somewhere that refs of a collection were found. */
public sealed interface Place {
  /** The configured remote of the collection: its keys count. */
  String remote();

  /** The collection that it may give refs of, which is the one of its remote. */
  CollectionId collection();

  /** What found it. */
  Finder finder();

  /** The name of the remote that it is, or would be if it were configured. */
  String name();

  /** A remote of the configuration. */
  record Configured(String remote, CollectionId collection) implements Place {
    @Override
    public Finder finder() {
      return Finder.CONFIG;
    }

    @Override
    public String name() {
      return remote;
    }
  }

  /**
   * A repository on a drive.
   *
   * @param repository its directory, without symbolic links
   */
  record OnDrive(Path repository, String remote, CollectionId collection) implements Place {
    @Override
    public Finder finder() {
      return Finder.MOUNT;
    }

    @Override
    public String name() {
      return dynamicName("file://" + repository, remote);
    }
  }

  /**
   * A repository that a machine on the local network announced.
   *
   * @param url an address of HTTP
   */
  record OnNetwork(String url, String remote, CollectionId collection) implements Place {
    @Override
    public Finder finder() {
      return Finder.LAN;
    }

    @Override
    public String name() {
      return dynamicName(url, remote);
    }

    /** What fetches from it. */
    RemoteAccess open(Repo repo, RemoteAccess.Overrides overrides) throws IOException {
      return RemoteAccess.ofStranger(
          repo, new RemoteAccess.Stranger(url, name(), remote, collection), overrides);
    }
  }

  /** The file of the keys that its commits must be signed with. */
  default String keyring() {
    return remote() + ".trustedkeys.gpg";
  }

  /** Source: {@code uri_and_keyring_to_name}. */
  private static String dynamicName(String url, String remote) {
    var name = new StringBuilder();
    for (byte each : (url + "_" + remote + ".trustedkeys.gpg").getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_%02X", (int) c));
    }
    return name.toString();
  }
}
