package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.config.SizeText;
import dev.coppice.core.config.Tristate;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.SpaceBudget.Reserve;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The configuration of a repository, read when it is asked for. Source: {@code reload_core_config}.
 *
 * @param file the key file as it stands on disk; keys that are not known here are kept by all edits
 */
public record RepoConfig(KeyFile file) {
  private static final String CORE = "core";
  private static final List<String> BOOLEANS =
      List.of(
          "enable-uncompressed-cache",
          "fsync",
          "per-object-fsync",
          "disable-xattrs",
          "locking",
          "tombstone-commits",
          "add-remotes-config-dir");
  private static final List<String> BOOTLOADERS =
      List.of("auto", "none", "grub2", "syslinux", "uboot", "zipl", "aboot");
  private static final String INTEGRITY = "ex-integrity";
  private static final String OLD_VERITY = "ex-fsverity";
  private static final int DEFAULT_FREE_PERCENT = 3;
  private static final int DEFAULT_ZLIB_LEVEL = 6;
  private static final long DEFAULT_LOCK_SECONDS = 300;
  private static final long DEFAULT_TMP_EXPIRY = 86_400;

  /**
   * Checks that this build can work with the repository.
   *
   * @throws Failure with {@link ErrorCode#REPO_INVALID}
   */
  public void check() {
    String version = file.require(CORE, "repo_version");
    if (!version.equals("1")) {
      throw new Failure(
          ErrorCode.REPO_INVALID,
          "Invalid repository version '" + version + "' in " + file.source(),
          "This build knows version 1 only.");
    }
    if (file.bool(CORE, "archive", false)) {
      throw new Failure(
          ErrorCode.REPO_INVALID,
          "The repository of " + file.source() + " is of the abolished kind 'archive'",
          "Make a new repository with mode archive-z2 and pull into it.");
    }
    mode();
    composefs();
    verity();
  }

  /**
   * Checks every value that is known here, so that a wrong one is refused when it is set and not
   * when it is needed.
   *
   * @throws dev.coppice.core.failure.TreeException that names key and value
   */
  public void checkAll() {
    check();
    for (String key : BOOLEANS) {
      file.bool(CORE, key);
    }
    lockTimeout();
    tmpExpirySeconds();
    zlibLevel();
    collection();
    payloadLinkThreshold();
    reserve();
    file.string("sysroot", "bootloader")
        .filter(loader -> !BOOTLOADERS.contains(loader))
        .ifPresent(
            loader -> {
              throw new Failure(
                  ErrorCode.CONFIG_INVALID,
                  "Invalid bootloader configuration: '" + loader + "'",
                  "Known bootloaders: " + String.join(", ", BOOTLOADERS));
            });
  }

  /** How file objects are kept. */
  public RepoMode mode() {
    String mode = file.string(CORE, "mode").orElse("bare");
    return RepoMode.parse(mode)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.REPO_INVALID,
                    "Invalid mode '" + mode + "' in repository configuration " + file.source(),
                    "Known modes: bare, bare-user, bare-user-only, archive-z2,"
                        + " bare-split-xattrs."));
  }

  /** A repository that has the objects this one lacks. */
  public Optional<Path> parent() {
    return file.string(CORE, "parent").filter(path -> !path.isEmpty()).map(LocalPath::parse);
  }

  /** When data is forced to disk. */
  public FsyncPolicy fsync() {
    if (!file.bool(CORE, "fsync", true)) {
      return FsyncPolicy.NONE;
    }
    return file.bool(CORE, "per-object-fsync", false)
        ? FsyncPolicy.PER_OBJECT
        : FsyncPolicy.BATCHED;
  }

  /** Whether extended attributes are neither read nor written. */
  public boolean disableXattrs() {
    return file.bool(CORE, "disable-xattrs", false);
  }

  /** Whether an archive repository may keep uncompressed files for checkouts of users. */
  public boolean uncompressedCache() {
    return file.bool(CORE, "enable-uncompressed-cache", true);
  }

  /** How long to wait for the lock; empty: no locking at all; negative: for ever. */
  public Optional<Duration> lockTimeout() {
    if (!file.bool(CORE, "locking", true)) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(number(CORE, "lock-timeout-secs", DEFAULT_LOCK_SECONDS)));
  }

  /** Seconds after which a temporary file is nobody's. */
  public long tmpExpirySeconds() {
    return number(CORE, "tmp-expiry-secs", DEFAULT_TMP_EXPIRY);
  }

  /** Level of compression in archive repositories, 1 to 9. */
  public int zlibLevel() {
    return (int) Math.clamp(number("archive", "zlib-level", DEFAULT_ZLIB_LEVEL), 1, 9);
  }

  /** The collection of this repository's own refs. */
  public Optional<CollectionId> collection() {
    return file.string(CORE, "collection-id").filter(id -> !id.isEmpty()).map(CollectionId::of);
  }

  /** Whether deleting a commit leaves a mark that says so. */
  public boolean tombstoneCommits() {
    return file.bool(CORE, "tombstone-commits", false);
  }

  /** Files of at least this size get a payload link; empty: none does. */
  public OptionalLong payloadLinkThreshold() {
    // -1, the default, is read as an unsigned number: larger than any file.
    long threshold = number(CORE, "payload-link-threshold", -1);
    return threshold < 0 ? OptionalLong.empty() : OptionalLong.of(threshold);
  }

  /** What to keep free on the file system. An absolute size wins over a percentage. */
  public Reserve reserve() {
    Optional<String> size = file.string(CORE, "min-free-space-size");
    if (size.isPresent()) {
      long bytes =
          SizeText.bytes(size.get())
              .orElseThrow(
                  () -> file.wrong(CORE, "min-free-space-size", size.get(), SizeText.EXPECTED));
      if (bytes > 0) {
        return new Reserve("min-free-space-size " + size.get(), bytes, 0);
      }
    }
    long percent =
        number(CORE, "min-free-space-percent", size.isPresent() ? 0 : DEFAULT_FREE_PERCENT);
    if (percent < 0 || percent > 99) {
      throw file.wrong(
          CORE, "min-free-space-percent", Long.toString(percent), "a number from 0 to 99");
    }
    return percent == 0
        ? Reserve.NOTHING
        : new Reserve("min-free-space-percent '" + percent + "%'", 0, (int) percent);
  }

  /** Whether systems of this repository boot from composefs images. */
  public Tristate composefs() {
    return file.tristate(INTEGRITY, "composefs").orElse(Tristate.NO);
  }

  /**
   * Whether the kernel is to check the content of objects: where it can if composefs is wanted.
   * Source: {@code _ostree_repo_parse_fsverity_config}.
   */
  public Tristate verity() {
    Tristate implied = composefs() == Tristate.NO ? Tristate.NO : Tristate.MAYBE;
    Tristate wanted = file.tristate(INTEGRITY, "fsverity").orElse(implied);
    if (wanted != Tristate.NO) {
      return wanted;
    }
    // Names of a setting of long ago.
    if (file.bool(OLD_VERITY, "required", false)) {
      return Tristate.YES;
    }
    return file.bool(OLD_VERITY, "opportunistic", false) ? Tristate.MAYBE : Tristate.NO;
  }

  private long number(String group, String key, long fallback) {
    Optional<String> text = file.string(group, key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      return Long.parseLong(text.get().strip());
    } catch (NumberFormatException e) {
      throw file.wrong(group, key, text.get(), "a number");
    }
  }
}
