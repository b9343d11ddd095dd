package dev.coppice.core.checkout;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.DiskChecksum;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What all tasks of one checkout share. */
final class Session {
  private final Repo repo;
  private final Checksum commit;
  private final String name;
  private final CheckoutOptions options;
  private final String labelPrefix;
  private final boolean userMode;
  private final Set<DiskChecksum.Rule> rules;
  private final Map<Checksum, DirMeta> metas = new ConcurrentHashMap<>();
  private final Progress progress;
  private final LongAdder directories = new LongAdder();
  private final LongAdder linked = new LongAdder();
  private final LongAdder copied = new LongAdder();
  private final LongAdder kept = new LongAdder();

  Session(Repo repo, CheckoutRequest request, Progress progress) {
    this.repo = repo;
    this.progress = progress;
    this.commit = request.commit();
    this.name = request.name();
    this.options = request.options();
    // Files of such a repository have no owners or attributes: nothing else makes sense.
    this.userMode = options.mode() == CheckoutMode.USER || repo.mode() == RepoMode.BARE_USER_ONLY;
    if (repo.mode() == RepoMode.BARE_USER_ONLY) {
      this.rules = Set.of(DiskChecksum.Rule.IGNORE_XATTRS, DiskChecksum.Rule.IGNORE_OWNERS);
    } else if (repo.config().disableXattrs()) {
      this.rules = Set.of(DiskChecksum.Rule.IGNORE_XATTRS);
    } else {
      this.rules = Set.of();
    }
    String prefix = options.hooks().labelPrefix();
    String base = prefix.isEmpty() ? request.subpath() : prefix;
    this.labelPrefix = base.endsWith("/") ? base : base + "/";
  }

  Repo repo() {
    return repo;
  }

  Progress progress() {
    return progress;
  }

  CheckoutOptions options() {
    return options;
  }

  boolean userMode() {
    return userMode;
  }

  boolean plainDirectoryModes() {
    return repo.mode() == RepoMode.BARE_USER_ONLY
        || options.has(CheckoutFlag.PLAIN_DIRECTORY_MODES);
  }

  /** How files of the destination are compared with objects. */
  Set<DiskChecksum.Rule> checksumRules() {
    return rules;
  }

  boolean labels() {
    return options.hooks().labels() != Labels.NONE && !repo.config().disableXattrs();
  }

  /** The label of a path of the tree, or null. */
  byte @Nullable [] label(String path, int mode) throws IOException {
    String full = labelPrefix + path.substring(1);
    if (full.length() > 1 && full.endsWith("/")) {
      full = full.substring(0, full.length() - 1);
    }
    String label = options.hooks().labels().label(full, mode);
    return label == null ? null : label.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The metadata of a directory; most directories share a few objects. */
  DirMeta meta(Checksum checksum) throws IOException {
    DirMeta meta = metas.get(checksum);
    if (meta == null) {
      meta = repo.loadMeta(checksum);
      metas.put(checksum, meta);
    }
    return meta;
  }

  void countDirectory() {
    directories.increment();
  }

  void countLinked() {
    linked.increment();
  }

  void countCopied() {
    copied.increment();
  }

  void countKept() {
    kept.increment();
  }

  CheckoutResult result() {
    return new CheckoutResult(directories.sum(), linked.sum(), copied.sum(), kept.sum());
  }

  /** The place in the destination, for messages: {@code name/usr/bin/ls}. */
  String place(String path) {
    String whole = name + path;
    return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
  }

  /** An input or output error with the place in the tree. */
  IOException failed(String path, IOException e) {
    return new IOException("Checkout of " + place(path) + ": " + e.getMessage(), e);
  }

  /** A missing object with the place in the tree that needs it. */
  CheckoutException missing(String path, MissingObjectException e) throws IOException {
    boolean partial = repo.partialCommits().state(commit) != PartialCommits.State.COMPLETE;
    return new CheckoutException(
        ErrorCode.OBJECT_MISSING,
        place(path),
        e.getMessage(),
        partial
            ? "Commit " + commit + " is only partly there: pull it again without --subpath."
            : e.nextStep(),
        e);
  }
}
