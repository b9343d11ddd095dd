package dev.coppice.core.store;

import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import dev.coppice.posix.Fd;
import dev.coppice.posix.NameValue;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Extended attributes of files on disk as values of the object model, and back. */
public final class StoredXattrs {
  /** Where bare-user repositories keep owner, mode and attributes, in the form of a dirmeta. */
  public static final String USER_META = "user.ostreemeta";

  private StoredXattrs() {}

  /** The attributes of an open file or directory. */
  public static Xattrs of(Fd file) throws IOException {
    return convert(dev.coppice.posix.Xattrs.readAll(file));
  }

  /** The attributes of a file in a directory, without following a symbolic link. */
  public static Xattrs ofLink(Fd directory, String name) throws IOException {
    return convert(dev.coppice.posix.Xattrs.readAll(directory, name));
  }

  private static Xattrs convert(List<NameValue> found) {
    if (found.isEmpty()) {
      return Xattrs.NONE;
    }
    var entries = new ArrayList<Xattr>(found.size());
    for (NameValue entry : found) {
      entries.add(new Xattr(PosixNames.encode(entry.name()), entry.value()));
    }
    return Xattrs.of(entries);
  }

  /** Sets all of them on an open file or directory. */
  public static void set(Fd file, Xattrs xattrs) throws IOException {
    for (Xattr entry : xattrs.entries()) {
      dev.coppice.posix.Xattrs.set(file, entry.nameText(), entry.value());
    }
  }

  /** Sets all of them on a file in a directory, without following a symbolic link. */
  public static void setOnLink(Fd directory, String name, Xattrs xattrs) throws IOException {
    for (Xattr entry : xattrs.entries()) {
      dev.coppice.posix.Xattrs.set(directory, name, entry.nameText(), entry.value());
    }
  }
}
