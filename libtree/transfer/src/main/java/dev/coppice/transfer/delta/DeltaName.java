package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * The name of a static delta: from which commit, if any, to which. Names of files are base64
 * without padding, slashes as underscores. Source: {@code static_delta_path_base}.
 */
public record DeltaName(Optional<Checksum> from, Checksum to) implements Comparable<DeltaName> {
  /** Characters of 32 bytes in base64 without padding. */
  static final int NAME = 43;

  /** Characters of a name that are the directory above. */
  static final int FANOUT = 2;

  private static final Comparator<DeltaName> ORDER =
      Comparator.comparing(DeltaName::to)
          .thenComparing(name -> name.from().map(Checksum::hex).orElse(""));

  /** A delta between two commits. */
  public static DeltaName between(Checksum from, Checksum to) {
    return new DeltaName(Optional.of(from), to);
  }

  /** A delta that needs no other commit. */
  public static DeltaName fromScratch(Checksum to) {
    return new DeltaName(Optional.empty(), to);
  }

  /** Reads the two directories of a delta as one word; empty for what is no delta. */
  public static Optional<DeltaName> ofDirectory(String name) {
    int dash = name.indexOf('-');
    Optional<Checksum> to = checksum(name.substring(dash + 1));
    if (to.isEmpty()) {
      return Optional.empty();
    }
    if (dash < 0) {
      return Optional.of(fromScratch(to.get()));
    }
    return checksum(name.substring(0, dash)).map(from -> between(from, to.get()));
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
  public static Optional<DeltaName> ofKey(String key) {
    int dash = key.indexOf('-');
    String to = key.substring(dash + 1);
    if (!Checksum.isHex(to) || (dash >= 0 && !Checksum.isHex(key.substring(0, dash)))) {
      return Optional.empty();
    }
    Optional<Checksum> from =
        dash < 0 ? Optional.empty() : Optional.of(Checksum.ofHex(key.substring(0, dash)));
    return Optional.of(new DeltaName(from, Checksum.ofHex(to)));
  }

  /**
   * Reads what a user writes.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID}
   */
  public static DeltaName parse(String text) {
    return ofKey(text)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.INPUT_INVALID,
                    "'" + text + "' is not the name of a static delta",
                    "Name it FROM-TO or TO, by whole checksums, as 'static-delta list' does."));
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

  /** Where a part is in a repository; also the key of a part inside of the superblock. */
  public String part(int number) {
    return directory() + "/" + number;
  }

  /** The key of the commit's detached metadata inside of the superblock. */
  public String commitmeta() {
    return directory() + "/commitmeta";
  }

  /** Where the index of all deltas to its commit is in a repository. */
  public String index() {
    return index(to);
  }

  /** Where the index of all deltas to a commit is in a repository. */
  public static String index(Checksum to) {
    String name = name(to);
    return DeltaIndexes.DIRECTORY
        + "/"
        + name.substring(0, FANOUT)
        + "/"
        + name.substring(FANOUT)
        + DeltaIndexes.SUFFIX;
  }

  /** The name in summaries and indexes: {@code FROM-TO} or {@code TO}, in hexadecimal digits. */
  public String key() {
    return from.map(checksum -> checksum.hex() + "-").orElse("") + to.hex();
  }

  @Override
  public int compareTo(DeltaName other) {
    return ORDER.compare(this, other);
  }

  /** As {@link #key}. */
  @Override
  public String toString() {
    return key();
  }
}
