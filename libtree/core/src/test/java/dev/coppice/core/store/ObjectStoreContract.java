package dev.coppice.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} promises. An implementation's test says how to fill one. */
@SuppressWarnings("NullAway.Init") // filled by what each implementation runs before a test
abstract class ObjectStoreContract {
  static final byte[] CONTENT = "content of a file\n".repeat(5000).getBytes(StandardCharsets.UTF_8);
  static final FileHeader REGULAR = FileHeader.regular(0, 0, 0755, Xattrs.NONE);
  static final FileHeader EMPTY = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
  static final FileHeader LINK = FileHeader.symlink(0, 0, "../usr/bin/naïve", Xattrs.NONE);
  static final byte[] META = new DirMeta(0, 0, 0040755, Xattrs.NONE).encode();
  private static final Checksum ABSENT = new Checksum(1, 2, 3, 4);

  TempTree temp;
  private ObjectStore store;
  private Checksum regular = ABSENT;
  private Checksum empty = ABSENT;
  private Checksum link = ABSENT;
  private ObjectName meta = ObjectName.dirmeta(ABSENT);

  /** What a test puts into a store. */
  interface Sink {
    Checksum file(FileHeader header, byte[] content) throws IOException;

    ObjectName metadata(ObjectType type, byte[] bytes) throws IOException;
  }

  /** What fills a store. */
  interface Filling {
    void into(Sink sink) throws IOException;
  }

  /** A store of which {@code filling} has put everything in place. */
  abstract ObjectStore filled(Filling filling) throws IOException;

  @BeforeEach
  void fill() throws IOException {
    temp = TempTree.create();
    store =
        filled(
            sink -> {
              regular = sink.file(REGULAR, CONTENT);
              empty = sink.file(EMPTY, new byte[0]);
              link = sink.file(LINK, new byte[0]);
              meta = sink.metadata(ObjectType.DIRMETA, META);
            });
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  @Test
  void tellsWhatIsThere() throws IOException {
    assertThat(store.has(ObjectName.file(regular))).isTrue();
    assertThat(store.has(meta)).isTrue();
    assertThat(store.has(ObjectName.file(ABSENT))).isFalse();
    assertThat(store.has(ObjectName.dirtree(meta.checksum()))).isFalse();
  }

  @Test
  void loadsMetadata() throws IOException {
    assertThat(store.loadIfExists(meta)).isEqualTo(META);
    assertThat(store.load(meta)).isEqualTo(META);
    assertThat(store.loadIfExists(ObjectName.dirmeta(ABSENT))).isNull();
    assertThatThrownBy(() -> store.load(ObjectName.dirmeta(ABSENT)))
        .isInstanceOf(MissingObjectException.class)
        .hasMessage("No such metadata object " + ABSENT + ".dirmeta");
  }

  @Test
  void opensFiles() throws IOException {
    try (FileObject file = store.openFile(regular)) {
      assertThat(file.header()).isEqualTo(REGULAR);
      assertThat(file.size()).isEqualTo(CONTENT.length);
      assertThat(file.content().readAllBytes()).isEqualTo(CONTENT);
    }
    try (FileObject file = store.openFile(empty)) {
      assertThat(file.size()).isZero();
      assertThat(file.content().readAllBytes()).isEmpty();
    }
    assertThat(store.openFileIfExists(ABSENT)).isNull();
    assertThatThrownBy(() -> store.openFile(ABSENT)).isInstanceOf(MissingObjectException.class);
  }

  @Test
  void opensSymbolicLinks() throws IOException {
    try (FileObject file = store.openFile(link)) {
      assertThat(file.header()).isEqualTo(LINK);
      assertThat(file.size()).isZero();
      assertThat(file.content().readAllBytes()).isEmpty();
      assertThat(file.plainFile()).isNull();
    }
  }

  @Test
  void knowsSizes() throws IOException {
    assertThat(store.storedSize(ObjectName.file(regular))).isPositive();
    assertThat(store.storedSize(meta)).isEqualTo(META.length);
    assertThatThrownBy(() -> store.storedSize(ObjectName.file(ABSENT)))
        .isInstanceOf(MissingObjectException.class);
  }

  @Test
  void listsEverythingOnce() throws IOException {
    var names = new ArrayList<ObjectName>();
    store.list(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            ObjectName.file(regular), ObjectName.file(empty), ObjectName.file(link), meta);
  }

  @Test
  void servesSeveralThreads() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<byte[]>> reads = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        reads.add(
            threads.submit(
                () -> {
                  try (FileObject file = store.openFile(regular)) {
                    return file.content().readAllBytes();
                  }
                }));
      }
      for (Future<byte[]> read : reads) {
        assertThat(read.get()).isEqualTo(CONTENT);
      }
    }
  }
}
