package dev.coppice.transfer.delta.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whatever a patch says: it is refused, or it makes what the plainest reading of it makes. */
class PatchFuzzTest {
  private static final BsPatchStream.Windows WINDOWS = BsPatchStream.Windows.create();
  private static final byte[] SOURCE = new byte[300];

  static {
    for (int i = 0; i < SOURCE.length; i++) {
      SOURCE[i] = (byte) (i * 7);
    }
  }

  @FuzzTest(maxDuration = "10s")
  void patch(byte[] bytes) throws IOException {
    int size = bytes.length == 0 ? 0 : 2 * (bytes[0] & 0xff);
    byte[] patch = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    byte[] made;
    try (var stream =
        new BsPatchStream(ByteRegion.of(patch), ByteRegion.of(SOURCE), size, WINDOWS)) {
      made = stream.readAllBytes();
    } catch (DeltaException e) {
      assertThat(e.getMessage()).startsWith("bsdiff patch failed");
      return;
    }
    assertThat(made).isEqualTo(plainly(patch, size));
  }

  private static byte[] plainly(byte[] patch, int size) {
    var in = ByteBuffer.wrap(patch).order(ByteOrder.LITTLE_ENDIAN);
    var out = new ByteArrayOutputStream();
    long at = 0;
    while (out.size() < size) {
      long add = signed(in.getLong());
      long copy = signed(in.getLong());
      long seek = signed(in.getLong());
      for (long i = 0; i < add; i++, at++) {
        byte old = at >= 0 && at < SOURCE.length ? SOURCE[(int) at] : 0;
        out.write(old + in.get());
      }
      for (long i = 0; i < copy; i++) {
        out.write(in.get());
      }
      at += seek;
    }
    return out.toByteArray();
  }

  private static long signed(long raw) {
    return raw < 0 ? -(raw & Long.MAX_VALUE) : raw;
  }
}
