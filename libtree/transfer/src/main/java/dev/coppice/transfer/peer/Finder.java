package dev.coppice.transfer.peer;

import java.util.Arrays;
import java.util.Optional;

/** Where somebody who has a ref is looked for. */
public enum Finder {
  /** Remotes that are configured for a collection. */
  CONFIG("config", "OstreeRepoFinderConfig", 100),
  /** Machines on the local network that announce repositories. */
  LAN("lan", "OstreeRepoFinderAvahi", 60),
  /** Drives that are mounted. */
  MOUNT("mount", "OstreeRepoFinderMount", 50);

  private final String id;
  private final String typeName;
  private final int priority;

  Finder(String id, String typeName, int priority) {
    this.id = id;
    this.typeName = typeName;
    this.priority = priority;
  }

  /** The name in configuration and on command lines. */
  public String id() {
    return id;
  }

  /** The name that ostree prints. */
  public String typeName() {
    return typeName;
  }

  /** What is found with a lower one is nearer, and is asked first. */
  public int priority() {
    return priority;
  }

  /** The finder of this name. */
  public static Optional<Finder> named(String id) {
    return Arrays.stream(values()).filter(finder -> finder.id.equals(id)).findFirst();
  }
}
