package dev.coppice.core.composefs;

import dev.coppice.core.erofs.Node;
import dev.coppice.core.erofs.Status;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.Xattrs.Xattr;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.posix.Fd;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.PosixNames;
import dev.coppice.posix.Verity;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes nodes of the file objects of a tree, each of which is read once. */
final class FileNodes {
  /** Objects of one piece of work: small, because one of them may be large. */
  private static final int BATCH = 16;

  private final ObjectStore objects;
  private final FileDigests digests;

  FileNodes(ObjectStore objects, FileDigests digests) {
    this.objects = objects;
    this.digests = digests;
  }

  /** The nodes of file objects. */
  Map<Checksum, Node> read(List<Checksum> files) throws IOException {
    var nodes = new Node[files.size()];
    int pieces = (files.size() + BATCH - 1) / BATCH;
    Workers.each(
        pieces,
        piece -> {
          int end = Math.min((piece + 1) * BATCH, nodes.length);
          for (int i = piece * BATCH; i < end; i++) {
            nodes[i] = read(files.get(i));
          }
        });
    Map<Checksum, Node> result = HashMap.newHashMap(nodes.length);
    for (int i = 0; i < nodes.length; i++) {
      result.put(files.get(i), nodes[i]);
    }
    return result;
  }

  private Node read(Checksum checksum) throws IOException {
    try (FileObject file = objects.openFile(checksum)) {
      FileHeader header = file.header();
      List<Xattr> xattrs = OverlayXattrs.escape(header.xattrs());
      if (header.isSymlink()) {
        byte[] target = PosixNames.encode(header.target());
        require(target.length <= Node.Symlink.MAX_TARGET, checksum, "its target is too long");
        return new Node.Symlink(status(header, xattrs), target);
      }
      require(file.size() <= Node.Hole.MAX_SIZE, checksum, "it is too large");
      if (file.size() > 0) {
        xattrs = OverlayXattrs.withContent(xattrs, checksum, digest(file));
      }
      return new Node.Hole(status(header, xattrs), file.size());
    } catch (Failure e) {
      throw new Failure(e.code(), processing(checksum, e), e.nextStep(), e);
    }
  }

  private static String processing(Checksum checksum, TreeException e) {
    return "Processing " + checksum + ": " + e.getMessage();
  }

  private static void require(boolean fits, Checksum file, String problem) {
    if (!fits) {
      throw new Failure(
          ErrorCode.IMAGE_UNSUPPORTED,
          "file object " + file + " cannot be in a composefs image: " + problem,
          "Check out files instead.");
    }
  }

  private static Status status(FileHeader header, List<Xattr> xattrs) {
    return new Status(header.mode(), header.uid(), header.gid(), xattrs);
  }

  private Optional<Checksum> digest(FileObject file) throws IOException {
    if (digests == FileDigests.NONE) {
      return Optional.empty();
    }
    Fd plain = file.plainFile();
    Optional<Checksum> enforced = plain == null ? Optional.empty() : enforced(plain);
    if (enforced.isPresent() || digests == FileDigests.WHERE_ENFORCED) {
      return enforced;
    }
    try (InputStream content = file.content()) {
      return Optional.of(VerityDigest.of(content));
    }
  }

  /** What the kernel enforces; where it cannot tell, for whatever reason, it enforces nothing. */
  private static Optional<Checksum> enforced(Fd file) throws IOException {
    try {
      return Verity.measure(file)
          .filter(digest -> digest.length == Checksum.BYTES)
          .map(Checksum::of);
    } catch (PosixException e) {
      return Optional.empty();
    }
  }
}
