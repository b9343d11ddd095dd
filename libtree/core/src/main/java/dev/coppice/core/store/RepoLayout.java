package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.util.HexFormat;
import java.util.Optional;

/**
 * All names of files inside a repository directory; paths are relative to it unless said otherwise.
 */
public final class RepoLayout {
  /** The configuration. */
  public static final String CONFIG = "config";

  /** Loose objects; its presence makes a directory a repository. */
  public static final String OBJECTS = "objects";

  /** Temporary files and staging directories. */
  public static final String TMP = "tmp";

  /** Marks of partial commits. */
  public static final String STATE = "state";

  /** The lock file. */
  public static final String LOCK = ".lock";

  private RepoLayout() {}

  /** Path of a loose object below {@link #OBJECTS}, for example {@code 3f/5a….filez}. */
  public static String loosePath(ObjectName name, RepoMode mode) {
    String hex = name.checksum().hex();
    String z = name.type() == ObjectType.FILE && mode == RepoMode.ARCHIVE ? "z" : "";
    return hex.substring(0, 2) + "/" + hex.substring(2) + "." + name.type().extension() + z;
  }

  /** The two digits that name the directory of an object, by its first byte. */
  public static String fanout(int firstByte) {
    return HexFormat.of().toHexDigits((byte) firstByte);
  }

  /**
   * The object whose loose file is {@code name} in the directory {@code fanout}, or empty for a
   * file that is no object of this mode.
   */
  public static Optional<ObjectName> parse(String fanout, String name, RepoMode mode) {
    int rest = Checksum.HEX_DIGITS - 2;
    if (name.length() < rest + 2 || name.charAt(rest) != '.') {
      return Optional.empty();
    }
    String hex = fanout + name.substring(0, rest);
    if (!Checksum.isHex(hex)) {
      return Optional.empty();
    }
    String extension = name.substring(rest + 1);
    if (mode == RepoMode.ARCHIVE) {
      extension = extension.equals("filez") ? "file" : extension.equals("file") ? "" : extension;
    }
    return ObjectType.ofExtension(extension).map(type -> new ObjectName(type, Checksum.ofHex(hex)));
  }

  /** Path of the mark that says a commit is only partly there. */
  public static String partialMark(Checksum commit) {
    return STATE + "/" + commit.hex() + ".commitpartial";
  }
}
