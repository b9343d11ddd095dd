package dev.coppice.transfer.delta.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BsDiffTest {
  private static final int MEGABYTE = 1 << 20;

  private final BsDiff differ = new BsDiff();

  @Provide
  Arbitrary<Contents> pairs() {
    return Contents.pairs();
  }

  @Property(tries = 500)
  void thePatchedOldIsTheNew(@ForAll("pairs") Contents pair) throws IOException {
    byte[] stream = diff(pair.old(), pair.fresh());
    assertThat(BsPatchModel.patch(pair.old(), stream, pair.fresh().length)).isEqualTo(pair.fresh());
  }

  @Property(tries = 50)
  void whatCameBeforeLeavesNoTrace(@ForAll("pairs") Contents one, @ForAll("pairs") Contents other)
      throws IOException {
    byte[] before = diff(one.old(), one.fresh());
    byte[] unused = diff(other.old(), other.fresh());
    assertThat(diff(one.old(), one.fresh())).isEqualTo(before);
    assertThat(unused).isNotNull();
  }

  @Test
  void emptyContentsAndSingleBytes() throws IOException {
    byte[] none = {};
    byte[] one = {42};
    assertThat(diff(none, none)).isEmpty();
    assertThat(diff(one, none)).isEmpty();
    for (byte[] old : new byte[][] {none, one, {7}}) {
      assertThat(BsPatchModel.patch(old, diff(old, one), 1)).isEqualTo(one);
    }
  }

  @Test
  void equalContentsAreOneRecordOfZeros() throws IOException {
    byte[] content = random(MEGABYTE);
    assertThat(diff(content, content.clone())).hasSize(24 + MEGABYTE);
  }

  /** A record, made by hand: the first letter changes, a word comes in. */
  @Test
  void theStreamIsLaidOutAsOstreeReadsIt() throws IOException {
    String tail = " of old and new content that both sides of this line have, word for word";
    byte[] old = ("a line" + tail).getBytes(StandardCharsets.UTF_8);
    byte[] fresh = ("A line" + tail + "!").getBytes(StandardCharsets.UTF_8);
    byte[] stream = diff(old, fresh);
    assertThat(Arrays.copyOf(stream, 24))
        .isEqualTo(
            new byte[] {
              (byte) old.length, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
            });
    assertThat(stream[24]).isEqualTo((byte) ('A' - 'a'));
    assertThat(stream).hasSize(24 + old.length + 1).endsWith('!');
  }

  @Test
  void movedBlocksAreFound() throws IOException {
    byte[] old = random(MEGABYTE);
    byte[] fresh = new byte[MEGABYTE];
    System.arraycopy(old, MEGABYTE / 2, fresh, 0, MEGABYTE / 2);
    System.arraycopy(old, 0, fresh, MEGABYTE / 2, MEGABYTE / 2);
    byte[] stream = diff(old, fresh);
    assertThat(nonZero(stream)).isLessThan(100);
    assertThat(BsPatchModel.patch(old, stream, MEGABYTE)).isEqualTo(fresh);
  }

  /** Code in which an address of four bytes stands at each twelfth byte, all of them shifted. */
  @Test
  void anAlignmentOutlivesChangedAddresses() throws IOException {
    byte[] old = random(MEGABYTE);
    byte[] fresh = old.clone();
    for (int i = 100; i + 12 < fresh.length; i += 12) {
      fresh[i] = (byte) (fresh[i] + 64);
    }
    byte[] stream = diff(old, fresh);
    assertThat(stream).hasSize(24 + MEGABYTE);
    assertThat(nonZero(stream)).isLessThan(MEGABYTE / 12 + 100);
  }

  /** Content on which a search for the longest match takes time that grows with its square. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 24, 4096})
  void periodicContentTakesNoLongerThanOther(int period) throws IOException {
    byte[] old = Contents.repeated(Arrays.copyOf(random(MEGABYTE), period), 4 * MEGABYTE / period);
    byte[] fresh = Arrays.copyOfRange(old, period / 2, old.length + period);
    fresh[MEGABYTE]++;
    byte[] stream = diff(old, fresh);
    assertThat(BsPatchModel.patch(old, stream, fresh.length)).isEqualTo(fresh);
    assertThat(deflated(stream)).isLessThan(20_000);
  }

  /** Clients from 2026.3 on refuse a part whose records take more than a share of its objects. */
  @Test
  void recordsStayWithinWhatClientsTake() throws IOException {
    byte[] old = random(MEGABYTE);
    byte[] fresh = new byte[old.length];
    var random = new Random(5);
    int piece = 64;
    for (int i = 0; i < fresh.length; i += piece) {
      System.arraycopy(old, random.nextInt(old.length - piece), fresh, i, piece);
    }
    byte[] stream = diff(old, fresh);
    assertThat(BsPatchModel.patch(old, stream, fresh.length)).isEqualTo(fresh);
    assertThat(stream.length - fresh.length).isLessThanOrEqualTo(fresh.length / 32 + (1 << 16));
  }

  /** More turns than the tree of cuts in question holds. */
  @Test
  void longHistoriesAreSettledOnTheWay() throws IOException {
    byte[] old = random(MEGABYTE);
    byte[] fresh = old.clone();
    for (int i = 0; i < fresh.length; i += 40) {
      System.arraycopy(old, (i * 7) % (old.length - 40), fresh, i, Math.min(30, fresh.length - i));
    }
    byte[] stream = diff(old, fresh);
    assertThat(BsPatchModel.patch(old, stream, fresh.length)).isEqualTo(fresh);
  }

  private byte[] diff(byte[] old, byte[] fresh) throws IOException {
    var out = new ByteArrayOutputStream();
    differ.diff(old, fresh, out);
    return out.toByteArray();
  }

  private static byte[] random(int size) {
    var content = new byte[size];
    new Random(4).nextBytes(content);
    return content;
  }

  private static long deflated(byte[] stream) {
    try (var estimate = new Estimate()) {
      return estimate.compressed(stream);
    }
  }

  private static long nonZero(byte[] stream) {
    long count = 0;
    for (byte b : stream) {
      count += b == 0 ? 0 : 1;
    }
    return count;
  }
}
