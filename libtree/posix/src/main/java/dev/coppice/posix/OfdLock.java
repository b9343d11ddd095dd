package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Locks of a whole file that belong to the open file description ("OFD locks").
 *
 * <p>They exclude two descriptors of one process as well as two processes, and go away when the
 * last descriptor of the description closes; the classic locks behind {@code FileChannel.lock} go
 * away when any descriptor of the file closes anywhere in the process. Locking again changes the
 * kind: from shared to exclusive keeps the shared lock when it fails. Shared needs a readable
 * descriptor, exclusive a writable one.
 */
public final class OfdLock {
  private static final int F_OFD_SETLK = 37;
  private static final short F_RDLCK = 0;
  private static final short F_WRLCK = 1;
  private static final short F_UNLCK = 2;

  private static final long FIRST_PAUSE_NANOS = 1_000_000;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;

  private OfdLock() {}

  /** Kinds of lock. */
  public enum Kind {
    /** Any number of holders at once. */
    SHARED(F_RDLCK),
    /** One holder, and no shared ones. */
    EXCLUSIVE(F_WRLCK);

    private final short type;

    Kind(short type) {
      this.type = type;
    }
  }

  /** Locks, or changes the kind, without waiting; false when somebody else's lock forbids it. */
  public static boolean tryLock(Fd file, Kind kind) throws IOException {
    long result = set(file, kind.type);
    if (Syscall.is(result, Errno.EAGAIN) || Syscall.is(result, Errno.EACCES)) {
      return false;
    }
    Syscall.check(result, "F_OFD_SETLK", file);
    return true;
  }

  /** Locks, waiting for as long as it takes. */
  public static void lock(Fd file, Kind kind) throws IOException {
    waitFor(file, kind, Long.MAX_VALUE);
  }

  /**
   * Locks, waiting up to {@code timeout}. Waiting is asking again with growing pauses of up to 0.1
   * s: a call that blocks inside the kernel could neither end in time nor be interrupted.
   *
   * @throws LockTimeoutException when the time is over
   * @throws InterruptedIOException when the thread is interrupted; its flag stays set
   */
  public static void lock(Fd file, Kind kind, Duration timeout) throws IOException {
    if (!waitFor(file, kind, TimeUnit.NANOSECONDS.convert(timeout))) {
      throw new LockTimeoutException(file.describe(), timeout);
    }
  }

  /** Gives the lock up. */
  public static void unlock(Fd file) throws IOException {
    Syscall.check(set(file, F_UNLCK), "F_OFD_SETLK", file);
  }

  private static boolean waitFor(Fd file, Kind kind, long nanos) throws IOException {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (!tryLock(file, kind)) {
      long left = nanos - (System.nanoTime() - begin);
      if (left <= 0) {
        return false;
      }
      try {
        Thread.sleep(Duration.ofNanos(Math.min(pause, left)));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        var failure = new InterruptedIOException("interrupted while waiting for a lock");
        failure.initCause(interrupted);
        throw failure;
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return true;
  }

  private static long set(Fd file, short type) {
    var scratch = Scratch.get();
    // struct flock of 64-bit kernels: s16 type, s16 whence, s64 start, s64 length, s32 pid
    var s = scratch.struct;
    s.set(JAVA_SHORT, 0, type);
    s.set(JAVA_SHORT, 2, (short) 0);
    s.set(JAVA_LONG, 8, 0);
    s.set(JAVA_LONG, 16, 0);
    s.set(JAVA_INT, 24, 0);
    return Syscall.call(scratch, CallNumber.FCNTL, file.number(), F_OFD_SETLK, s.address());
  }
}
