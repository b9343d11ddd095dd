package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.commit.Changes;
import dev.coppice.core.commit.CommitFlag;
import dev.coppice.core.commit.Labeling;
import dev.coppice.core.commit.SkipList;
import dev.coppice.core.commit.StatOverrides;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code commit} that change what is committed. */
final class CommitChanges {
  @Option(names = "--owner-uid", paramLabel = "UID", description = "Set file ownership user id")
  int uid = -1;

  @Option(names = "--owner-gid", paramLabel = "GID", description = "Set file ownership group id")
  int gid = -1;

  @Option(
      names = "--canonical-permissions",
      description = "Canonicalize permissions in the same way bare-user does for hardlinked files")
  boolean canonical;

  @Option(names = "--mode-ro-executables", description = "Ensure executable files are not writable")
  boolean readOnlyExecutables;

  @Option(names = "--no-xattrs", description = "Do not import extended attributes")
  boolean noXattrs;

  @Option(
      names = "--statoverride",
      paramLabel = "PATH",
      description = "File containing list of modifications to make to permissions")
  @Nullable String statOverrides;

  @Option(
      names = "--skip-list",
      paramLabel = "PATH",
      description = "File containing list of files to skip")
  @Nullable String skipList;

  @Option(
      names = "--selinux-policy",
      paramLabel = "PATH",
      description = "Set SELinux labels based on policy in root filesystem PATH (may be /)")
  @Nullable String policy;

  @Option(
      names = {"-P", "--selinux-policy-from-base"},
      description = "Set SELinux labels based on first --tree argument")
  boolean policyFromBase;

  @Option(
      names = "--selinux-labeling-epoch",
      paramLabel = "EPOCH",
      description =
          "Configure the default SELinux labeling rules; 0 is the default, 1 enables labeling"
              + " /usr/etc as /etc")
  int epoch;

  @Option(
      names = "--link-checkout-speedup",
      description = "Optimize for commits of trees composed of hardlinks into the repository")
  boolean links;

  @Option(
      names = {"-I", "--devino-canonical"},
      description = "Assume hardlinked objects are unmodified.  Implies --link-checkout-speedup")
  boolean devinoCanonical;

  @Option(
      names = "--consume",
      description = "Consume (delete) content after commit (for local directories)")
  boolean consume;

  /** What is changed. */
  Changes changes(Context context) throws IOException {
    checkConflicts();
    Optional<StatOverrides> overrides =
        statOverrides == null
            ? Optional.empty()
            : Optional.of(StatOverrides.parse(TextFile.read(context.path(statOverrides))));
    Optional<SkipList> skipped =
        skipList == null
            ? Optional.empty()
            : Optional.of(SkipList.parse(TextFile.read(context.path(skipList))));
    Labeling labeling =
        policy != null
            ? new Labeling.Root(context.path(policy))
            : policyFromBase ? new Labeling.Base() : null;
    return new Changes(
        new Changes.Owner(given(uid), given(gid)),
        overrides,
        skipped,
        Optional.ofNullable(labeling));
  }

  private void checkConflicts() {
    if (canonical && uid > 0) {
      throw UsageException.messageOnly(
          "Cannot specify both --canonical-permissions and non-zero --owner-uid");
    }
    if (canonical && gid > 0) {
      throw UsageException.messageOnly(
          "Cannot specify both --canonical-permissions and non-zero --owner-gid");
    }
    if (policy != null && policyFromBase) {
      throw UsageException.messageOnly(
          "Cannot specify both --selinux-policy and --selinux-policy-from-base");
    }
    if (epoch != 0 && epoch != 1) {
      throw UsageException.messageOnly("Unknown SELinux labeling epoch: " + epoch);
    }
  }

  /** As with the real tool, a negative number is none. */
  private static OptionalInt given(int id) {
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The flags among these options. */
  Set<CommitFlag> flags() {
    Set<CommitFlag> flags = EnumSet.noneOf(CommitFlag.class);
    add(flags, CommitFlag.CANONICAL_PERMISSIONS, canonical);
    add(flags, CommitFlag.READ_ONLY_EXECUTABLES, readOnlyExecutables);
    add(flags, CommitFlag.NO_XATTRS, noXattrs);
    add(flags, CommitFlag.LABEL_USR_ETC_AS_ETC, epoch == 1);
    add(flags, CommitFlag.LINK_CHECKOUT_SPEEDUP, links);
    add(flags, CommitFlag.DEVINO_CANONICAL, devinoCanonical);
    add(flags, CommitFlag.CONSUME, consume);
    return flags;
  }

  private static void add(Set<CommitFlag> flags, CommitFlag flag, boolean wanted) {
    if (wanted) {
      flags.add(flag);
    }
  }
}
