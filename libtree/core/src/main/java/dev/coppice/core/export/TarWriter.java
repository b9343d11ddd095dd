package dev.coppice.core.export;

import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes an archive entry by entry. */
final class TarWriter {
  private static final int RECORD = 20 * TarHeader.BLOCK;
  private static final int BUFFER = 128 << 10;

  private final OutputStream out;
  private final ExportFormat format;
  private final long timestamp;
  private final byte[] buffer = new byte[BUFFER];
  private long written;
  private long entries;

  /**
   * An archive whose entries all have one time.
   *
   * @param timestamp seconds since 1970
   */
  TarWriter(OutputStream out, ExportFormat format, long timestamp) {
    this.out = out;
    this.format = format;
    this.timestamp = timestamp;
  }

  ExportResult result() {
    return new ExportResult(entries, written);
  }

  /** Writes the header of an entry; {@link #content} follows for a file that is not empty. */
  void header(TarEntry entry) throws IOException {
    boolean directory = entry.kind() == TarEntry.Kind.DIRECTORY;
    String path = directory && !entry.path().endsWith("/") ? entry.path() + "/" : entry.path();
    byte[] name = PosixNames.encode(path);
    byte[] target = PosixNames.encode(entry.target());
    switch (format) {
      case GNU -> writeLongNames(name, target);
      case PAX -> writeRecords(PaxRecords.of(entry, name, target, false));
      case PAX_WITH_XATTRS -> writeRecords(PaxRecords.of(entry, name, target, true));
    }
    var attributes = entry.attributes();
    write(
        start(entry.kind().flag())
            .name(name)
            .link(target)
            .mode(attributes.permissions())
            .owner(attributes.uid(), attributes.gid())
            .size(entry.size())
            .modified(timestamp)
            .bytes());
    entries++;
  }

  private TarHeader start(char flag) {
    return new TarHeader(
        flag, format == ExportFormat.GNU ? TarHeader.GNU_MAGIC : TarHeader.POSIX_MAGIC);
  }

  private void writeLongNames(byte[] name, byte[] target) throws IOException {
    if (target.length > TarHeader.NAME) {
      writeLong('K', "././@LongLink", target, target);
    }
    if (name.length > TarHeader.NAME) {
      writeLong('L', "././@LongName", name, target);
    }
  }

  /** A header whose content is a name, with a NUL behind it. */
  private void writeLong(char flag, String title, byte[] value, byte[] target) throws IOException {
    write(
        start(flag)
            .name(PosixNames.encode(title))
            .link(target)
            .mode(0)
            .owner(0, 0)
            .ownerNames("root", "wheel")
            .size(value.length + 1L)
            .modified(0)
            .bytes());
    write(value);
    write(new byte[1]);
    pad(TarHeader.BLOCK);
  }

  private void writeRecords(byte[] records) throws IOException {
    if (records.length == 0) {
      return;
    }
    write(
        start('x')
            .name(PosixNames.encode("PaxHeaders/" + entries))
            .mode(0644)
            .owner(0, 0)
            .size(records.length)
            .modified(timestamp)
            .bytes());
    write(records);
    pad(TarHeader.BLOCK);
  }

  /**
   * Writes the content of the file whose header was written last.
   *
   * @throws IOException also when there is less or more than {@code size}
   */
  void content(InputStream in, long size) throws IOException {
    long left = size;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(BUFFER, left));
      if (count < 0) {
        throw new IOException("the content ends " + left + " bytes early");
      }
      write(buffer, count);
      left -= count;
    }
    if (in.read(buffer, 0, 1) > 0) {
      throw new IOException("the content is longer than " + size + " bytes");
    }
    pad(TarHeader.BLOCK);
  }

  /** Ends the archive; {@code fullRecords} pads it to whole records. */
  void end(boolean fullRecords) throws IOException {
    write(new byte[2 * TarHeader.BLOCK]);
    if (fullRecords) {
      pad(RECORD);
    }
    out.flush();
  }

  private void pad(int unit) throws IOException {
    int rest = (int) (written % unit);
    if (rest > 0) {
      write(new byte[unit - rest]);
    }
  }

  private void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    written += length;
  }
}
