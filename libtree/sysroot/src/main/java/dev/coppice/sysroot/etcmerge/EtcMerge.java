package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out.
 *
 * <p>A crash leaves a half-merged {@code /etc} in a deployment that nothing boots yet; the next
 * deployment removes it.
 */
public final class EtcMerge {
  private final Fd local;
  private final Fd fresh;
  private final FileCopy copy;

  /**
   * A merge.
   *
   * @param local {@code etc} of the old deployment
   * @param fresh {@code etc} of the new deployment, which is changed
   * @param copy how files are copied
   */
  public EtcMerge(Fd local, Fd fresh, FileCopy copy) {
    this.local = local;
    this.fresh = fresh;
    this.copy = copy;
  }

  /**
   * Applies a plan of these directories.
   *
   * @throws dev.coppice.core.failure.Failure before anything is changed when the plan has a
   *     conflict that cannot be resolved
   */
  public void apply(EtcMergePlan plan) throws IOException {
    plan.requireMergeable();
    for (EtcChange change : plan.steps()) {
      switch (change.kind()) {
        case REMOVED -> remove(change.path());
        case MODIFIED, ADDED -> carryOver(change.path());
      }
    }
  }

  private void remove(String path) throws IOException {
    EtcFile file = EtcDirectory.find(fresh, path);
    if (file != null) {
      try (Fd parent = file.parent()) {
        Fs.removeTree(parent, file.name());
      }
    }
  }

  private void carryOver(String path) throws IOException {
    EtcFile mine = EtcDirectory.find(local, path);
    if (mine == null) {
      return; // removed since the plan was made
    }
    try (Fd source = mine.parent();
        Fd target = target(EtcDirectory.parent(path))) {
      FileStat theirs = Fs.statIfExists(target, mine.name());
      if (theirs != null && theirs.isDirectory()) {
        // What is in the directory has steps of its own; its owner and mode follow with those.
        return;
      }
      if (theirs != null) {
        Fs.unlink(target, mine.name());
      }
      copy.copy(source, mine.name(), target);
    }
  }

  /**
   * The directory of the new tree that corresponds to a local one, made if it is missing. The last
   * one of the path, and those that are made, get owner, mode and attributes of the local ones.
   */
  private Fd target(String path) throws IOException {
    Fd to = fresh.dup();
    Fd from = local.dup();
    try {
      String[] parts = path.isEmpty() ? new String[0] : path.split("/");
      for (int i = 0; i < parts.length; i++) {
        boolean made = Fs.mkdirIfMissing(to, parts[i], 0700);
        from = descend(from, parts[i]);
        to = descend(to, parts[i]);
        if (made || i == parts.length - 1) {
          copy.copyAttributes(from, to);
        }
      }
      from.close();
      return to;
    } catch (IOException | RuntimeException e) {
      closeAfter(e, from);
      closeAfter(e, to);
      throw e;
    }
  }

  private static Fd descend(Fd directory, String name) throws IOException {
    try (directory) {
      return Fs.openDir(directory, name);
    }
  }

  private static void closeAfter(Exception failure, @Nullable Fd fd) {
    try {
      if (fd != null) {
        fd.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
