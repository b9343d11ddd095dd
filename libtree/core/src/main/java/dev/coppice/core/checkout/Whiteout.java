package dev.coppice.core.checkout;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.store.DiskChecksum;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Mode;
import dev.coppice.posix.PosixException;
import java.io.IOException;

/** Files whose names say that something else is to happen. */
enum Whiteout {
  /** An ordinary file. */
  NONE(""),
  /** {@code .wh.NAME}: removes NAME. */
  REMOVAL(".wh."),
  /** {@code .ostree-wh.NAME}: makes NAME a whiteout of overlayfs. */
  DEVICE(".ostree-wh.");

  private final String prefix;

  Whiteout(String prefix) {
    this.prefix = prefix;
  }

  static Whiteout of(String name, CheckoutOptions options) {
    if (options.has(CheckoutFlag.WHITEOUTS) && name.startsWith(REMOVAL.prefix)) {
      return REMOVAL;
    }
    return options.has(CheckoutFlag.PASSTHROUGH_WHITEOUTS) && name.startsWith(DEVICE.prefix)
        ? DEVICE
        : NONE;
  }

  /** Does what the name says; returns true. */
  boolean apply(Session session, Target target, FileHeader header) throws IOException {
    String name = target.name().substring(prefix.length());
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new CheckoutException(
          ErrorCode.NAME_INVALID,
          target.place(),
          "Invalid empty whiteout '" + name + "'",
          "Leave the file out with --skip-list.",
          null);
    }
    switch (this) {
      case NONE -> throw new IllegalStateException("not a whiteout: " + target.name());
      case REMOVAL -> Fs.removeTree(target.fd(), name);
      case DEVICE -> makeDevice(session, target.named(name), header);
    }
    return true;
  }

  private static void makeDevice(Session session, Target target, FileHeader header)
      throws IOException {
    if (tryMakeDevice(session, target, header)) {
      session.countCopied();
      return;
    }
    switch (session.options().overwrite()) {
      case REFUSE ->
          throw CheckoutException.conflict(
              target.place(), "Creating whiteout char device: File exists");
      case KEEP_FILES -> session.countKept();
      case REPLACE_FILES -> {
        Fs.unlinkIfExists(target.fd(), target.name());
        if (!tryMakeDevice(session, target, header)) {
          throw CheckoutException.conflict(
              target.place(), "Creating whiteout char device: File exists");
        }
        session.countCopied();
      }
      case ONLY_IDENTICAL -> {
        checkSame(session, target, header);
        session.countKept();
      }
    }
  }

  private static boolean tryMakeDevice(Session session, Target target, FileHeader header)
      throws IOException {
    Fd directory = target.fd();
    int permissions = header.mode() & FileMode.PERMISSIONS;
    try {
      Fs.mknod(directory, target.name(), Mode.S_IFCHR | permissions, 0);
    } catch (PosixException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw new IOException("Creating whiteout char device: " + e.getMessage(), e);
    }
    if (!session.userMode()) {
      StoredXattrs.setOnLink(directory, target.name(), header.xattrs());
      Fs.lchownAt(directory, target.name(), header.uid(), header.gid());
      Fs.chmodAt(directory, target.name(), permissions);
    }
    return true;
  }

  private static void checkSame(Session session, Target target, FileHeader header)
      throws IOException {
    FileStat stat = Fs.stat(target.fd(), target.name());
    String difference = "";
    if (stat.type() != Mode.S_IFCHR || stat.rdev() != 0) {
      difference = " is not a whiteout";
    } else if (!session.checksumRules().contains(DiskChecksum.Rule.IGNORE_XATTRS)
        && !StoredXattrs.ofLink(target.fd(), target.name()).equals(header.xattrs())) {
      difference = " xattrs don't match";
    } else if (!session.userMode()) {
      if (stat.gid() != header.gid()) {
        difference = " does not match gid " + header.gid();
      } else if (stat.uid() != header.uid()) {
        difference = " does not match uid " + header.uid();
      } else if (stat.permissions() != (header.mode() & FileMode.PERMISSIONS)) {
        difference = " does not match mode " + Integer.toOctalString(header.mode());
      }
    }
    if (!difference.isEmpty()) {
      throw CheckoutException.conflict(
          target.place(), "existing destination file " + target.name() + difference);
    }
  }
}
