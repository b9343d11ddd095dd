package dev.coppice.core.erofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are those of the reference implementation (xxHash 0.8.3). */
class XxHash32Test {
  @ParameterizedTest
  @CsvSource({
    "'', 0, 02cc5d05",
    "'', 633069711, 59ff5d54",
    "'', 633069715, 5571632c",
    "'a', 0, 550d7456",
    "'a', 633069711, 4f5e2227",
    "'a', 633069715, fd8c25c5",
    "'abc', 0, 32d153ff",
    "'abc', 633069711, 61c300aa",
    "'abc', 633069715, 7821ed97",
    "'selinux', 0, 37f2761d",
    "'selinux', 633069711, dbc098aa",
    "'selinux', 633069715, b60ba136",
    "'overlay.metacopy', 0, 79452740",
    "'overlay.metacopy', 633069711, ec7de2ee",
    "'overlay.metacopy', 633069715, dbe5e05f",
    "'overlay.overlay.opaque', 0, 7f2ab623",
    "'overlay.overlay.opaque', 633069711, c13bfa59",
    "'overlay.overlay.opaque', 633069715, 207b5265",
    "'Nobody inspects the spammish repetition', 0, e2293b2f",
    "'Nobody inspects the spammish repetition', 633069711, dc7e811c",
    "'Nobody inspects the spammish repetition', 633069715, e72863c5"
  })
  void isThatOfTheReference(String text, long seed, String expected) {
    byte[] bytes = ("--" + text + "--").getBytes(StandardCharsets.US_ASCII);
    int hash = XxHash32.hash(bytes, 2, bytes.length - 4, (int) seed);
    assertThat(String.format("%08x", hash)).isEqualTo(expected);
  }
}
