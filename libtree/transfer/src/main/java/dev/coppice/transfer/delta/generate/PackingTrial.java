package dev.coppice.transfer.delta.generate;

import dev.coppice.transfer.delta.CountedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.tukaani.xz.FinishableOutputStream;

/**
 * Tries on a part of a file what packing it would save: of every half mebibyte the first eighth
 * goes through the compressor.
 */
final class PackingTrial extends OutputStream {
  private static final int STEP = 1 << 19;
  private static final int PIECE = 64 << 10;

  private final CountedOutput packed = new CountedOutput(OutputStream.nullOutputStream());
  private final FinishableOutputStream xz;
  private long at;
  private long taken;

  private PackingTrial(PartCompression compression, long size) throws IOException {
    xz = compression.on(packed, size);
  }

  /**
   * Bytes that come out for each thousand that go in.
   *
   * @param compression what packs
   * @param content from its first byte; left open
   * @param size bytes of it, about
   */
  static long perMille(PartCompression compression, InputStream content, long size)
      throws IOException {
    try (var trial = new PackingTrial(compression, size)) {
      content.transferTo(trial);
      trial.xz.finish();
      return trial.taken == 0 ? 0 : trial.packed.count() * 1000 / trial.taken;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int place = (int) (at % STEP);
      boolean sampled = place < PIECE;
      int count = Math.min(length - done, (sampled ? PIECE : STEP) - place);
      if (sampled) {
        xz.write(bytes, offset + done, count);
        taken += count;
      }
      done += count;
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    xz.close();
  }
}
