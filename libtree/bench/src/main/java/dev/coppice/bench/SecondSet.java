package dev.coppice.bench;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationReader;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.delta.apply.LocalDelta;
import dev.coppice.transfer.delta.apply.PartUnpacker;
import dev.coppice.transfer.delta.apply.UnpackedPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a second set of deltas would be worth that clients of the real tool could not read: each
 * file compressed by zstd with its old version as dictionary, as {@code zstd --patch-from} does,
 * and new files together in blocks. The pairs of files are those that a compatible delta has found.
 *
 * <p>Arguments: repository, name of a delta in it, and optionally the level (19).
 */
public final class SecondSet {
  /** New files are compressed together in blocks of this size. */
  private static final int BLOCK = 32_000_000;

  private static final int MOST_WINDOW = 27;
  private static final int LEAST_WINDOW = 16;
  private static final double MEGA = 1e6;

  private final Repo repo;
  private final int level;
  private final AtomicLong patched = new AtomicLong();
  private final AtomicLong compressNanos = new AtomicLong();
  private final AtomicLong decompressNanos = new AtomicLong();

  /** A new file and the old one that it is like. */
  private record Pair(Checksum from, Checksum to) {}

  private SecondSet(Repo repo, int level) {
    this.repo = repo;
    this.level = level;
  }

  /** Prints what it found. */
  public static void main(String[] args) throws IOException {
    int level = args.length > 2 ? Integer.parseInt(args[2]) : 19;
    try (Repo repo = Repo.open(Path.of(args[0]))) {
      new SecondSet(repo, level).run(DeltaName.parse(args[1]));
    }
  }

  private void run(DeltaName name) throws IOException {
    LocalDelta files = LocalDelta.at(repo.path().resolve(name.superblock()));
    SuperblockFile file = files.read();
    var pairs = new ArrayList<Pair>();
    var whole = new ArrayList<ObjectName>();
    long unpackNanos = 0;
    long compatible = 0;
    try (var unpacker = new PartUnpacker(repo.descriptor(), Long.MAX_VALUE)) {
      for (int i = 0; i < file.superblock().parts().size(); i++) {
        PartHeader header = file.superblock().parts().get(i);
        long start = System.nanoTime();
        try (UnpackedPart part = unpacker.unpack(file.superblock(), i, files)) {
          unpackNanos += System.nanoTime() - start;
          compatible += header.size();
          read(part, header, pairs, whole);
        }
      }
    }
    Workers.each(pairs.size(), i -> patch(pairs.get(i)));
    long blocks = blocks(whole);
    long second = patched.get() + blocks;
    System.out.printf(
        Locale.ROOT,
        "files with an old version: %d, others: %d%n"
            + "compatible parts: %.1f MB, unpacked in %.2f s (without patching)%n"
            + "second set, level %d: %.1f MB (patches %.1f MB, others %.1f MB), ratio %.3f%n"
            + "made in %.1f s, unpacked and patched in %.2f s of one processor%n",
        pairs.size(),
        whole.size(),
        compatible / MEGA,
        unpackNanos / 1e9,
        level,
        second / MEGA,
        patched.get() / MEGA,
        blocks / MEGA,
        (double) second / compatible,
        compressNanos.get() / 1e9,
        decompressNanos.get() / 1e9);
  }

  private static void read(
      UnpackedPart part, PartHeader header, List<Pair> pairs, List<ObjectName> whole)
      throws IOException {
    ByteRegion data = part.payload().data();
    var reader = new OperationReader(part.payload().operations(), header.objects());
    @Nullable Checksum source = null;
    for (Operation next = reader.next(); next != null; next = reader.next()) {
      switch (next) {
        case Operation.SetReadSource(long offset) ->
            source = Checksum.of(data.read(offset, Checksum.BYTES));
        case Operation.Close _ -> {
          if (source == null) {
            whole.add(reader.object());
          } else {
            pairs.add(new Pair(source, reader.object().checksum()));
          }
          source = null;
        }
        case Operation.SpliceFile _, Operation.SpliceMetadata _ -> whole.add(reader.object());
        case Operation.Open _,
            Operation.Write _,
            Operation.UnsetReadSource _,
            Operation.BsPatch _ -> {}
      }
    }
  }

  private void patch(Pair pair) throws IOException {
    byte[] old = content(pair.from());
    byte[] now = content(pair.to());
    patched.addAndGet(size(now, old));
  }

  /** New files and directories together; returns their compressed size. */
  private long blocks(List<ObjectName> objects) throws IOException {
    long sum = 0;
    var block = new ByteArrayOutputStream();
    for (ObjectName object : objects) {
      block.writeBytes(
          object.type().isMetadata() ? repo.objects().load(object) : content(object.checksum()));
      if (block.size() >= BLOCK) {
        sum += size(block.toByteArray(), null);
        block.reset();
      }
    }
    return sum + size(block.toByteArray(), null);
  }

  private long size(byte[] content, byte @Nullable [] old) {
    long total = content.length + (old == null ? 0L : old.length);
    int window = 64 - Long.numberOfLeadingZeros(Math.max(1, total - 1));
    int log = Math.clamp(window, LEAST_WINDOW, MOST_WINDOW);
    byte[] packed;
    try (var context = new ZstdCompressCtx()) {
      context.setLevel(level).setLong(log).setContentSize(true);
      if (old != null) {
        context.loadDict(old);
      }
      long start = System.nanoTime();
      packed = context.compress(content);
      compressNanos.addAndGet(System.nanoTime() - start);
    }
    try (var context = new ZstdDecompressCtx()) {
      long start = System.nanoTime();
      if (old != null) {
        context.loadDict(old);
      }
      byte[] again = context.decompress(packed, content.length);
      decompressNanos.addAndGet(System.nanoTime() - start);
      if (!Arrays.equals(again, content)) {
        throw new IllegalStateException("zstd did not give back what it got");
      }
    }
    return packed.length;
  }

  private byte[] content(Checksum checksum) throws IOException {
    try (FileObject file = repo.objects().openFile(checksum);
        InputStream in = file.content()) {
      return in.readAllBytes();
    }
  }
}
