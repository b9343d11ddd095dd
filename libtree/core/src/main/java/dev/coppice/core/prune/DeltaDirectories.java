package dev.coppice.core.prune;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directories of static deltas: {@code deltas/XX/REST} with {@code XXREST} being {@code TO} or
 * {@code FROM-TO} in base64 without padding, slashes as underscores. Source: {@code
 * static_delta_path_base}.
 */
final class DeltaDirectories {
  private static final String DELTAS = "deltas";

  /** Characters of 32 bytes in base64 without padding. */
  private static final int NAME = 43;

  private interface Test {
    boolean accepts(Checksum target) throws IOException;
  }

  private final Repo repo;

  DeltaDirectories(Repo repo) {
    this.repo = repo;
  }

  void deleteTo(Checksum target) throws IOException {
    delete(target::equals);
  }

  void deleteWithoutCommit() throws IOException {
    delete(target -> !repo.objects().has(ObjectName.commit(target)));
  }

  private void delete(Test test) throws IOException {
    try (Fd deltas = Fs.openDirIfExists(repo.descriptor(), DELTAS)) {
      if (deltas == null) {
        return;
      }
      for (DirEntry outer : DirStream.list(deltas)) {
        // Only directories: a link could lead anywhere.
        @Nullable Fd opened =
            outer.type() == DirEntry.DT_DIR ? Fs.openDirIfExists(deltas, outer.name()) : null;
        if (opened != null) {
          try (Fd inner = opened) {
            delete(outer.name(), inner, test);
          }
        }
      }
    }
  }

  private static void delete(String prefix, Fd inner, Test test) throws IOException {
    for (DirEntry entry : DirStream.list(inner)) {
      String name = prefix + entry.name();
      Optional<Checksum> target = target(name);
      boolean isDelta = Fs.statIfExists(inner, entry.name() + "/superblock") != null;
      if (target.isPresent() && isDelta && test.accepts(target.get())) {
        Fs.removeTree(inner, entry.name());
      }
    }
  }

  /** The commit that a delta of this name leads to. */
  private static Optional<Checksum> target(String name) {
    int dash = name.indexOf('-');
    String to = name.substring(dash + 1);
    if (to.length() != NAME || (dash >= 0 && dash != NAME)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(to.replace('_', '/'));
      return bytes.length == Checksum.BYTES ? Optional.of(Checksum.of(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Some other directory, which is nobody's delta.
      return Optional.empty();
    }
  }
}
