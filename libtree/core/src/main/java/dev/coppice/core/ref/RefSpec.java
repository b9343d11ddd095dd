package dev.coppice.core.ref;

import dev.coppice.posix.PosixNames;

/** A ref as users write it: {@code ref}, or {@code remote:ref} for what a remote had. */
public sealed interface RefSpec extends RefAddress, Comparable<RefSpec> {
  /**
   * A ref of this repository.
   *
   * @param ref its name
   */
  record Local(RefName ref) implements RefSpec {
    @Override
    public String toString() {
      return ref.name();
    }
  }

  /**
   * A ref of a remote, as of the last pull.
   *
   * @param remote the remote
   * @param ref its name there
   */
  record Remote(RemoteName remote, RefName ref) implements RefSpec {
    @Override
    public String toString() {
      return remote + ":" + ref;
    }
  }

  /**
   * Parses {@code ref} or {@code remote:ref}.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  static RefSpec parse(String text) {
    int colon = text.indexOf(':');
    String ref = text.substring(colon + 1);
    if (!RefSyntax.isRef(ref) || (colon >= 0 && !RemoteName.isValid(text.substring(0, colon)))) {
      throw RefSyntax.invalid("refspec", text);
    }
    return colon < 0
        ? local(ref)
        : new Remote(new RemoteName(text.substring(0, colon)), new RefName(ref));
  }

  /** A ref of this repository. */
  static RefSpec local(String ref) {
    return new Local(RefName.of(ref));
  }

  /** The order of the text's UTF-8 bytes. */
  @Override
  default int compareTo(RefSpec other) {
    return PosixNames.BYTE_ORDER.compare(toString(), other.toString());
  }
}
