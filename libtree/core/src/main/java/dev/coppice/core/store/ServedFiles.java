package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Takes in file objects in the form in which archive repositories serve them: header and raw
 * deflate. Every one is verified before it is staged, and nothing that a server sends makes this
 * use more memory or disk than the object's header announces. Safe for several threads.
 *
 * <p>An archive repository keeps the bytes that came, so that a mirror is the same as what it
 * mirrors and nothing is compressed twice; other modes keep the content.
 */
public final class ServedFiles implements AutoCloseable {
  /** Looks at the header of a file before anything is written. */
  @FunctionalInterface
  public interface HeaderCheck {
    /**
     * Checks a header.
     *
     * @throws dev.coppice.core.failure.TreeException when such a file is not wanted
     */
    void check(FileHeader header, Checksum checksum);
  }

  /** Objects that are read into memory and inflated in one piece, several at a time. */
  private static final Size SMALL = new Size(2 << 20, 8 << 20);

  /** The same, one at a time; while there is one, the next is inflated as it comes. */
  private static final Size LARGE = new Size(16 << 20, 48 << 20);

  /** Most bytes of an object. */
  private record Size(int compressed, int content) {
    boolean admits(long compressedBytes, long contentBytes) {
      return compressedBytes >= 0 && compressedBytes <= compressed && contentBytes <= content;
    }
  }

  /** How much a header may be wrong about what deflate adds to content it cannot compress. */
  private static final int SLACK = 4 << 10;

  private static final int CHUNK = 128 << 10;

  private final ObjectWriter writer;

