package dev.coppice.transfer.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunsTest {
  @Property
  void addsEachByteModulo256(
      @ForAll @Size(max = 60) byte[] to,
      @ForAll @Size(60) byte[] from,
      @ForAll @IntRange(max = 9) int at) {
    int length = Math.max(0, to.length - at);
    byte[] expected = to.clone();
    for (int i = 0; i < length; i++) {
      expected[at + i] += from[i];
    }
    byte[] sum = to.clone();
    Runs.add(sum, at, from, 0, length);
    assertThat(sum).isEqualTo(expected);
  }

  @Property
  void subtractsEachByteModulo256(
      @ForAll @Size(60) byte[] from,
      @ForAll @Size(max = 60) byte[] what,
      @ForAll @IntRange(max = 9) int at) {
    int length = Math.max(0, what.length - at);
    byte[] difference = new byte[70];
    Runs.subtract(from, at, what, at, length, difference, 5);
    byte[] back = Arrays.copyOfRange(difference, 5, 5 + length);
    Runs.add(back, 0, what, at, length);
    assertThat(back).isEqualTo(Arrays.copyOfRange(from, at, at + length));
    assertThat(difference[5 + length]).as("behind the last one").isZero();
  }
}
