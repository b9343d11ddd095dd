package dev.coppice.transfer.delta.lzma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

class XzOutputTest {
  private static final int MEGABYTE = 1 << 20;

  @Property(tries = 60)
  void anyBytesComeBack(@ForAll byte[] content) throws IOException {
    assertThat(unpacked(packed(content))).isEqualTo(content);
  }

  /** Short runs of few values: every length of run, rep and literal next to each other. */
  @Property(tries = 60)
  void runsComeBack(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    byte[] content = new byte[random.nextInt(20_000)];
    int values = 1 + random.nextInt(4);
    int longest = 1 + random.nextInt(600);
    for (int at = 0; at < content.length; ) {
      int to = Math.min(content.length, at + 1 + random.nextInt(longest));
      Arrays.fill(content, at, to, (byte) random.nextInt(values));
      at = to;
    }
    assertThat(unpacked(packed(content))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 272, 273, 274, 2048, 2049, 65_536, 3 * MEGABYTE})
  void zerosOfAnyNumberComeBack(int size) throws IOException {
    byte[] packed = packed(new byte[size]);
    assertThat(unpacked(packed)).isEqualTo(new byte[size]);
    assertThat(packed).hasSizeLessThan(100 + size / 1000);
  }

  /** The window slides twice, and its marks with it. */
  @Test
  void whatIsLongerThanTheWindowComesBack() throws IOException {
    byte[] content = differences(26 * MEGABYTE, 900);
    assertThat(Arrays.equals(unpacked(packed(content)), content)).isTrue();
  }

  /** Chunks as they are, between those that are compressed. */
  @Test
  void randomBytesGrowLittle() throws IOException {
    byte[] content = differences(3 * MEGABYTE, 30);
    byte[] noise = new byte[MEGABYTE];
    new Random(3).nextBytes(noise);
    System.arraycopy(noise, 0, content, MEGABYTE, MEGABYTE);
    assertThat(Arrays.equals(unpacked(packed(content)), content)).isTrue();
    byte[] packed = packed(noise);
    assertThat(Arrays.equals(unpacked(packed), noise)).isTrue();
    assertThat(packed).hasSizeLessThan(MEGABYTE + 200);
  }

  @Test
  void theSameBytesHoweverTheyAreWritten() throws IOException {
    byte[] content = differences(MEGABYTE, 30);
    var out = new ByteArrayOutputStream();
    var xz = new XzOutput(out, content.length);
    var random = new Random(1);
    for (int at = 0; at < content.length; ) {
      int count = Math.min(content.length - at, random.nextInt(5000));
      xz.write(content, at, count);
      at += count;
    }
    xz.finish();
    assertThat(out.toByteArray()).isEqualTo(packed(content));
  }

  /** Such random distances are not what it is made for: on real patches it comes to less. */
  @Test
  void differencesComeToAboutWhatOtherEncodersMakeOfThem() throws IOException {
    byte[] content = differences(2 * MEGABYTE, 40);
    var out = new ByteArrayOutputStream();
    var options = new LZMA2Options();
    options.setMatchFinder(LZMA2Options.MF_HC4);
    options.setNiceLen(160);
    options.setDepthLimit(12);
    try (var xz = new XZOutputStream(out, options)) {
      xz.write(content);
    }
    assertThat(packed(content)).hasSizeLessThan(out.size() + out.size() / 10);
  }

  /** Zeros, and between them what addresses that moved by one of a few distances look like. */
  private static byte[] differences(int size, int apart) {
    var random = new Random(size);
    byte[] content = new byte[size];
    int[] moves = random.ints(20).toArray();
    for (int at = random.nextInt(apart); at + 3 < size; at += 4 + random.nextInt(apart)) {
      int move = moves[(int) (20 * random.nextDouble() * random.nextDouble())];
      content[at] = (byte) move;
      content[at + 1] = (byte) (move >> 8);
      content[at + 2] = (byte) (move >> 30);
    }
    return content;
  }

  private static byte[] packed(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    var xz = new XzOutput(out, content.length);
    xz.write(content, 0, content.length);
    xz.finish();
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var in = new XZInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
