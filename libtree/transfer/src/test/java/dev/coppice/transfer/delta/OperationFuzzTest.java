package dev.coppice.transfer.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Whatever stands in the place of operations: it is refused, or it says the same when rewritten.
 */
class OperationFuzzTest {
  private static final Checksum NAME = Checksum.sha256(new byte[0]);
  private static final List<ObjectName> OBJECTS =
      List.of(
          ObjectName.dirmeta(NAME),
          ObjectName.dirtree(NAME),
          ObjectName.file(NAME),
          ObjectName.file(NAME));

  @FuzzTest(maxDuration = "10s")
  void read(byte[] bytes) throws IOException {
    var reader = new OperationReader(ByteRegion.of(bytes), OBJECTS);
    var writer = new OperationWriter();
    try {
      for (Operation next = reader.next(); next != null; next = reader.next()) {
        assertThat(reader.index()).isBetween(0, OBJECTS.size());
        writer.add(next);
      }
      reader.requireEnd();
    } catch (DeltaException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    // Varints may be longer than they need be, but they mean the same.
    assertThat(writer.size()).isLessThanOrEqualTo(bytes.length);
    var again = new OperationReader(ByteRegion.of(writer.toByteArray()), OBJECTS);
    var copy = new OperationWriter();
    for (Operation next = again.next(); next != null; next = again.next()) {
      copy.add(next);
    }
    assertThat(copy.toByteArray()).isEqualTo(writer.toByteArray());
  }

  @FuzzTest(maxDuration = "10s")
  void varint(byte[] bytes) throws IOException {
    int[] at = {0};
    long value;
    try {
      value = Varints.read(() -> at[0] < bytes.length ? bytes[at[0]++] & 0xff : -1);
    } catch (DeltaException e) {
      assertThat(at[0]).isLessThanOrEqualTo(Varints.MAX_BYTES);
      return;
    }
    assertThat(value).isNotNegative();
    var out = new ByteArrayOutputStream();
    Varints.write(out, value);
    assertThat(out.size()).isLessThanOrEqualTo(at[0]);
    byte[] shortest = out.toByteArray();
    int[] second = {0};
    assertThat(Varints.read(() -> shortest[second[0]++] & 0xff)).isEqualTo(value);
  }
}
