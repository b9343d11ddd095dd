package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;
import dev.coppice.transfer.delta.Compression;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.XZIOException;

/**
 * Unpacks parts into the repository's {@code tmp}, while they come, and checks the checksum of
 * their files. Safe for several threads. Closed after the parts that it unpacked. Source: {@code
 * _ostree_static_delta_part_open}.
 */
public final class PartUnpacker implements AutoCloseable {
  /** What a part may be unpacked beyond its objects, whatever it announces. */
  private static final long ANYHOW = 16L << 20;

  /** What each object may need beside its content: its attributes, and patches. */
  private static final long PER_OBJECT = 256 + (64 << 10);

  /**
   * Patches may be longer than what they make, because of their control numbers and because they
   * are counted with what they add. A strict bound refused deltas in the wild (ostree#3635).
   */
  private static final int TIMES = 4;

  private static final int CHUNK = 1 << 16;

  private final SpoolFiles files;
  private final long room;
  private final XzDecoders decoders = new XzDecoders();

  /**
   * An unpacker for a repository.
   *
   * @param repository its directory, which stays the caller's
   * @param room bytes that an unpacked part may take there at most
   */
  public PartUnpacker(Fd repository, long room) {
    this.files = new SpoolFiles(repository);
    this.room = room;
  }

  /**
   * Unpacks a part, wherever it is.
   *
   * @throws DeltaException when it is not as it must be
   */
  public UnpackedPart unpack(Superblock superblock, int number, DeltaFiles files)
      throws IOException {
    PartHeader header = superblock.parts().get(number);
    Optional<byte[]> inline = superblock.inlinePart(number);
    return inline.isPresent()
        ? unpackInline(new ByteArrayInputStream(inline.get()), header)
        : files.part(number, file -> unpack(file, header));
  }

  /**
   * Unpacks the file of a part.
   *
   * @param file from its first byte; left open
   * @throws DeltaException when it is not the file that is announced, cannot be unpacked, or would
   *     take too much room
   */
  public UnpackedPart unpack(InputStream file, PartHeader header) throws IOException {
    var in = new CountedInput(file, header.size());
    return unpack(in, header, true);
  }

  /** Unpacks a part that came inside of the superblock, which vouches for it. */
  private UnpackedPart unpackInline(InputStream part, PartHeader header) throws IOException {
    return unpack(new CountedInput(part, Long.MAX_VALUE), header, false);
  }

  private UnpackedPart unpack(CountedInput in, PartHeader header, boolean verify)
      throws IOException {
    var spool = new SpoolFile(files);
    try {
      try {
        copy(in, limit(header), spool);
      } catch (XZIOException | EOFException e) {
        // Of a damaged file the damage counts, not what it does to the decoder.
        check(in, header, verify);
        throw new DeltaException(
            ErrorCode.DELTA_MALFORMED, "it cannot be unpacked: " + reason(e), e);
      } catch (DeltaException e) {
        if (e.code() == ErrorCode.DELTA_UNSUPPORTED) {
          check(in, header, verify);
        }
        throw e;
      }
      check(in, header, verify);
      return UnpackedPart.of(spool);
    } catch (IOException | RuntimeException | Error e) {
      spool.close();
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it is cut off" : e.getMessage();
  }

  private static void check(CountedInput in, PartHeader header, boolean verify) throws IOException {
    if (!verify) {
      return;
    }
    in.drain();
    Checksum actual = in.checksum();
    if (!actual.equals(header.checksum())) {
      throw new DeltaException(
          ErrorCode.DELTA_CORRUPT,
          "Checksum mismatch in static delta part; expected="
              + header.checksum()
              + " actual="
              + actual);
    }
  }

  private void copy(CountedInput in, long limit, SpoolFile spool) throws IOException {
    int type = in.read();
    if (type < 0) {
      throw new EOFException("it is empty");
    }
    switch (Compression.ofNumber(type)) {
      case NONE -> copyAll(in, limit, spool);
      case XZ -> decoders.decode(in, stream -> copyAll(stream, limit, spool));
    }
  }

  private static void copyAll(InputStream in, long limit, SpoolFile spool) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      if (spool.size() + count > limit) {
        throw new DeltaException(
            ErrorCode.DELTA_TOO_LARGE,
            "unpacked, it is larger than " + limit + " bytes, which its objects cannot need");
      }
      spool.write(chunk, 0, count);
    }
  }

  private long limit(PartHeader header) {
    long objects = header.objects().size() * PER_OBJECT;
    long content = Math.min(header.usize(), Long.MAX_VALUE / (2 * TIMES)) * TIMES;
    return Math.min(room, ANYHOW + objects + content);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
