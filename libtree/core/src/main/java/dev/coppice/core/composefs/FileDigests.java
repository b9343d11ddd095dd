package dev.coppice.core.composefs;

/** Which files of an image get the digest that their content must have. */
public enum FileDigests {
  /** None: whoever mounts the image trusts the objects. */
  NONE,
  /**
   * Those on which the kernel enforces it, as far as the repository keeps plain files: what an
   * image of this machine can say without reading them.
   */
  WHERE_ENFORCED,
  /** All; computed from the content where the kernel does not know it. */
  ALL
}
