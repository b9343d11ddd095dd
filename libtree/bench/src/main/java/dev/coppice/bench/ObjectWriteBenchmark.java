package dev.coppice.bench;

import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.WrittenFile;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writes new file objects, each of other content, into a repository in the temporary directory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObjectWriteBenchmark {
  /** How files are kept. */
  @Param({"ARCHIVE", "BARE_USER_ONLY"})
  public RepoMode mode = RepoMode.ARCHIVE;

  /** Bytes of content. */
  @Param({"4096", "262144"})
  public int size;

  private final FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
  private byte[] content = {};
  private long serial;
  private @Nullable Path directory;
  private @Nullable Repo repo;
  private @Nullable Transaction transaction;

  /** A new repository for each iteration, so that it does not grow without bound. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    content = new byte[size];
    // Text-like: a quarter of the values, so that compression has work to do.
    var random = new Random(3);
    for (int i = 0; i < size; i++) {
      content[i] = (byte) ('a' + random.nextInt(64));
    }
    Path made = Files.createTempDirectory("bench");
    directory = made;
    Repo opened = Init.run(new InitRequest(made.resolve("repo"), mode, Optional.empty()));
    repo = opened;
    transaction = opened.begin(FsyncPolicy.NONE);
  }

  /** Removes the repository. */
  @TearDown(Level.Iteration)
  public void remove() throws IOException {
    if (transaction != null) {
      transaction.close();
    }
    if (repo != null) {
      repo.close();
    }
    if (directory != null) {
      Fs.removeTree(Fd.CWD, directory.toString());
    }
  }

  /** Writes one object. */
  @Benchmark
  public WrittenFile write() throws IOException {
    ByteBuffer.wrap(content).putLong(serial++);
    if (transaction == null) {
      throw new IllegalStateException("no transaction");
    }
    return transaction.writeFile(header, new ContentSource.OfBytes(content));
  }
}