  /** Inflating and hashing keep a processor busy: more at a time would only take memory. */
  private final Semaphore processors =
      new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));

  private final Semaphore large = new Semaphore(1);

  private final ConcurrentLinkedQueue<WholeInflater> pool = new ConcurrentLinkedQueue<>();

  /** Takes objects for a writer, which stays the caller's. */
  public ServedFiles(ObjectWriter writer) {
    this.writer = writer;
  }

  /**
   * Takes an object.
   *
   * @param body the object, from its first byte; left open
   * @param length bytes of the body, where that is known
   * @throws CorruptObjectException when it is not the object; nothing is staged then
   */
  public WrittenFile take(
      Checksum expected, InputStream body, OptionalLong length, HeaderCheck check)
      throws IOException {
    ObjectName name = ObjectName.file(expected);
    FileHeader.Archived archived = header(name, body);
    FileHeader header = archived.header();
    check.check(header, expected);
    if (header.isSymlink()) {
      if (body.read() >= 0) {
        throw new CorruptObjectException(name, "there are more bytes behind the symbolic link");
      }
      return writer.writeFile(header, ContentSource.EMPTY, expected);
    }
    long most = mostCompressed(archived.size());
    long compressed = -1;
    if (length.isPresent()) {
      compressed = length.getAsLong() - header.archivePrefix(archived.size()).length;
      if (compressed > most) {
        throw tooLong(name, archived.size());
      }
    }
    if (SMALL.admits(compressed, archived.size())) {
      return takeWhole(name, archived, body.readNBytes((int) compressed), compressed);
    }
    if (LARGE.admits(compressed, archived.size()) && large.tryAcquire()) {
      try {
        return takeWhole(name, archived, body.readNBytes((int) compressed), compressed);
      } finally {
        large.release();
      }
    }
    return takeStream(name, archived, new Limited(name, body, most, archived.size()));
  }

  /**
   * Takes an object as it comes, unseen; only for archive repositories, and only from servers that
   * are trusted as much as this repository.
   */
  public boolean takeUnverified(Checksum checksum, InputStream body) throws IOException {
    if (!writer.keepsServed()) {
      throw new IllegalStateException("only archive repositories keep what is served");
    }
    return writer.writeServed(
        ObjectName.file(checksum),
        0,
        file -> {
          byte[] chunk = new byte[CHUNK];
          for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
            Io.writeFully(file, chunk, 0, count);
          }
        });
  }

  private static FileHeader.Archived header(ObjectName name, InputStream body) throws IOException {
    try {
      return ArchiveFormat.readHeader(body);
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(name, e);
    }
  }

  /** Raw deflate is at most this long: blocks that are stored have 5 bytes in front. */
  private static long mostCompressed(long size) {
    long most = size + (size >> 9) + SLACK;
    return most < 0 ? Long.MAX_VALUE : most;
  }

  private static CorruptObjectException tooLong(ObjectName name, long size) {
    return new CorruptObjectException(
        name, "it is longer than content of " + size + " bytes, which it announces, can be");
  }

  private WrittenFile takeWhole(
      ObjectName name, FileHeader.Archived archived, byte[] compressed, long length)
      throws IOException {
    if (compressed.length < length) {
      throw new EOFException("the body ended " + (length - compressed.length) + " bytes early");
    }
    try {
      processors.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    WholeInflater inflater = pool.poll();
    if (inflater == null) {
      inflater = new WholeInflater();
    }
    try {
      var content = new ContentSource.OfMemory(inflater.inflate(name, compressed, archived.size()));
      if (!writer.keepsServed()) {
        return writer.writeFile(archived.header(), content, name.checksum());
      }
      Checksum actual = writer.hash(archived.header(), content);
      if (!actual.equals(name.checksum())) {
        throw new CorruptObjectException(name, actual);
      }
      if (writer.has(name)) {
        return new WrittenFile(actual, false, archived.size());
      }
      boolean added =
          writer.writeServed(
              name,
              length,
              file -> {
                Io.writeFully(file, archived.header().archivePrefix(archived.size()));
                Io.writeFully(file, compressed);
              });
      return new WrittenFile(actual, added, archived.size());
    } finally {
      pool.add(inflater);
      processors.release();
    }
  }

  private WrittenFile takeStream(ObjectName name, FileHeader.Archived archived, InputStream body)
      throws IOException {
    if (!writer.keepsServed()) {
      try (var content = new InflatedContent(name, body, archived.size())) {
        return writer.writeFile(
            archived.header(),
            new ContentSource.OfStream(content, archived.size()),
            name.checksum());
      }
    }
    boolean added =
        writer.writeServed(name, archived.size(), file -> copyVerified(name, archived, body, file));
    return new WrittenFile(name.checksum(), added, archived.size());
  }

  /** Writes what comes, and verifies at the end that it was the object. */
  private static void copyVerified(
      ObjectName name, FileHeader.Archived archived, InputStream body, Fd file) throws IOException {
    Io.writeFully(file, archived.header().archivePrefix(archived.size()));
    MessageDigest digest = Checksum.newDigest();
    digest.update(archived.header().checksumPrefix());
    byte[] chunk = new byte[CHUNK];
    try (var content = new InflatedContent(name, new Copied(body, file), archived.size())) {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      content.requireEnd();
    }
    Checksum actual = Checksum.of(digest.digest());
    if (!actual.equals(name.checksum())) {
      throw new CorruptObjectException(name, actual);
    }
  }

  @Override
  public void close() {
    for (WholeInflater inflater = pool.poll(); inflater != null; inflater = pool.poll()) {
      inflater.close();
    }
  }

  /** A stream that must not be longer than what its header announces allows. */
  private static final class Limited extends FilterInputStream {
    private final ObjectName name;
    private final long size;
    private long left;

    Limited(ObjectName name, InputStream body, long most, long size) {
      super(body);
      this.name = name;
      this.left = most;
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
      int count = super.read(out, offset, length);
      if (count > 0) {
        left -= count;
        if (left < 0) {
          throw tooLong(name, size);
        }
      }
      return count;
    }

    @Override
    public void close() {
      // The body is its owner's.
    }
  }

  /** A stream that writes into a file what is read from it. */
  private static final class Copied extends FilterInputStream {
    private final Fd file;

    Copied(InputStream in, Fd file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
      int count = super.read(out, offset, length);
      if (count > 0) {
        Io.writeFully(file, out, offset, count);
      }
      return count;
    }
  }
}
