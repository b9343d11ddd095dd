package dev.coppice.bench;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.Xattrs;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The codecs and checksums that every file passes through. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private static final int ENTRIES = 5000;

  private final byte[] megabyte = new byte[1 << 20];
  private DirTree tree = DirTree.EMPTY;
  private byte[] encoded = {};
  private FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);

  /** A directory of 5,000 files and 50 directories. */
  @Setup
  public void prepare() {
    var random = new Random(7);
    random.nextBytes(megabyte);
    var files = new ArrayList<DirTree.File>();
    for (int i = 0; i < ENTRIES; i++) {
      files.add(new DirTree.File("file-" + i + ".so", checksum(random)));
    }
    var dirs = new ArrayList<DirTree.Dir>();
    for (int i = 0; i < ENTRIES / 100; i++) {
      dirs.add(new DirTree.Dir("dir-" + i, checksum(random), checksum(random)));
    }
    tree = DirTree.of(files, dirs);
    encoded = tree.encode();
    header =
        FileHeader.regular(
            1000,
            1000,
            0755,
            Xattrs.of(List.of(Xattrs.Xattr.of("security.capability", new byte[20]))));
  }

  private static Checksum checksum(Random random) {
    return new Checksum(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** Encodes the directory. */
  @Benchmark
  public byte[] encodeDirtree() {
    return tree.encode();
  }

  /** Decodes and checks the directory. */
  @Benchmark
  public DirTree decodeDirtree() {
    return DirTree.decode(encoded);
  }

  /** Encodes the header of a file with an attribute. */
  @Benchmark
  public byte[] encodeHeader() {
    return header.checksumPrefix();
  }

  /** Hashes 1 MiB. */
  @Benchmark
  public Checksum hashMegabyte() {
    MessageDigest digest = Checksum.newDigest();
    digest.update(megabyte);
    return Checksum.of(digest.digest());
  }
}
