package dev.coppice.reposerver.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of RFC 9110, section 14. */
class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=0-1000, 0, 100",
    "bytes=10-, 10, 90",
    "bytes=99-, 99, 1",
    "bytes=-1, 99, 1",
    "bytes=-100, 0, 100",
    "bytes=-5000, 0, 100",
    "BYTES=5-9, 5, 5",
    "'bytes= 5 - 9 ', 5, 5",
    "bytes=5-99999999999999999999999999, 5, 95",
    "bytes=-99999999999999999999999999, 0, 100"
  })
  void reads(String header, long start, long length) {
    assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(start, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999999-"})
  void findsNoByteOfTheFile(String header) {
    assertThat(ByteRange.parse(header, 100)).contains(ByteRange.UNSATISFIABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=0x1-2",
        "bytes=+1-2",
        "bytes=1--2",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "lines=0-1",
        "0-1",
        "bytes 0-1"
      })
  void sendsEverythingForWhatIsNoSingleRange(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @Test
  void ofAnEmptyFileNothingCanBeHad() {
    assertThat(ByteRange.parse("bytes=0-", 0)).contains(ByteRange.UNSATISFIABLE);
    assertThat(ByteRange.parse("bytes=-1", 0)).contains(ByteRange.UNSATISFIABLE);
    assertThat(ByteRange.parse(null, 0)).isEmpty();
  }
}
