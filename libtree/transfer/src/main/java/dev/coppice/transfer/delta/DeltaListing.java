package dev.coppice.transfer.delta;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The static deltas of a repository, in the order in which directories list them, which the real
 * tool's hash tables depend on. Source: {@code ostree_repo_list_static_delta_names}.
 */
public record DeltaListing(Repo repo) {
  private static final String DELTAS = "deltas";

  /** All deltas. */
  public List<DeltaName> all() throws IOException {
    var found = new ArrayList<DeltaName>();
    if (!Files.isDirectory(repo.path().resolve(DELTAS))) {
      return found;
    }
    try (Fd deltas = Fs.openDir(repo.descriptor(), DELTAS)) {
      for (DirEntry outer : DirStream.list(deltas)) {
        // Only directories: a link could lead anywhere.
        @Nullable Fd opened =
            outer.type() == DirEntry.DT_DIR ? Fs.openDirIfExists(deltas, outer.name()) : null;
        if (opened != null) {
          try (Fd inner = opened) {
            add(outer.name(), inner, found);
          }
        }
      }
    }
    return found;
  }

  private static void add(String prefix, Fd inner, List<DeltaName> found) throws IOException {
    for (DirEntry entry : DirStream.list(inner)) {
      if (entry.type() == DirEntry.DT_DIR
          && Fs.statIfExists(inner, entry.name() + "/superblock") != null) {
        DeltaName.ofDirectory(prefix + entry.name()).ifPresent(found::add);
      }
    }
  }

  /** Names of deltas with the checksums of their superblocks, an {@code a{sv}}. */
  public Variant digests(List<DeltaName> deltas) throws IOException {
    VariantDict digests = VariantDict.builder();
    for (DeltaName delta : deltas) {
      digests.put(delta.key(), Variant.ofBytes(digest(delta)));
    }
    return digests.buildHashed();
  }

  private byte[] digest(DeltaName delta) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    digest.update(Files.readAllBytes(repo.path().resolve(delta.superblock())));
    return digest.digest();
  }
}
