package dev.coppice.bench;

import dev.coppice.transfer.delta.match.BsDiff;
import dev.coppice.transfer.delta.match.Patch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/**
 * Finding the patch between an executable of 2 MiB and a newer one, which has a piece of code more,
 * so that all addresses behind it have moved.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PatchBenchmark {
  private static final int WORDS = 350_000;
  private static final int RELOCATIONS = 25_000;
  private static final int ADDED_WORDS = 500;

  private final BsDiff differ = new BsDiff();
  private byte[] old = {};
  private byte[] fresh = {};

  /** Makes the executables. */
  @Setup
  public void prepare() {
    old = executable(0);
    fresh = executable(ADDED_WORDS);
  }

  /** Words of code, some of which are addresses, then relocations of 24 bytes. */
  private static byte[] executable(int added) {
    var random = new Random(11);
    var other = new Random(12);
    var content =
        ByteBuffer.allocate(Integer.BYTES * (WORDS + added) + 24 * RELOCATIONS)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WORDS; i++) {
      for (int more = 0; i == WORDS / 3 && more < added; more++) {
        content.putInt(other.nextInt());
      }
      int word = random.nextInt(1 << 12) * 0x10201;
      boolean address = random.nextInt(16) == 0;
      content.putInt(address ? moved(random.nextInt(WORDS), added) : word);
    }
    for (int i = 0; i < RELOCATIONS; i++) {
      content.putLong(0x200000L + 8L * i + Integer.BYTES * added);
      content.putLong(0x403);
      content.putLong(moved(random.nextInt(WORDS), added));
    }
    return content.array();
  }

  private static int moved(int word, int added) {
    return Integer.BYTES * (word < WORDS / 3 ? word : word + added);
  }

  /** Finds the patch. */
  @Benchmark
  public Patch findPatch() {
    return differ.patch(old, fresh);
  }
}
