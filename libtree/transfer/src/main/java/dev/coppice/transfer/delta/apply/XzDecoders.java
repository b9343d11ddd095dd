package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.posix.Liblzma;
import dev.coppice.posix.LzmaException;
import dev.coppice.transfer.delta.DeltaException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * Decoders of {@code .xz}, of which so many run at a time as their dictionaries have room: a few of
 * the usual size, or one of the largest that stock clients take.
 */
final class XzDecoders {
  /** KiB of a decoder at most: what ostree takes since 2026.3. */
  private static final int MOST = 100 << 10;

  /** KiB of all decoders at a time; more than one needs, so that two of the usual size can run. */
  private static final int ROOM = MOST;

  /** Bytes that say how much memory a decoder needs: header of the stream and of the block. */
  private static final int HEAD = 12 + 1024;

  private static final int KIB = 10;

  private final Semaphore room = new Semaphore(ROOM, true);
  private final Optional<Liblzma> library = Liblzma.load();

  /** What is done with the decoded stream. */
  interface Use {
    void with(InputStream stream) throws IOException;
  }

  /**
   * Decodes one stream; what follows it is not read.
   *
   * @throws DeltaException when it needs more memory than any may
   * @throws XZIOException when it is damaged
   */
  void decode(InputStream in, Use use) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    int needed = memory(head);
    room.acquireUninterruptibly(needed);
    try (var all = new SequenceInputStream(new ByteArrayInputStream(head), new Unclosed(in));
        InputStream stream = stream(all, needed)) {
      use.with(stream);
    } catch (MemoryLimitException e) {
      throw tooLarge(e.getMemoryNeeded());
    } catch (LzmaException e) {
      if (e.needsMemory()) {
        throw tooLarge(MOST + 1);
      }
      throw new CorruptedInputException(e.getMessage());
    } finally {
      room.release(needed);
    }
  }

  /** The checksums of the part and of each object say more than those of the stream. */
  private InputStream stream(InputStream in, int needed) throws IOException {
    return library.isPresent()
        ? library.get().decode(in, (long) MOST << KIB)
        : new SingleXZInputStream(in, needed, false, BasicArrayCache.getInstance());
  }

  /** KiB that the first block needs, found out by letting a decoder that may have none ask. */
  private static int memory(byte[] head) throws IOException {
    try (var probe = new SingleXZInputStream(new ByteArrayInputStream(head), 0)) {
      probe.read();
      return 1; // a stream without a block
    } catch (MemoryLimitException e) {
      if (e.getMemoryNeeded() > MOST) {
        throw tooLarge(e.getMemoryNeeded());
      }
      return e.getMemoryNeeded();
    }
  }

  private static DeltaException tooLarge(int needed) {
    return new DeltaException(
        ErrorCode.DELTA_TOO_LARGE,
        "unpacking it takes " + needed + " KiB of memory, more than the " + MOST + " that it may");
  }

  /** Leaves the stream open, which is the caller's. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }

    @Override
    public void close() {
      // The caller's.
    }
  }
}
