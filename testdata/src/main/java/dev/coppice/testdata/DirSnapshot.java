package dev.coppice.testdata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A canonical listing of a directory, one line an entry in the order of the paths, to compare
 * checkouts with {@code isEqualTo}: type, mode, what else was asked for, content as SHA-256 or
 * target of a link.
 */
public record DirSnapshot(List<String> lines) {
  private static final int FORMAT_MASK = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;

  /** What may differ between copies that are equal otherwise. */
  public enum Detail {
    /** Numeric owner and group. */
    OWNERS,
    /** Extended attributes of all name spaces; needs the program {@code getfattr}. */
    XATTRS,
    /** Modification times in seconds. */
    MTIME,
    /** Which files are hard links of one another. */
    SHARING
  }

  /** Owners and extended attributes with the rest: the listing of what a commit stores. */
  public static DirSnapshot of(Path root) {
    return of(root, Set.of(Detail.OWNERS, Detail.XATTRS));
  }

  /** A listing with these details. */
  public static DirSnapshot of(Path root, Set<Detail> details) {
    var lister = new Lister(root, details);
    try {
      lister.list();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DirSnapshot(List.copyOf(lister.lines));
  }

  /** The listing as text. */
  @Override
  public String toString() {
    return String.join("\n", lines);
  }

  private static final class Lister {
    private final Path root;
    private final Set<Detail> details;
    private final Map<String, String> xattrs;
    private final Map<Object, String> inodes = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    Lister(Path root, Set<Detail> details) {
      this.root = root;
      this.details = details.isEmpty() ? EnumSet.noneOf(Detail.class) : EnumSet.copyOf(details);
      this.xattrs = details.contains(Detail.XATTRS) ? Xattrs.below(root) : Map.of();
    }

    void list() throws IOException {
      var paths = new TreeMap<String, Path>();
      try (var walk = Files.walk(root)) {
        walk.forEach(path -> paths.put("/" + root.relativize(path), path));
      }
      for (Map.Entry<String, Path> each : paths.entrySet()) {
        lines.add(line(each.getKey(), each.getValue()));
      }
    }

    private String line(String name, Path path) throws IOException {
      Map<String, Object> stat = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
      int mode = (int) value(stat, "mode");
      var line = new StringBuilder(name);
      line.append(' ').append(type(mode)).append(' ').append(Integer.toOctalString(mode & 07777));
      if (details.contains(Detail.OWNERS)) {
        line.append(' ').append(stat.get("uid")).append(':').append(stat.get("gid"));
      }
      if (details.contains(Detail.MTIME)) {
        var mtime = (FileTime) value(stat, "lastModifiedTime");
        line.append(" mtime=").append(mtime.toMillis() / 1000);
      }
      if ((mode & FORMAT_MASK) == REGULAR) {
        line.append(' ').append(stat.get("size")).append(' ').append(sha256(path));
      } else if ((mode & FORMAT_MASK) == LINK) {
        line.append(" -> ").append(Files.readSymbolicLink(path));
      }
      if (details.contains(Detail.SHARING) && (mode & FORMAT_MASK) != DIRECTORY) {
        String first = inodes.putIfAbsent(List.of(value(stat, "dev"), value(stat, "ino")), name);
        if (first != null) {
          line.append(" same-inode-as=").append(first);
        }
      }
      line.append(xattrs.getOrDefault(path.toString(), ""));
      return line.toString();
    }

    private static Object value(Map<String, Object> stat, String attribute) {
      return Objects.requireNonNull(stat.get(attribute), attribute);
    }

    private static String type(int mode) {
      return switch (mode & FORMAT_MASK) {
        case DIRECTORY -> "dir";
        case REGULAR -> "file";
        case LINK -> "link";
        default -> "other";
      };
    }
  }

  /** The SHA-256 of a file's content in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
