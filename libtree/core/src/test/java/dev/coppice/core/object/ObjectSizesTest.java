package dev.coppice.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectSizesTest {
  private static final Checksum SUM = Checksum.sha256(new byte[] {1});

  /** A commit with elements made of the checksum and these bytes. */
  private static Commit commit(int[]... tails) {
    List<Variant> elements = new ArrayList<>();
    for (int[] tail : tails) {
      byte[] element = new byte[Checksum.BYTES + tail.length];
      SUM.write(element, 0);
      for (int i = 0; i < tail.length; i++) {
        element[Checksum.BYTES + i] = (byte) tail[i];
      }
      elements.add(Variant.ofBytes(element));
    }
    Variant sizes = Variant.array(VariantType.BYTES, elements);
    return with(VariantDict.builder().put(ObjectSizes.KEY, sizes).build());
  }

  private static Commit with(Variant metadata) {
    return new Commit(metadata, Optional.empty(), List.of(), "", "", 0, SUM, SUM);
  }

  @Test
  void readsVarintsAndTypes() {
    assertThat(ObjectSizes.of(commit(new int[] {0xac, 2, 5, 2}, new int[] {1, 0x80, 1})))
        .containsExactly(
            new ObjectSizes.Entry(ObjectName.dirtree(SUM), 300, 5),
            new ObjectSizes.Entry(ObjectName.file(SUM), 1, 128));
  }

  @Test
  void refusesWhatIsNotOfTheForm() {
    assertThatThrownBy(() -> ObjectSizes.of(with(VariantDict.builder().build())))
        .isInstanceOf(Failure.class)
        .hasMessage("No metadata key ostree.sizes in commit");
    int[][] wrong = {{}, {1}, {0x80, 0x80}, {1, 0x80}, {1, 2, 99}, {1, 2, 0}};
    for (int[] tail : wrong) {
      assertThatThrownBy(() -> ObjectSizes.of(commit(tail)))
          .isInstanceOf(MalformedObjectException.class);
    }
  }
}
