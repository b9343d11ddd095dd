package dev.coppice.reposerver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.posix.FileStat;
import dev.coppice.reposerver.file.FileKind;
import dev.coppice.reposerver.file.RepoPath;
import org.junit.jupiter.api.Test;

/** The memory for small files. */
class EntityCacheTest {
  private static Entity entity(int size) {
    var stat = new FileStat(1, 2, 0100644, 1, 0, 0, 0, size, 8, 3, 4, 5, 6);
    return Entity.inMemory(new RepoPath("x", FileKind.SUMMARY), stat, new byte[size]);
  }

  @Test
  void keepsUpToItsSizeAndLetsGoOfWhatNobodyAskedFor() {
    var cache = new EntityCache(10_000);
    for (int i = 0; i < 4; i++) {
      cache.put("/" + i, entity(1000), 0);
    }
    assertThat(cache.find("/0")).isNotNull();
    cache.put("/4", entity(1000), 0);
    assertThat(cache.size()).isEqualTo(4);
    assertThat(cache.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(cache.find("/0")).as("asked for since").isNotNull();
    assertThat(cache.find("/1")).as("the eldest otherwise").isNull();
  }

  @Test
  void countsWhatIsReplacedOnce() {
    var cache = new EntityCache(10_000);
    for (int i = 0; i < 100; i++) {
      cache.put("/same", entity(i), 0);
    }
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.bytes()).isEqualTo(1024 + 99);
    cache.forget("/same");
    cache.forget("/same");
    assertThat(cache.bytes()).isZero();
    assertThat(cache.find("/same")).isNull();
  }

  @Test
  void keepsNothingThatIsTooLarge() {
    var cache = new EntityCache(10_000);
    cache.put("/large", entity(9_000), 0);
    assertThat(cache.size()).isZero();
    var none = new EntityCache(0);
    none.put("/small", entity(1), 0);
    assertThat(none.size()).isZero();
  }

  @Test
  void staysWithinItsSizeWhateverComes() {
    var cache = new EntityCache(50_000);
    for (int i = 0; i < 10_000; i++) {
      cache.put("/" + i % 97, entity(i % 3000), 0);
      if (i % 3 == 0) {
        cache.find("/" + i % 31);
      }
      assertThat(cache.bytes()).isLessThanOrEqualTo(50_000);
    }
    assertThat(cache.size()).isPositive();
  }

  @Test
  void isFreshForAWhile() {
    var slot = new EntityCache.Slot("/x", entity(1), 100);
    assertThat(slot.isFresh(109, 10)).isTrue();
    assertThat(slot.isFresh(110, 10)).isFalse();
    slot.confirm(110);
    assertThat(slot.isFresh(119, 10)).isTrue();
  }
}
