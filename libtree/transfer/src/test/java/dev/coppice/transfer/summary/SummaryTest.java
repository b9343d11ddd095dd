package dev.coppice.transfer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final byte[] COMMIT = new byte[Checksum.BYTES];

  private static byte[] summary(String ref, byte[] commit, Variant metadata) {
    var refs = new VariantWriter(Summary.REFS).beginArray();
    refs.beginTuple().putString(ref).beginTuple().putInt64(178).putBytes(commit);
    refs.put(VariantDict.builder().build()).end().end();
    return Variant.tuple(refs.end().toVariant(), metadata).serialized();
  }

  @Test
  void readsWhatItHas() {
    Variant metadata =
        VariantDict.builder()
            .put(Summary.LAST_MODIFIED, Variant.ofUint64(Long.reverseBytes(1234)))
            .put(Summary.COLLECTION_ID, Variant.ofString("org.example.Own"))
            .put(Summary.MODE, Variant.ofString("archive-z2"))
            .put(Summary.INDEXED_DELTAS, Variant.ofBoolean(true))
            .build();
    Summary summary = Summary.decode(summary("os/x", COMMIT, metadata));
    assertThat(summary.refs()).containsOnlyKeys("os/x");
    assertThat(summary.refs().get("os/x")).extracting(SummaryRef::size).isEqualTo(178L);
    assertThat(summary.collections()).containsOnlyKeys("org.example.Own");
    assertThat(summary.lastModified()).hasValue(1234);
    assertThat(summary.expires()).isEmpty();
    assertThat(summary.mode()).contains("archive-z2");
    assertThat(summary.indexedDeltas()).isTrue();
    assertThat(summary.tombstoneCommits()).isEmpty();
  }

  @Test
  void valuesOfAnotherTypeAreNone() {
    Variant metadata =
        VariantDict.builder()
            .put(Summary.LAST_MODIFIED, Variant.ofString("now"))
            .put(Summary.STATIC_DELTAS, Variant.ofBoolean(true))
            .build();
    Summary summary = Summary.decode(summary("os", COMMIT, metadata));
    assertThat(summary.lastModified()).isEmpty();
    assertThat(summary.staticDeltas()).isEmpty();
  }

  @Test
  void refusesWhatIsNotInNormalForm() {
    byte[] good = summary("os", COMMIT, VariantDict.builder().build());
    refused(Arrays.copyOf(good, good.length - 1), ErrorCode.OBJECT_CORRUPT, "Not normal form");
    refused(
        "<html>".getBytes(StandardCharsets.US_ASCII), ErrorCode.OBJECT_CORRUPT, "Not normal form");
  }

  @Test
  void refusesChecksumsOfAnotherLength() {
    byte[] bad = summary("os", new byte[31], VariantDict.builder().build());
    refused(bad, ErrorCode.OBJECT_CORRUPT, "Invalid checksum of length 31 expected 32 for ref os");
  }

  @Test
  void refusesNamesThatLeadOutOfTheRepository() {
    byte[] bad = summary("../../config", COMMIT, VariantDict.builder().build());
    refused(bad, ErrorCode.REF_INVALID, "../../config");
  }

  private static void refused(byte[] bytes, ErrorCode code, String message) {
    assertThatThrownBy(() -> Summary.decode(bytes))
        .isInstanceOfSatisfying(
            TreeException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
