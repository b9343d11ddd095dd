package dev.coppice.sign;

import dev.coppice.core.io.LocalPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where keys of the system are found.
 *
 * @param root what stands before the system's directories: {@code /}, or another root
 * @param environment environment variables
 */
public record KeyPlaces(Path root, Map<String, String> environment) {
  public KeyPlaces {
    environment = Map.copyOf(environment);
  }

  /** Those of the running system. */
  public static KeyPlaces system() {
    return new KeyPlaces(Path.of("/"), System.getenv());
  }

  /** The directories of keys that are not OpenPGP's: what the administrator set comes first. */
  public List<Path> directories() {
    return List.of(root.resolve("etc/ostree"), root.resolve("usr/share/ostree"));
  }

  /** The directory of keyrings that count where a remote has none of its own. */
  public Path keyrings() {
    String home = environment.get("OSTREE_GPG_HOME");
    return home == null ? root.resolve("usr/share/ostree/trusted.gpg.d") : LocalPath.parse(home);
  }

  /** Whether signatures of the type for tests are allowed. */
  public boolean dummyAllowed() {
    return "1".equals(environment.get("OSTREE_DUMMY_SIGN_ENABLED"));
  }
}
