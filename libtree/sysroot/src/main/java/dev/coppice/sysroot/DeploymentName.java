package dev.coppice.sysroot;

import dev.coppice.core.object.Checksum;
import java.util.Optional;

/**
 * What makes a deployment one of a kind in its sysroot.
 *
 * @param stateroot the group of deployments that share {@code /var}, also called "os name"
 * @param commit the deployed commit
 * @param serial tells apart deployments of one commit, from 0
 */
public record DeploymentName(String stateroot, Checksum commit, int serial) {
  /** Reads the name of a deployment's directory, {@code COMMIT.SERIAL}; empty when it is none. */
  public static Optional<DeploymentName> ofDirectory(String stateroot, String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0 || dot + 1 == name.length() || !Checksum.isHex(name.substring(0, dot))) {
      return Optional.empty();
    }
    for (int i = dot + 1; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    try {
      int serial = Integer.parseInt(name.substring(dot + 1));
      return Optional.of(
          new DeploymentName(stateroot, Checksum.ofHex(name.substring(0, dot)), serial));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** The directory that has the deployments of a stateroot, relative to the sysroot. */
  public static String directoryOf(String stateroot) {
    return "ostree/deploy/" + stateroot + "/deploy";
  }

  /** The name of the deployment's directory. */
  public String directory() {
    return commit.hex() + "." + serial;
  }

  /** The deployment's directory, relative to the sysroot. */
  public String path() {
    return directoryOf(stateroot) + "/" + directory();
  }

  /** The deployment's origin file, relative to the sysroot. */
  public String originPath() {
    return path() + ".origin";
  }

  /** The directory of what is kept for the deployment beside it, relative to the sysroot. */
  public String backingPath() {
    return "ostree/deploy/" + stateroot + "/backing/" + directory();
  }

  @Override
  public String toString() {
    return stateroot + " " + directory();
  }
}
