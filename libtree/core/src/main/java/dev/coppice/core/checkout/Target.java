package dev.coppice.core.checkout;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;

/** A file object and the name it is to get. */
record Target(OpenDirectory directory, String name, Checksum checksum) {
  Fd fd() {
    return directory.fd();
  }

  /** From the root of the checkout. */
  String path() {
    return directory.path() + name;
  }

  /** Where in the destination, for messages. */
  String place() {
    return directory.place(path());
  }

  /** The same object under another name. */
  Target named(String other) {
    return new Target(directory, other, checksum);
  }
}
