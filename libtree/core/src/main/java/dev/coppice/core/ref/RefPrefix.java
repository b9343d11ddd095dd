package dev.coppice.core.ref;

import java.util.Optional;

/**
 * Which refs a listing shows: all of them, those of one remote, or those at or below a name. A
 * prefix ends at a slash: {@code fed} does not fit {@code fedora/base}.
 *
 * @param remote the remote, or empty for refs of this repository
 * @param path the name at or below which refs are listed, or empty for all of that place
 * @param everywhere whether refs of this repository and of all remotes are listed; the other
 *     components are empty then
 */
public record RefPrefix(Optional<RemoteName> remote, Optional<RefName> path, boolean everywhere) {
  /** Every ref. */
  public static final RefPrefix ALL = new RefPrefix(Optional.empty(), Optional.empty(), true);

  /** The refs of this repository, without those of remotes. */
  public static final RefPrefix LOCAL = new RefPrefix(Optional.empty(), Optional.empty(), false);

  /**
   * Parses {@code ref}, {@code remote:ref}, {@code remote:} or {@code remote:.}.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  public static RefPrefix parse(String text) {
    int colon = text.lastIndexOf(':');
    String rest = text.substring(colon + 1);
    if (colon >= 0
        && (rest.isEmpty() || rest.equals("."))
        && RemoteName.isValid(text.substring(0, colon))) {
      var remote = new RemoteName(text.substring(0, colon));
      return new RefPrefix(Optional.of(remote), Optional.empty(), false);
    }
    return at(RefSpec.parse(text));
  }

  /** Refs at or below {@code spec}. */
  public static RefPrefix at(RefSpec spec) {
    Optional<RemoteName> remote =
        switch (spec) {
          case RefSpec.Local local -> Optional.empty();
          case RefSpec.Remote there -> Optional.of(there.remote());
        };
    return new RefPrefix(remote, Optional.of(spec.ref()), false);
  }

  /** What a listing shows that leaves the prefix out; a ref equal to the prefix is shown whole. */
  public RefSpec cut(RefSpec spec) {
    if (path.isEmpty() || spec.ref().equals(path.get())) {
      return spec;
    }
    var rest = new RefName(spec.ref().name().substring(path.get().name().length() + 1));
    return switch (spec) {
      case RefSpec.Local local -> new RefSpec.Local(rest);
      case RefSpec.Remote there -> new RefSpec.Remote(there.remote(), rest);
    };
  }
}
