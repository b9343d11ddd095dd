package dev.coppice.core.commit;

import java.nio.file.Path;

/** Where the SELinux policy is that labels the tree. */
public sealed interface Labeling {
  /** In a root file system. */
  record Root(Path path) implements Labeling {}

  /** In the base, or without one in the first source. */
  record Base() implements Labeling {}
}
