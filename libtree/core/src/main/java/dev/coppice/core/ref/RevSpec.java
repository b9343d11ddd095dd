package dev.coppice.core.ref;

import dev.coppice.core.object.Checksum;

/**
 * A revision as users write it: a checksum, a shortened checksum, a ref, {@code remote:ref}, any of
 * them followed by {@code ^} for the parent, as often as wanted.
 */
public sealed interface RevSpec {
  /**
   * A whole checksum.
   *
   * @param checksum the commit
   */
  record Exact(Checksum checksum) implements RevSpec {
    @Override
    public String toString() {
      return checksum.hex();
    }
  }

  /**
   * A ref, or the first digits of a checksum where it can be read so: every shortened checksum is a
   * possible ref as well, and commits are looked for first.
   *
   * @param spec the ref
   */
  record Named(RefSpec spec) implements RevSpec {
    /** Whether this may be a shortened checksum. */
    public boolean maybePartial() {
      return spec instanceof RefSpec.Local local && Checksum.isHexPrefix(local.ref().name());
    }

    @Override
    public String toString() {
      return spec.toString();
    }
  }

  /**
   * The parent of another revision.
   *
   * @param of the child
   */
  record Parent(RevSpec of) implements RevSpec {
    @Override
    public String toString() {
      return of + "^";
    }
  }

  /**
   * Parses a revision.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  static RevSpec parse(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '^') {
      end--;
    }
    String base = text.substring(0, end);
    RevSpec rev =
        Checksum.isHex(base) ? new Exact(Checksum.ofHex(base)) : new Named(RefSpec.parse(base));
    for (int i = end; i < text.length(); i++) {
      rev = new Parent(rev);
    }
    return rev;
  }
}
