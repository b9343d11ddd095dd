package dev.coppice.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that others may send: each is refused, and says why. */
class HostileObjectTest {
  private static final byte[] SUM = new byte[Checksum.BYTES];

  @ParameterizedTest
  @CsvSource({
    "'', Invalid empty filename",
    "'.', Invalid self-referential filename '.'",
    "'..', Invalid path uplink filename '..'",
    "'a/b', Invalid / in filename a/b",
    "'/', Invalid / in filename /",
  })
  void names(String name, String message) {
    byte[] tree = RandomObjects.hostileTree(List.of(name), List.of(SUM));
    assertThatThrownBy(() -> DirTree.decode(tree))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesOutOfOrder() {
    byte[] tree = RandomObjects.hostileTree(List.of("b", "a"), List.of(SUM, SUM));
    assertThatThrownBy(() -> DirTree.decode(tree))
        .hasMessage("name 'a' is out of order or repeated");
  }

  @Test
  void namesTwice() {
    byte[] tree = RandomObjects.hostileTree(List.of("a", "a"), List.of(SUM, SUM));
    assertThatThrownBy(() -> DirTree.decode(tree))
        .hasMessage("name 'a' is out of order or repeated");
  }

  @Test
  void fileAndDirectoryOfOneName() {
    var same = new Checksum(0, 0, 0, 0);
    byte[] tree =
        new DirTree(List.of(new DirTree.File("a", same)), List.of(new DirTree.Dir("a", same, same)))
            .encode();
    assertThatThrownBy(() -> DirTree.decode(tree)).hasMessage("name 'a' is a file and a directory");
  }

  @ParameterizedTest
  @CsvSource({"0", "31", "33", "64"})
  void checksumsOfOtherLengths(int length) {
    byte[] tree = RandomObjects.hostileTree(List.of("a"), List.of(new byte[length]));
    assertThatThrownBy(() -> DirTree.decode(tree)).isInstanceOf(MalformedObjectException.class);
  }

  @Test
  void notNormalForm() {
    // One byte more than the framing accounts for.
    byte[] tree = new RandomObjects(7).dirTree().encode();
    byte[] longer = Arrays.copyOf(tree, tree.length + 1);
    assertThatThrownBy(() -> DirTree.decode(longer)).isInstanceOf(MalformedObjectException.class);
    assertThatThrownBy(() -> DirTree.decode(new byte[0]))
        .isInstanceOf(MalformedObjectException.class);
  }

  @ParameterizedTest
  @CsvSource({"0100644", "0020666", "0060666", "0", "0240755"})
  void modesThatAreNoDirectory(String mode) {
    byte[] meta = DirMeta.encodeOf(0, 0, Integer.parseInt(mode, 8), Xattrs.NONE);
    assertThatThrownBy(() -> DirMeta.decode(meta))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("mode");
  }

  @ParameterizedTest
  @CsvSource({"0040755", "0020666", "0010644", "0140644", "01000644"})
  void filesOfOtherKinds(String mode) {
    assertThatThrownBy(() -> new FileHeader(0, 0, Integer.parseInt(mode, 8), "", Xattrs.NONE))
        .isInstanceOf(MalformedObjectException.class);
  }

  @Test
  void xattrsWithoutTerminator() {
    byte[] value =
        Variant.array(
                VariantType.of("(ayay)"),
                List.of(
                    Variant.tuple(
                        Variant.ofBytes(RandomObjects.text("user.x")),
                        Variant.ofBytes(RandomObjects.text("v")))))
            .serialized();
    assertThatThrownBy(() -> Xattrs.decode(value)).hasMessageContaining("not NUL terminated name");
  }

  @ParameterizedTest
  @CsvSource({"1", "31", "33"})
  void commitsWithOtherChecksums(int length) {
    Commit good = new RandomObjects(3).commit();
    byte[] bytes =
        Variant.tuple(
                VariantDict.builder().build(),
                Variant.ofBytes(new byte[length]),
                Variant.array(VariantType.of("(say)"), List.of()),
                Variant.ofString(""),
                Variant.ofString(""),
                Variant.ofUint64(0),
                Variant.ofBytes(good.tree().bytes()),
                Variant.ofBytes(good.meta().bytes()))
            .serialized();
    assertThatThrownBy(() -> Commit.decode(bytes))
        .hasMessage("Invalid commit parent: Invalid checksum of length " + length + " expected 32");
  }

  @Test
  void whatOthersStoredKeepsItsOrder() {
    // The order is part of the checksum, and some importers do not sort.
    byte[] unsorted =
        Variant.array(
                VariantType.of("(ayay)"),
                List.of(
                    Variant.tuple(
                        Variant.ofByteString(RandomObjects.text("user.b")),
                        Variant.ofBytes(new byte[0])),
                    Variant.tuple(
                        Variant.ofByteString(RandomObjects.text("user.a")),
                        Variant.ofBytes(new byte[0]))))
            .serialized();
    assertThat(Xattrs.decode(unsorted).encode()).isEqualTo(unsorted);
  }
}
