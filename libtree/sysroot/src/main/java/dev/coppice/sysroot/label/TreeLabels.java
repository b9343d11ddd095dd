package dev.coppice.sysroot.label;

import dev.coppice.core.checkout.Labels;
import dev.coppice.core.selinux.OpenRootFiles;
import dev.coppice.core.selinux.SelinuxPolicy;
import dev.coppice.posix.Beneath;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.Xattrs;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The labels that a root's policy gives; none where it has no policy or SELinux is disabled in it.
 *
 * <p>Files are labelled on machines without SELinux, too: it is the system to be booted that needs
 * the labels. The real tool leaves that to the kernel for most files ({@code setfscreatecon}) and
 * so labels them only where the running system has SELinux. File systems that keep no labels get
 * theirs from the kernel when they are mounted, and are passed over.
 */
public final class TreeLabels {
  /** The root of a system is that of no tree. */
  private static final String ROOT = "/";

  private final Optional<SelinuxPolicy> policy;

  private TreeLabels(Optional<SelinuxPolicy> policy) {
    this.policy = policy;
  }

  /**
   * Reads the policy of an open root: that in {@code /etc} when there is one, otherwise that in
   * {@code /usr/etc}.
   *
   * @throws dev.coppice.core.failure.Failure when there is one and it cannot be used
   */
  public static TreeLabels of(Sysroot sysroot, Fd root) throws IOException {
    if (sysroot.flags().contains(SysrootFlag.NO_XATTRS)) {
      return new TreeLabels(Optional.empty());
    }
    return new TreeLabels(SelinuxPolicy.load(new OpenRootFiles(root)));
  }

  /** The labels for a checkout of copies; {@link Labels#NONE} when there are none. */
  public Labels forCheckout() {
    return policy.isPresent() ? policy.get()::label : Labels.NONE;
  }

  /**
   * Labels an open file as if it were at a path.
   *
   * @param mode type and permissions that it has or will have
   */
  public void set(Fd file, String path, int mode) throws IOException {
    byte[] label = label(path, mode);
    if (label != null) {
      try {
        Xattrs.set(file, Labels.ATTRIBUTE, label);
      } catch (PosixException e) {
        requireUnsupported(e);
      }
    }
  }

  /** Labels a file in a directory, a symbolic link itself. */
  public void set(Fd directory, String name, String path, int mode) throws IOException {
    byte[] label = label(path, mode);
    if (label != null) {
      try {
        Xattrs.set(directory, name, Labels.ATTRIBUTE, label);
      } catch (PosixException e) {
        requireUnsupported(e);
      }
    }
  }

  /** Labels a directory and everything in it. */
  public void setAll(Fd directory, String path) throws IOException {
    if (policy.isEmpty()) {
      return;
    }
    set(directory, path, Fs.fstat(directory).mode());
    for (DirEntry entry : DirStream.list(directory)) {
      String below = path.equals(ROOT) ? ROOT + entry.name() : path + "/" + entry.name();
      FileStat stat = Fs.statIfExists(directory, entry.name());
      if (stat == null) {
        continue; // removed meanwhile: /var may be in use
      }
      if (stat.isDirectory()) {
        try (Fd child = Beneath.openIfExists(directory, entry.name())) {
          if (child != null) {
            setAll(child, below);
          }
        }
      } else {
        set(directory, entry.name(), below, stat.mode());
      }
    }
  }

  /** With a zero behind it, as libselinux and the kernel store labels. */
  private byte @Nullable [] label(String path, int mode) {
    String label = policy.isPresent() ? policy.get().label(path, mode) : null;
    if (label == null) {
      return null;
    }
    byte[] text = label.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, text.length + 1);
  }

  private static void requireUnsupported(PosixException e) throws PosixException {
    if (e.errno() != Errno.EOPNOTSUPP) {
      throw e;
    }
  }
}
