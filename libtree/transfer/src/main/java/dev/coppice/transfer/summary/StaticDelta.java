package dev.coppice.transfer.summary;

import dev.coppice.core.object.Checksum;
import java.util.Base64;
import java.util.Optional;

/**
 * The name of a static delta: from which commit, if any, to which. Names of files are base64
 * without padding, slashes as underscores. Source: {@code static_delta_path_base}.
 */
public record StaticDelta(Optional<Checksum> from, Checksum to) {
  /** Characters of 32 bytes in base64 without padding. */
  static final int NAME = 43;

  /** Characters of a name that are the directory above. */
  static final int FANOUT = 2;

  /** Reads the two directories of a delta as one word; empty for what is no delta. */
  static Optional<StaticDelta> parse(String name) {
    int dash = name.indexOf('-');
    Optional<Checksum> to = checksum(name.substring(dash + 1));
    if (to.isEmpty()) {
      return Optional.empty();
    }
    if (dash < 0) {
      return Optional.of(new StaticDelta(Optional.empty(), to.get()));
    }
    return checksum(name.substring(0, dash))
        .map(from -> new StaticDelta(Optional.of(from), to.get()));
  }

  /** The checksum that a word of base64 means. */
  static Optional<Checksum> checksum(String name) {
    if (name.length() != NAME) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checksum.of(Base64.getDecoder().decode(name.replace('_', '/'))));
    } catch (IllegalArgumentException e) {
      // Some other directory, which is nobody's delta.
      return Optional.empty();
    }
  }

  /** A checksum as part of a path. */
  static String name(Checksum checksum) {
    return Base64.getEncoder().withoutPadding().encodeToString(checksum.bytes()).replace('/', '_');
  }

  /**
   * Reads the name in summaries and indexes; empty for what is none.
   *
   * @param key {@code FROM-TO} or {@code TO}, in hexadecimal digits
   */
  public static Optional<StaticDelta> ofKey(String key) {
    int dash = key.indexOf('-');
    String to = key.substring(dash + 1);
    if (!Checksum.isHex(to) || (dash >= 0 && !Checksum.isHex(key.substring(0, dash)))) {
      return Optional.empty();
    }
    Optional<Checksum> from =
        dash < 0 ? Optional.empty() : Optional.of(Checksum.ofHex(key.substring(0, dash)));
    return Optional.of(new StaticDelta(from, Checksum.ofHex(to)));
  }

  /** The directory of its files in a repository. */
  public String directory() {
    String name = from.map(checksum -> name(checksum) + "-").orElse("") + name(to);
    return "deltas/" + name.substring(0, FANOUT) + "/" + name.substring(FANOUT);
  }

  /** Where its superblock is in a repository. */
  public String superblock() {
    return directory() + "/superblock";
  }

  /** The name in summaries and indexes: {@code FROM-TO} or {@code TO}, in hexadecimal digits. */
  public String key() {
    return from.map(checksum -> checksum.hex() + "-").orElse("") + to.hex();
  }
}
