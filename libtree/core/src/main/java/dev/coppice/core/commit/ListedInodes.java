package dev.coppice.core.commit;

import dev.coppice.posix.Fd;
import dev.coppice.posix.StatVfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whether the inode numbers in the listings of a directory are those that {@code stat} would tell,
 * which saves a call for every file of a tree.
 *
 * <p>They are on the plain disk file systems, except where something is mounted: there the listing
 * has the inode of what the mount hides. Stacked file systems make numbers up.
 */
final class ListedInodes {
  // Magic numbers of statfs(2): ext2 to ext4, XFS, btrfs, tmpfs, F2FS.
  private static final Set<Long> PLAIN =
      Set.of(0xEF53L, 0x58465342L, 0x9123683EL, 0x01021994L, 0xF2F52010L);

  private ListedInodes() {}

  /** Whether they are in a directory and all below it. */
  static boolean areReal(Fd directory, Path path) throws IOException {
    if (!PLAIN.contains(StatVfs.of(directory).type())) {
      return false;
    }
    String root = path.toRealPath().toString();
    String below = root.equals("/") ? "/" : root + "/";
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      // "ID PARENT MAJOR:MINOR ROOT MOUNTPOINT ...", special characters in octal, as in \040.
      String[] fields = line.split(" ", 6);
      if (fields.length < 5 || fields[4].indexOf('\\') >= 0 || fields[4].startsWith(below)) {
        return false;
      }
    }
    return true;
  }
}
