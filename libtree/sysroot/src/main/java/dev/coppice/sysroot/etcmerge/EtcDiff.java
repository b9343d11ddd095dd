package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds how one configuration directory differs from another.
 *
 * <p>Extended attributes are not compared: labels of {@code /usr/etc} and {@code /etc} differ by
 * design. To make a change of attributes survive, change the content as well.
 *
 * @param modified in the order of the defaults
 * @param removed in the order of the defaults
 * @param added in the order of the changed directory, parents before what is in them
 */
public record EtcDiff(List<EtcChange> modified, List<EtcChange> removed, List<EtcChange> added) {
  /** Copies the lists. */
  public EtcDiff {
    modified = List.copyOf(modified);
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /**
   * Compares two directories.
   *
   * @param defaults {@code usr/etc} of a deployment
   * @param local its {@code etc}
   */
  public static EtcDiff of(Fd defaults, Fd local) throws IOException {
    var walk = new Walk();
    walk.compare(defaults, local, "");
    return new EtcDiff(walk.modified, walk.removed, walk.added);
  }

  /** All changes: modified, then removed, then added. */
  public List<EtcChange> all() {
    var all = new ArrayList<EtcChange>(modified);
    all.addAll(removed);
    all.addAll(added);
    return all;
  }

  private static final class Walk {
    private final List<EtcChange> modified = new ArrayList<>();
    private final List<EtcChange> removed = new ArrayList<>();
    private final List<EtcChange> added = new ArrayList<>();

    void compare(Fd defaults, Fd local, String prefix) throws IOException {
      for (String name : EtcDirectory.names(defaults)) {
        EtcFile before = EtcFile.of(defaults, name);
        EtcFile after = EtcFile.of(local, name);
        if (before != null) {
          compare(before, after, prefix + name);
        }
      }
      for (String name : EtcDirectory.names(local)) {
        if (Fs.statIfExists(defaults, name) == null) {
          add(local, name, prefix + name);
        }
      }
    }

    private void compare(EtcFile before, @Nullable EtcFile after, String path) throws IOException {
      if (after == null) {
        removed.add(new EtcChange(EtcChange.Kind.REMOVED, path));
        return;
      }
      if (!before.hasTypeOf(after) || !before.equalsExceptXattrs(after)) {
        modified.add(new EtcChange(EtcChange.Kind.MODIFIED, path));
      }
      if (before.stat().isDirectory() && after.stat().isDirectory()) {
        try (Fd defaults = before.openDirectory();
            Fd local = after.openDirectory()) {
          compare(defaults, local, path + "/");
        }
      }
    }

    private void add(Fd parent, String name, String path) throws IOException {
      EtcFile file = EtcFile.of(parent, name);
      if (file == null) {
        return;
      }
      added.add(new EtcChange(EtcChange.Kind.ADDED, path));
      if (file.stat().isDirectory()) {
        try (Fd directory = file.openDirectory()) {
          for (String child : EtcDirectory.names(directory)) {
            add(directory, child, path + "/" + child);
          }
        }
      }
    }
  }
}
