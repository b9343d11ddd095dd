package dev.coppice.transfer.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The mounted drives that desktops show: below {@code /media}, {@code /run/media} and the home
 * directory, and of no file system that belongs to the system. Source: GLib, {@code
 * g_unix_mount_entry_guess_should_display}.
 *
 * @param user who looks
 * @param home their home directory
 */
public record MountedDrives(String user, Path home) {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final String REMOVABLE = "/run/media/";
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /** What GLib takes for no drive. */
  private static final Set<String> SYSTEM_TYPES =
      Set.of(
          "adfs",
          "afs",
          "auto",
          "autofs",
          "autofs4",
          "cgroup",
          "cgroup2",
          "configfs",
          "cramfs",
          "debugfs",
          "devfs",
          "devpts",
          "devtmpfs",
          "ecryptfs",
          "fdescfs",
          "fusectl",
          "gfs",
          "gfs2",
          "gpfs",
          "hugetlbfs",
          "kernfs",
          "lustre",
          "mqueue",
          "ncpfs",
          "nfs",
          "nfs4",
          "nfsd",
          "nullfs",
          "ocfs2",
          "overlay",
          "proc",
          "pstore",
          "rootfs",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "smbfs",
          "sysfs",
          "tmpfs",
          "usbfs",
          "zfs");

  /** Those that whoever runs this sees. */
  public static MountedDrives ofUser() {
    return new MountedDrives(
        System.getProperty("user.name", ""), Path.of(System.getProperty("user.home", "/")));
  }

  /** Their directories. */
  public List<Path> list() throws IOException {
    return list(Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1));
  }

  /**
   * The directories of a table.
   *
   * @param table lines as {@code proc(5)} describes those of {@code /proc/PID/mountinfo}, a
   *     character for each byte
   */
  List<Path> list(List<String> table) {
    Set<Path> drives = new LinkedHashSet<>();
    for (String line : table) {
      List<String> fields = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
      int separator = fields.indexOf("-");
      if (separator > 4 && fields.size() > separator + 1) {
        Path path = Path.of(unescaped(fields.get(4)));
        if (!SYSTEM_TYPES.contains(fields.get(separator + 1)) && shown(path)) {
          drives.add(path);
        }
      }
    }
    return List.copyOf(drives);
  }

  private boolean shown(Path path) {
    String name = path.toString();
    if (name.contains("/.")) {
      return false;
    }
    String mine = user.equals("root") ? REMOVABLE : REMOVABLE + user + "/";
    return name.startsWith(mine)
        || name.startsWith("/media/")
        || (path.startsWith(home) && !path.equals(home) && home.getNameCount() > 0);
  }

  private static String unescaped(String field) {
    String bytes =
        ESCAPE
            .matcher(field)
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
