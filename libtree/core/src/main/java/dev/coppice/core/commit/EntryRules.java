package dev.coppice.core.commit;

import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.selinux.SelinuxPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the changes that a request asks for do to one entry after the other, in the order of the
 * real tool: owner, executables, statoverride, skip list, canonical permissions. For one thread.
 *
 * <p>A line of a list works once. Directories are asked about twice by the real tool, which uses up
 * an addition of statoverride before the metadata is made, so additions have no effect on
 * directories below the root; the same input has to give the same checksum, so they have none here.
 * Source: {@code commit_filter}, {@code _ostree_repo_commit_modifier_apply}.
 */
final class EntryRules {
  private static final int EXECUTABLE = 0111;
  private static final int WRITABLE = 0222;
  private static final int CANONICAL_FILE = FileMode.REGULAR | 0755;
  private static final int CANONICAL_DIRECTORY = FileMode.DIRECTORY | 0755;

  private final Changes changes;
  private final boolean active;
  private final boolean canonical;
  private final boolean readOnlyExecutables;
  private final boolean xattrs;
  private final boolean tarXattrs;
  private final boolean labelUsrEtc;
  private volatile @Nullable SelinuxPolicy labeler;
  private final Map<String, Integer> additions = new HashMap<>();
  private final Map<String, Integer> replacements = new HashMap<>();
  private final Set<String> skipped = new HashSet<>();

  /**
   * @param flags of the request, with those that the repository's mode implies
   * @param repoXattrs whether the repository takes extended attributes at all
   */
  EntryRules(Changes changes, Set<CommitFlag> flags, boolean repoXattrs) {
    this.changes = changes;
    this.canonical = flags.contains(CommitFlag.CANONICAL_PERMISSIONS);
    this.readOnlyExecutables = flags.contains(CommitFlag.READ_ONLY_EXECUTABLES);
    this.labelUsrEtc = flags.contains(CommitFlag.LABEL_USR_ETC_AS_ETC);
    this.tarXattrs = !flags.contains(CommitFlag.NO_XATTRS);
    this.xattrs = repoXattrs && tarXattrs && !canonical;
    changes
        .statOverrides()
        .ifPresent(
            overrides -> {
              additions.putAll(overrides.additions());
              replacements.putAll(overrides.replacements());
            });
    changes.skipList().ifPresent(list -> skipped.addAll(list.paths()));
    this.active =
        flags.stream().anyMatch(EntryRules::touchesEntries)
            || !changes.owner().isKept()
            || changes.statOverrides().isPresent()
            || changes.skipList().isPresent()
            || changes.labeling().isPresent();
  }

  private static boolean touchesEntries(CommitFlag flag) {
    return switch (flag) {
      case CANONICAL_PERMISSIONS,
          READ_ONLY_EXECUTABLES,
          NO_XATTRS,
          LABEL_USR_ETC_AS_ETC,
          DEVINO_CANONICAL,
          CONSUME,
          GENERATE_SIZES ->
          true;
      case LINK_CHECKOUT_SPEEDUP, SKIP_IF_UNCHANGED, BOOTABLE, GENERATE_COMPOSEFS_DIGEST -> false;
    };
  }

  /** Whether anything at all may be changed; if not, trees of commits are taken as they are. */
  boolean isActive() {
    return active;
  }

  /** Whether attributes of files and directories are read. */
  boolean readsXattrs() {
    return xattrs;
  }

  /** Whether attributes in archives are read; canonical permissions do not forbid that. */
  boolean readsTarXattrs() {
    return tarXattrs;
  }

  /** Whether a directory below the root is in the tree; uses up what the lists say of it. */
  boolean admitsDirectory(String path) {
    additions.remove(path);
    return !skipped.remove(path);
  }

  /**
   * The attributes of an entry in the tree, or null when it is left out.
   *
   * @param path absolute, with the root of the tree as /
   */
  @Nullable Attributes apply(String path, Attributes attributes) {
    if (!active) {
      return attributes;
    }
    Changes.Owner owner = changes.owner();
    Attributes result =
        attributes.withOwner(
            owner.uid().orElse(attributes.uid()), owner.gid().orElse(attributes.gid()));
    int mode = result.mode();
    if (readOnlyExecutables && result.isRegular() && (mode & EXECUTABLE) != 0) {
      mode &= ~WRITABLE;
    }
    Integer addition = additions.remove(path);
    if (addition != null) {
      mode |= addition;
    } else {
      Integer replacement = replacements.get(path);
      if (replacement != null) {
        mode = (mode & FileMode.TYPE) | replacement;
      }
    }
    if (skipped.remove(path)) {
      return null;
    }
    result = result.withMode(mode);
    return canonical ? canonical(result, attributes) : result;
  }

  private static Attributes canonical(Attributes changed, Attributes original) {
    int mode = changed.mode();
    if (original.isRegular()) {
      mode &= CANONICAL_FILE;
    } else if (original.isDirectory()) {
      mode &= CANONICAL_DIRECTORY;
    }
    return new Attributes(0, 0, mode);
  }

  /** Whether entries get a label. */
  boolean labels() {
    return labeler != null;
  }

  /** Sets what labels entries from now on. */
  void labelWith(SelinuxPolicy policy) {
    labeler = policy;
  }

  /**
   * The extended attributes that an entry gets, from those it has. For several threads.
   *
   * @param mode of which only the type counts
   */
  Xattrs finish(String path, int mode, Xattrs original) {
    SelinuxPolicy policy = labeler;
    if (policy == null) {
      return original;
    }
    boolean underUsr = path.equals("/usr/etc") || path.startsWith("/usr/etc/");
    String label = policy.label(labelUsrEtc && underUsr ? path.substring(4) : path, mode);
    if (label == null) {
      return original;
    }
    byte[] value = (label + "\0").getBytes(StandardCharsets.UTF_8);
    return original.with("security.selinux", value);
  }

  /**
   * Checks that everything the lists name was there.
   *
   * @throws UnmatchedPathsException when something was not
   */
  void checkUsedUp() {
    if (!additions.isEmpty()) {
      throw new UnmatchedPathsException("statoverride", sorted(additions.keySet()));
    }
    if (!skipped.isEmpty()) {
      throw new UnmatchedPathsException("skip-list", sorted(skipped));
    }
  }

  private static List<String> sorted(Set<String> paths) {
    var list = new ArrayList<>(paths);
    list.sort(null);
    return list;
  }
}
