package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.checkout.CheckoutFilter;
import dev.coppice.core.checkout.CheckoutFlag;
import dev.coppice.core.checkout.CheckoutHooks;
import dev.coppice.core.checkout.CheckoutMode;
import dev.coppice.core.checkout.CheckoutOptions;
import dev.coppice.core.checkout.Labels;
import dev.coppice.core.checkout.LinkListener;
import dev.coppice.core.checkout.Linking;
import dev.coppice.core.checkout.Overwrite;
import dev.coppice.core.selinux.RootFiles;
import dev.coppice.core.selinux.SelinuxPolicy;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of {@code checkout} that say how; {@link CheckoutCommand} has those that say what.
 */
final class CheckoutSettings {
  @Option(
      names = {"-U", "--user-mode"},
      description = "Do not change file ownership or initialize extended attributes")
  boolean userMode;

  @Option(
      names = "--disable-cache",
      description = "Do not update or use the internal repository uncompressed object cache")
  boolean disableCache;

  @Option(names = "--union", description = "Keep existing directories, overwrite existing files")
  boolean union;

  @Option(names = "--union-add", description = "Keep existing files/directories, only add new")
  boolean unionAdd;

  @Option(
      names = "--union-identical",
      description =
          "When layering checkouts, error out if a file would be replaced with a different version,"
              + " but add new files and directories")
  boolean unionIdentical;

  @Option(names = "--whiteouts", description = "Process 'whiteout' (Docker style) entries")
  boolean whiteouts;

  @Option(
      names = "--process-passthrough-whiteouts",
      description = "Enable overlayfs whiteout extraction into char 0:0 devices")
  boolean passthroughWhiteouts;

  @Option(
      names = {"-H", "--require-hardlinks"},
      description = "Do not fall back to full copies if hardlinking fails")
  boolean requireHardlinks;

  @Option(
      names = {"-z", "--force-copy-zerosized"},
      hidden = true,
      description = "Do not hardlink zero-sized files")
  boolean forceCopyZerosized;

  @Option(
      names = {"-C", "--force-copy"},
      description = "Never hardlink (but may reflink if available)")
  boolean forceCopy;

  @Option(
      names = {"-M", "--bareuseronly-dirs"},
      description =
          "Suppress mode bits outside of 0775 for directories (suid, world writable, etc.)")
  boolean bareUserOnlyDirs;

  @Option(
      names = "--skip-list",
      paramLabel = "FILE",
      description = "File containing list of files to skip")
  @Nullable String skipList;

  @Option(
      names = "--selinux-policy",
      paramLabel = "PATH",
      description =
          "Set SELinux labels based on policy in root filesystem PATH (may be /); implies"
              + " --force-copy")
  @Nullable String selinuxPolicy;

  @Option(
      names = "--selinux-prefix",
      paramLabel = "PREFIX",
      description = "When setting SELinux labels, prefix all paths by PREFIX")
  @Nullable String selinuxPrefix;

  /**
   * Whether nothing is set that came to ostree after the cache of uncompressed objects, which only
   * its oldest way of checking out uses.
   */
  boolean isPlain() {
    return !(disableCache
        || whiteouts
        || passthroughWhiteouts
        || requireHardlinks
        || unionAdd
        || unionIdentical
        || forceCopy
        || forceCopyZerosized
        || bareUserOnlyDirs
        || skipList != null
        || selinuxPolicy != null
        || selinuxPrefix != null);
  }

  /** What the options say. */
  CheckoutOptions options(Context context) throws IOException {
    checkCombination();
    CheckoutOptions options = CheckoutOptions.DEFAULT.with(linking()).with(overwrite());
    if (userMode) {
      options = options.with(CheckoutMode.USER);
    }
    if (isPlain()) {
      options = options.with(CheckoutFlag.UNCOMPRESSED_CACHE);
    }
    if (whiteouts) {
      options = options.with(CheckoutFlag.WHITEOUTS);
    }
    if (passthroughWhiteouts) {
      options = options.with(CheckoutFlag.PASSTHROUGH_WHITEOUTS);
    }
    if (bareUserOnlyDirs) {
      options = options.with(CheckoutFlag.PLAIN_DIRECTORY_MODES);
    }
    return options.with(hooks(context));
  }

  private void checkCombination() {
    exclude(union && unionAdd, "--union", "--union-add");
    exclude(union && unionIdentical, "--union", "--union-identical");
    exclude(unionAdd && unionIdentical, "--union-add", "--union-identical");
    exclude(
        requireHardlinks && (forceCopy || selinuxPolicy != null),
        "--require-hardlinks",
        "--force-copy");
    if (selinuxPrefix != null && selinuxPolicy == null) {
      throw UsageException.messageOnly("Cannot specify --selinux-prefix without --selinux-policy");
    }
    if (unionIdentical && !requireHardlinks) {
      throw UsageException.messageOnly("--union-identical requires --require-hardlinks");
    }
  }

  private static void exclude(boolean both, String one, String other) {
    if (both) {
      throw UsageException.messageOnly("Cannot specify both " + one + " and " + other);
    }
  }

  private Linking linking() {
    if (requireHardlinks) {
      return Linking.REQUIRED;
    }
    return forceCopy || selinuxPolicy != null ? Linking.COPY : Linking.PREFERRED;
  }

  private Overwrite overwrite() {
    if (union) {
      return Overwrite.REPLACE_FILES;
    }
    if (unionAdd) {
      return Overwrite.KEEP_FILES;
    }
    return unionIdentical ? Overwrite.ONLY_IDENTICAL : Overwrite.REFUSE;
  }

  private CheckoutHooks hooks(Context context) throws IOException {
    Labels labels = Labels.NONE;
    if (selinuxPolicy != null) {
      var policy = SelinuxPolicy.load(new RootFiles(context.path(selinuxPolicy)));
      // A root without a policy labels nothing, and the labels of the commit stay.
      labels = policy.isPresent() ? policy.get()::label : Labels.NONE;
    }
    return new CheckoutHooks(
        filter(context), LinkListener.NONE, labels, selinuxPrefix == null ? "" : selinuxPrefix);
  }

  private CheckoutFilter filter(Context context) throws IOException {
    if (skipList == null) {
      return CheckoutFilter.NONE;
    }
    String text = PosixNames.decode(Files.readAllBytes(context.path(skipList)));
    Set<String> skipped = text.lines().filter(line -> !line.isEmpty()).collect(Collectors.toSet());
    return skipped::contains;
  }
}
