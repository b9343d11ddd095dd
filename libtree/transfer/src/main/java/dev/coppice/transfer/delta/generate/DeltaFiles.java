package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The files of one delta, written beside their final names and renamed when all of them are there:
 * parts first, the superblock last, as nobody asks for parts without it. Safe for several threads.
 *
 * <p>Closing it deletes what did not get its final name.
 */
final class DeltaFiles implements AutoCloseable {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r--r--");
  private static final int BUFFER = 1 << 16;

  private final Path directory;
  private final Durability durability;
  private final List<Path> temporary = new ArrayList<>();

  DeltaFiles(Path directory, Durability durability) {
    this.directory = directory;
    this.durability = durability;
  }

  /**
   * A file that was written.
   *
   * @param size its bytes
   */
  record Written(Path file, Checksum checksum, long size) {}

  /** What writes a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file, which has a temporary name until it is published. */
  Written write(Content content) throws IOException {
    Path file = newTemporary();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var out = new Hashing(channel)) {
      content.writeTo(out);
      out.flush();
      Files.setPosixFilePermissions(file, MODE);
      if (durability == Durability.SYNCED) {
        channel.force(false);
      }
      return new Written(file, Checksum.of(out.digest.digest()), out.total);
    }
  }

  /** Gives a file its final name; one that has it already is replaced. */
  void publish(Written written, String name) throws IOException {
    Files.move(written.file(), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes parts of an earlier delta that this one does not have. */
  void deletePartsFrom(int count) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) >= count) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private synchronized Path newTemporary() {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path file = directory.resolve(".tmp-" + suffix);
    temporary.add(file);
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    for (Path file : temporary) {
      Files.deleteIfExists(file);
    }
  }

  /** Buffers, hashes and counts what goes into a file. */
  private static final class Hashing extends OutputStream {
    private final MessageDigest digest = Checksum.newDigest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final FileChannel channel;
    private long total;

    Hashing(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      total += length;
      if (length > buffer.remaining()) {
        flush();
      }
      if (length > buffer.remaining()) {
        drain(ByteBuffer.wrap(bytes, offset, length));
      } else {
        buffer.put(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      drain(buffer.flip());
      buffer.clear();
    }

    private void drain(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
