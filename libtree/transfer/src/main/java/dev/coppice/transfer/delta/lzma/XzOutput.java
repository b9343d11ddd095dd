package dev.coppice.transfer.delta.lzma;

import dev.coppice.transfer.delta.CountedOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.tukaani.xz.FinishableOutputStream;

/**
 * Writes an {@code .xz} file of one block without filters before LZMA2. The checksum is a CRC32,
 * which is what every reader must know. Closing it does nothing; {@link #finish} ends the file.
 */
public final class XzOutput extends FinishableOutputStream {
  /**
   * The largest dictionary, in bytes. 32 MiB gain less than a thousandth on parts of 32 MB and take
   * four times the memory, here and in clients. Clients take up to 64 MiB.
   */
  public static final int DICTIONARY = 8 << 20;

  private static final int SMALLEST = 1 << 12;
  private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] FLAGS = {0, 1};
  private static final int LZMA2 = 0x21;
  private static final int ALIGNMENT = 4;
  private static final int CHECK = 4;

  private final CountedOutput out;
  private final Lzma2Encoder encoder;
  private final CRC32 check = new CRC32();
  private final long dataStart;
  private final int header;
  private long size;

  /**
   * Begins a file.
   *
   * @param most bytes that will be written, at most: a smaller dictionary is enough for less
   */
  public XzOutput(OutputStream out, long most) throws IOException {
    this.out = new CountedOutput(out);
    this.out.write(MAGIC);
    this.out.write(FLAGS);
    writeChecksum(FLAGS);
    int code = dictionaryCode(most);
    byte[] block = {2, 0, LZMA2, 1, (byte) code, 0, 0, 0};
    this.out.write(block);
    writeChecksum(block);
    header = block.length + CHECK;
    dataStart = this.out.count();
    encoder = new Lzma2Encoder(this.out, dictionary(code));
  }

  /** Of the sizes that the format can state, two and three times powers of two, the smallest. */
  private static int dictionaryCode(long most) {
    int code = 0;
    while (dictionary(code) < Math.clamp(most, SMALLEST, DICTIONARY)) {
      code++;
    }
    return code;
  }

  private static int dictionary(int code) {
    return (2 | code & 1) << code / 2 + 11;
  }

  @Override
  public void write(int b) throws IOException {
    check.update(b);
    size++;
    encoder.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check.update(bytes, offset, length);
    size += length;
    encoder.write(bytes, offset, length);
  }

  /** Ends the file; what it was written to stays open. */
  @Override
  public void finish() throws IOException {
    encoder.finish();
    long data = out.count() - dataStart;
    pad(data);
    writeLittle(out, check.getValue(), CHECK);
    var index = new ByteArrayOutputStream();
    index.write(0);
    index.write(1);
    writeNumber(index, header + data + CHECK);
    writeNumber(index, size);
    while (index.size() % ALIGNMENT != 0) {
      index.write(0);
    }
    out.write(index.toByteArray());
    writeChecksum(index.toByteArray());
    var footer = new ByteArrayOutputStream();
    writeLittle(footer, (index.size() + CHECK) / ALIGNMENT - 1L, CHECK);
    footer.write(FLAGS);
    writeChecksum(footer.toByteArray());
    out.write(footer.toByteArray());
    out.write('Y');
    out.write('Z');
  }

  private void pad(long length) throws IOException {
    for (long i = length; i % ALIGNMENT != 0; i++) {
      out.write(0);
    }
  }

  private void writeChecksum(byte[] bytes) throws IOException {
    var checksum = new CRC32();
    checksum.update(bytes);
    writeLittle(out, checksum.getValue(), CHECK);
  }

  private static void writeLittle(OutputStream out, long value, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> Byte.SIZE * i));
    }
  }

  /** Seven bits in a byte, the low ones first; all but the last have the high bit. */
  private static void writeNumber(OutputStream out, long value) throws IOException {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) rest | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
