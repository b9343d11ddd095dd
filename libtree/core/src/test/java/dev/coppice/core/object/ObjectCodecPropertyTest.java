package dev.coppice.core.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The codecs write what the general GVariant codec writes, and read what they wrote. */
class ObjectCodecPropertyTest {
  @Property(tries = 300)
  void dirTrees(@ForAll long seed) {
    DirTree tree = new RandomObjects(seed).dirTree();
    assertThat(tree.encode()).isEqualTo(RandomObjects.generic(tree));
    assertThat(DirTree.decode(tree.encode())).isEqualTo(tree);
  }

  @Property(tries = 300)
  void dirMetas(@ForAll long seed) {
    DirMeta meta = new RandomObjects(seed).dirMeta();
    assertThat(meta.encode()).isEqualTo(RandomObjects.generic(meta));
    assertThat(DirMeta.decode(meta.encode())).isEqualTo(meta);
  }

  @Property(tries = 300)
  void fileHeaders(@ForAll long seed, @ForAll int size) {
    FileHeader header = new RandomObjects(seed).fileHeader();
    byte[] plain = header.checksumPrefix();
    byte[] archive = header.archivePrefix(Integer.toUnsignedLong(size));
    assertThat(body(plain)).isEqualTo(RandomObjects.generic(header));
    assertThat(body(archive))
        .isEqualTo(RandomObjects.generic(header, Integer.toUnsignedLong(size)));
    assertThat(FileHeader.decode(body(plain))).isEqualTo(header);
    assertThat(FileHeader.decodeArchive(body(archive)))
        .isEqualTo(new FileHeader.Archived(Integer.toUnsignedLong(size), header));
  }

  private static byte[] body(byte[] framed) {
    return Arrays.copyOfRange(framed, FileHeader.FRAME, framed.length);
  }

  @Property(tries = 300)
  void xattrs(@ForAll long seed) {
    Xattrs xattrs = new RandomObjects(seed).xattrs();
    assertThat(xattrs.encode()).isEqualTo(RandomObjects.generic(xattrs).serialized());
    assertThat(Xattrs.decode(xattrs.encode())).isEqualTo(xattrs);
  }

  @Property(tries = 200)
  void commits(@ForAll long seed) {
    Commit commit = new RandomObjects(seed).commit();
    Commit read = Commit.decode(commit.encode());
    assertThat(read.encode()).isEqualTo(commit.encode());
    assertThat(read.parent()).isEqualTo(commit.parent());
    assertThat(read.related()).isEqualTo(commit.related());
    assertThat(read.subject()).isEqualTo(commit.subject());
    assertThat(read.timestamp()).isEqualTo(commit.timestamp());
  }

  @Property(tries = 500)
  void checksums(@ForAll long seed) {
    Checksum checksum = new RandomObjects(seed).checksum();
    assertThat(Checksum.ofHex(checksum.hex())).isEqualTo(checksum);
    assertThat(Checksum.of(checksum.bytes())).isEqualTo(checksum);
  }

  /** One changed byte is refused or read as another value; it never fails in another way. */
  @Property(tries = 500)
  void changedBytes(@ForAll long seed, @ForAll int where, @ForAll byte to) {
    var random = new RandomObjects(seed);
    DirTree tree = random.dirTree();
    byte[] bytes = tree.encode();
    int at = Math.floorMod(where, bytes.length);
    bytes[at] = to;
    try {
      DirTree read = DirTree.decode(bytes);
      assertThat(read.encode()).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  /** Any part of an object that is cut off at its end makes it unreadable. */
  @Property(tries = 200)
  void cutOffEnds(@ForAll long seed, @ForAll int where) {
    byte[] bytes = new RandomObjects(seed).dirTree().encode();
    byte[] cut = Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));
    try {
      assertThat(DirTree.decode(cut).encode()).isEqualTo(cut);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }
}
