package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares one local change with what the new tree has in its place.
 *
 * @param defaults the old tree's defaults
 * @param local the changed directory
 * @param fresh the new tree's defaults
 */
record Comparison(Fd defaults, Fd local, Fd fresh) {

  /**
   * Conflicts of a change, at most one.
   *
   * @param replaced directories that earlier changes put in the place of something else; a change
   *     that does so is added
   */
  List<EtcConflict> conflicts(EtcChange change, Set<String> replaced) throws IOException {
    String path = change.path();
    if (isBelow(path, replaced)) {
      // The whole directory above replaces what the new tree has; that was reported there.
      return List.of();
    }
    if (change.kind() != EtcChange.Kind.REMOVED && parentReplaced(path)) {
      return List.of(new EtcConflict(path, EtcConflict.Kind.DIRECTORY_REPLACED));
    }
    EtcFile before = EtcDirectory.find(defaults, path);
    try {
      EtcFile mine = EtcDirectory.find(local, path);
      try {
        EtcFile theirs = EtcDirectory.find(fresh, path);
        try {
          if (isDirectory(mine) && theirs != null && !isDirectory(theirs)) {
            replaced.add(path);
          }
          return kind(change, before, mine, theirs)
              .map(kind -> List.of(new EtcConflict(path, kind)))
              .orElse(List.of());
        } finally {
          close(theirs);
        }
      } finally {
        close(mine);
      }
    } finally {
      close(before);
    }
  }

  private static void close(@Nullable EtcFile file) throws IOException {
    if (file != null) {
      file.parent().close();
    }
  }

  private static boolean isDirectory(@Nullable EtcFile file) {
    return file != null && file.stat().isDirectory();
  }

  private static boolean isBelow(String path, Set<String> directories) {
    for (String above = EtcDirectory.parent(path);
        !above.isEmpty();
        above = EtcDirectory.parent(above)) {
      if (directories.contains(above)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the new tree has something else than a directory above a path. */
  private boolean parentReplaced(String path) throws IOException {
    Fd current = fresh.dup();
    try {
      for (String part : EtcDirectory.parent(path).split("/")) {
        FileStat stat = part.isEmpty() ? null : Fs.statIfExists(current, part);
        if (stat == null) {
          return false;
        }
        if (!stat.isDirectory()) {
          return true;
        }
        Fd next = Fs.openDir(current, part);
        current.close();
        current = next;
      }
      return false;
    } finally {
      current.close();
    }
  }

  private static Optional<EtcConflict.Kind> kind(
      EtcChange change, @Nullable EtcFile before, @Nullable EtcFile mine, @Nullable EtcFile theirs)
      throws IOException {
    return switch (change.kind()) {
      case REMOVED ->
          before != null && theirs != null && !same(before, theirs)
              ? Optional.of(EtcConflict.Kind.REMOVED_HERE_MODIFIED_THERE)
              : Optional.empty();
      case MODIFIED, ADDED -> {
        if (isDirectory(theirs)) {
          yield isDirectory(mine)
              ? Optional.empty()
              : Optional.of(EtcConflict.Kind.FILE_OVER_DIRECTORY);
        }
        if (mine == null || theirs != null && same(mine, theirs)) {
          yield Optional.empty();
        }
        if (change.kind() == EtcChange.Kind.ADDED) {
          yield Optional.ofNullable(theirs).map(found -> EtcConflict.Kind.BOTH_ADDED);
        }
        if (theirs == null) {
          yield Optional.of(EtcConflict.Kind.MODIFIED_HERE_REMOVED_THERE);
        }
        yield before != null && same(before, theirs)
            ? Optional.empty()
            : Optional.of(EtcConflict.Kind.BOTH_MODIFIED);
      }
    };
  }

  /** Whether two files are the same, directories with all that is in them. */
  private static boolean same(EtcFile a, EtcFile b) throws IOException {
    if (!a.hasTypeOf(b) || !a.equalsExceptXattrs(b)) {
      return false;
    }
    if (!a.stat().isDirectory()) {
      return true;
    }
    try (Fd left = a.openDirectory();
        Fd right = b.openDirectory()) {
      List<DirEntry> names = DirStream.list(left);
      if (names.size() != DirStream.list(right).size()) {
        return false;
      }
      for (DirEntry entry : names) {
        EtcFile inLeft = EtcFile.of(left, entry.name());
        EtcFile inRight = EtcFile.of(right, entry.name());
        if (inLeft == null || inRight == null || !same(inLeft, inRight)) {
          return false;
        }
      }
      return true;
    }
  }
}
