package dev.coppice.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
  /** All in one directory, the one that is named 00. */
  private static ObjectName object(int number) {
    return ObjectName.dirtree(new Checksum(number, 0, 0, 0));
  }

  private static Path put(LooseStore store, ObjectName name) throws IOException {
    Path path = store.directory().resolve(store.path(name));
    Files.createDirectories(path.getParent());
    return Files.write(path, new byte[1]);
  }

  @Test
  void answersAsTheStoreBeforeAndAfterNamesAreRead() throws IOException {
    try (var temp = TempTree.create();
        var store = new LooseStore(temp.path("repo"), RepoMode.BARE)) {
      for (int i = 0; i < 100; i += 2) {
        put(store, object(i));
      }
      var known = new KnownObjects(store);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 100; i++) {
          assertThat(known.has(object(i)))
              .as("object %d, round %d", i, round)
              .isEqualTo(i % 2 == 0);
        }
      }
    }
  }

  @Test
  void namesAreReadOnceAndWhatComesLaterIsFound() throws IOException {
    try (var temp = TempTree.create();
        var store = new LooseStore(temp.path("repo"), RepoMode.BARE)) {
      Path first = put(store, object(0));
      var known = new KnownObjects(store);
      for (int i = 0; i < 50; i++) {
        assertThat(known.has(object(1))).isFalse();
      }
      put(store, object(1));
      assertThat(known.has(object(1))).isTrue();
      // Nobody may do this while a transaction is open; it shows that the system is not asked.
      Files.delete(first);
      assertThat(known.has(object(0))).isTrue();
    }
  }

  @Test
  void aStoreWithoutTheDirectoryHasNothing() throws IOException {
    try (var temp = TempTree.create();
        var store = new LooseStore(temp.path("repo"), RepoMode.BARE)) {
      Files.createDirectories(store.directory());
      var known = new KnownObjects(store);
      for (int i = 0; i < 50; i++) {
        assertThat(known.has(object(1))).isFalse();
      }
    }
  }
}
