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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes nodes of the file objects of a tree, each of which is read once. */
final class FileNodes {
  /** Objects of one piece of work. */
  private static final int BATCH = 64;

  /** From here on content is read after that of all others, so that no thread is left over. */
  private static final long LARGE = 1 << 20;

  private final ObjectStore objects;
  private final FileDigests digests;
  private final Queue<VerityDigest> hashers = new ConcurrentLinkedQueue<>();
  private final Queue<Large> large = new ConcurrentLinkedQueue<>();

  FileNodes(ObjectStore objects, FileDigests digests) {
    this.objects = objects;
    this.digests = digests;
  }

  /** A file that is still to be read; {@code number} is its place among the files. */
  private record Large(int number, long size) {}

  /** The nodes of file objects. */
  Map<Checksum, Node> read(List<Checksum> files) throws IOException {
    var nodes = new @Nullable Node[files.size()];
    int pieces = (files.size() + BATCH - 1) / BATCH;
    Workers.each(
        pieces,
        piece -> {
          int end = Math.min((piece + 1) * BATCH, nodes.length);
          for (int i = piece * BATCH; i < end; i++) {
            nodes[i] = read(files.get(i), i);
          }
        });
    List<Large> rest = new ArrayList<>(large);
    rest.sort(Comparator.comparingLong(Large::size).reversed().thenComparingInt(Large::number));
    Workers.each(
        rest.size(),
        piece -> {
          int number = rest.get(piece).number();
          nodes[number] = read(files.get(number), NOW);
        });
    Map<Checksum, Node> result = HashMap.newHashMap(nodes.length);
    for (int i = 0; i < nodes.length; i++) {
      Node node = nodes[i];
      if (node == null) {
        throw new IllegalStateException("not read: " + files.get(i));
      }
      result.put(files.get(i), node);
    }
    return result;
  }

  /** In place of a number: the file is read however large it is. */
  private static final int NOW = -1;

  /** Makes a node; null when the file is large, and noted under its number. */
  private @Nullable Node read(Checksum checksum, int number) throws IOException {
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
        Optional<Checksum> digest = enforced(file);
        if (digest.isEmpty() && digests == FileDigests.ALL) {
          if (number != NOW && file.size() >= LARGE) {
            large.add(new Large(number, file.size()));
            return null;
          }
          digest = Optional.of(computed(file));
        }
        xattrs = OverlayXattrs.withContent(xattrs, checksum, digest);
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

  private Checksum computed(FileObject file) throws IOException {
    VerityDigest waiting = hashers.poll();
    VerityDigest hasher = waiting == null ? new VerityDigest() : waiting;
    Checksum digest;
    try (InputStream content = file.content()) {
      digest = hasher.digest(content);
    }
    // Not after a failure: it would be in the middle of something.
    hashers.add(hasher);
    return digest;
  }

  /** What the kernel enforces; where it cannot tell, for whatever reason, it enforces nothing. */
  private Optional<Checksum> enforced(FileObject file) throws IOException {
    Fd plain = file.plainFile();
    if (digests == FileDigests.NONE || plain == null) {
      return Optional.empty();
    }
    try {
      return Verity.measure(plain)
          .filter(digest -> digest.length == Checksum.BYTES)
          .map(Checksum::of);
    } catch (PosixException e) {
      return Optional.empty();
    }
  }
}
