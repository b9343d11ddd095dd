package dev.coppice.transfer.delta.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairingTest {
  private final Random random = new Random(3);

  @Test
  void contentIsFoundUnderAnotherName() {
    byte[] one = bytes(50_000);
    byte[] other = bytes(50_000);
    byte[] fresh = one.clone();
    fresh[777]++;
    var olds = List.of(entry("usr/lib/other", other), entry("usr/lib/one", one));
    assertThat(Pairing.pair(olds, List.of(entry("opt/renamed", fresh)), 1))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found).singleElement().extracting(Pairing.Candidate::old).isEqualTo(1);
              assertThat(found.getFirst().resemblance()).isGreaterThan(0.9);
            });
  }

  @Test
  void aModuleIsFoundUnderTheNextKernel() {
    byte[] small = {1, 2, 3};
    var olds =
        List.of(
            entry("usr/lib/modules/6.1.0-48-amd64/kernel/net/x.ko", small),
            entry("usr/lib/modules/6.1.0-48-amd64/kernel/drivers/net/x.ko", small));
    var fresh = entry("usr/lib/modules/6.1.0-56-amd64/kernel/drivers/net/x.ko", small);
    assertThat(Pairing.among(olds).candidates(fresh, 4))
        .extracting(Pairing.Candidate::old)
        .containsExactly(1, 0);
  }

  @Test
  void aLibraryIsFoundUnderItsNextVersion() {
    var olds =
        List.of(entry("lib/libbar.so.1.2", bytes(99)), entry("lib/libfoo.so.1.2", bytes(99)));
    assertThat(Pairing.among(olds).candidates(entry("lib/libfoo.so.1.10.1", bytes(99)), 1))
        .extracting(Pairing.Candidate::old)
        .containsExactly(1);
  }

  @Test
  void theSamePathComesBeforeTheSameName() {
    var olds = List.of(entry("a/config", bytes(50)), entry("b/config", bytes(50)));
    assertThat(Pairing.among(olds).candidates(entry("b/config", bytes(50)), 1))
        .extracting(Pairing.Candidate::old)
        .containsExactly(1);
  }

  @Test
  void whatHasNothingInCommonIsNoCandidate() {
    var olds = List.of(entry("a/one", bytes(5000)));
    assertThat(Pairing.among(olds).candidates(entry("b/two", bytes(5000)), 4)).isEmpty();
  }

  private byte[] bytes(int size) {
    var content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private static Pairing.Entry entry(String path, byte[] content) {
    return new Pairing.Entry(path, content.length, Sketch.of(content));
  }
}
