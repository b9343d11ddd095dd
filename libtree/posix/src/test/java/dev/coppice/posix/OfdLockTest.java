package dev.coppice.posix;

import static dev.coppice.posix.OfdLock.Kind.EXCLUSIVE;
import static dev.coppice.posix.OfdLock.Kind.SHARED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfdLockTest {
  /** Another implementation in another process: locks, says so, and waits for its input to end. */
  private static final String HOLDER =
      """
      import fcntl, struct, sys
      kind = {"r": fcntl.F_RDLCK, "w": fcntl.F_WRLCK}[sys.argv[2]]
      f = open(sys.argv[1], "r+b")
      fcntl.fcntl(f, 37, struct.pack("hhqqixxxx", kind, 0, 0, 0, 0))
      print("locked", flush=True)
      sys.stdin.read()
      """;

  private Sandbox box;
  private Fd first;
  private Fd second;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
    first = box.openReadWrite("lock");
    second = box.openReadWrite("lock");
  }

  @AfterEach
  void close() throws IOException {
    first.close();
    second.close();
    box.close();
  }

  @Test
  void descriptorsOfOneProcessExcludeEachOther() throws IOException {
    assertThat(OfdLock.tryLock(first, EXCLUSIVE)).isTrue();
    assertThat(OfdLock.tryLock(first, EXCLUSIVE)).isTrue();
    assertThat(OfdLock.tryLock(second, SHARED)).isFalse();
    OfdLock.unlock(first);
    assertThat(OfdLock.tryLock(second, SHARED)).isTrue();
    assertThat(OfdLock.tryLock(first, SHARED)).isTrue();
    assertThat(OfdLock.tryLock(first, EXCLUSIVE)).isFalse();
    assertThat(OfdLock.tryLock(second, EXCLUSIVE)).as("first kept its shared lock").isFalse();
    OfdLock.unlock(second);
    assertThat(OfdLock.tryLock(first, EXCLUSIVE)).as("upgrade").isTrue();
    assertThat(OfdLock.tryLock(first, SHARED)).as("downgrade").isTrue();
    assertThat(OfdLock.tryLock(second, SHARED)).isTrue();
  }

  @Test
  void closingAnotherDescriptorOfTheFileKeepsTheLock() throws IOException {
    OfdLock.lock(first, EXCLUSIVE);
    box.openReadWrite("lock").close();
    assertThat(OfdLock.tryLock(second, EXCLUSIVE)).isFalse();
    var duplicate = first.dup();
    first.close();
    assertThat(OfdLock.tryLock(second, EXCLUSIVE)).as("the duplicate holds on").isFalse();
    duplicate.close();
    assertThat(OfdLock.tryLock(second, EXCLUSIVE)).isTrue();
  }

  @Test
  void waitsAsLongAsToldAndNoLonger() throws IOException {
    OfdLock.lock(first, EXCLUSIVE, Duration.ZERO);
    long begin = System.nanoTime();
    assertThatThrownBy(() -> OfdLock.lock(second, SHARED, Duration.ofMillis(120)))
        .isInstanceOf(LockTimeoutException.class)
        .hasMessage("lock on " + box.resolve("lock") + " is held elsewhere; waited 120 ms")
        .extracting("waited")
        .isEqualTo(Duration.ofMillis(120));
    assertThat(System.nanoTime() - begin).isGreaterThan(100_000_000L);
  }

  @Test
  void getsTheLockWhenItComesFree() throws Exception {
    OfdLock.lock(first, EXCLUSIVE);
    var failure = new AtomicReference<Throwable>();
    var waiter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    OfdLock.lock(second, EXCLUSIVE, Duration.ofSeconds(1_000_000_000_000L));
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    Thread.sleep(Duration.ofMillis(50));
    assertThat(waiter.isAlive()).isTrue();
    OfdLock.unlock(first);
    assertThat(waiter.join(Duration.ofSeconds(20))).isTrue();
    assertThat(failure.get()).isNull();
    assertThat(OfdLock.tryLock(first, SHARED)).isFalse();
  }

  @Test
  void aWaiterCanBeInterrupted() throws Exception {
    OfdLock.lock(first, EXCLUSIVE);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> OfdLock.lock(second, EXCLUSIVE))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void processesExcludeEachOther() throws Exception {
    try (var holder = hold("w")) {
      assertThat(OfdLock.tryLock(first, SHARED)).isFalse();
      holder.release();
      OfdLock.lock(first, SHARED, Duration.ofSeconds(20));
    }
    try (var holder = hold("r")) {
      assertThat(OfdLock.tryLock(second, SHARED)).isTrue();
      assertThat(OfdLock.tryLock(first, EXCLUSIVE)).isFalse();
      holder.release();
    }
    OfdLock.unlock(second);
    OfdLock.lock(first, EXCLUSIVE, Duration.ofSeconds(20));
  }

  private Holder hold(String kind) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", HOLDER, box.resolve("lock").toString(), kind)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException missing) {
      assumeTrue(false, "python3 is not installed");
      throw missing;
    }
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    assertThat(output.readLine()).isEqualTo("locked");
    return new Holder(process);
  }

  private record Holder(Process process) implements AutoCloseable {
    void release() throws IOException, InterruptedException {
      process.getOutputStream().close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void wrongDescriptorsAreErrorsNotConflicts() throws IOException {
    try (var readOnly = Fs.openRead(box.dir, "lock")) {
      assertThat(OfdLock.tryLock(readOnly, SHARED)).isTrue();
      assertThatThrownBy(() -> OfdLock.tryLock(readOnly, EXCLUSIVE))
          .isInstanceOfSatisfying(
              PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }
  }
}
