package dev.coppice.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ObjectSetTest {
  /** Few different values, so that many are added twice and many share a slot. */
  @Property(tries = 100)
  void behavesAsAHashSet(@ForAll long seed, @ForAll @IntRange(max = 3000) int count) {
    var random = new Random(seed);
    var set = new ObjectSet();
    var oracle = new HashSet<ObjectName>();
    for (int i = 0; i < count; i++) {
      var name =
          new ObjectName(
              ObjectType.values()[random.nextInt(9)],
              new Checksum((long) random.nextInt(4) << 56, random.nextInt(40), 0, 7));
      assertThat(set.contains(name)).isEqualTo(oracle.contains(name));
      assertThat(set.add(name)).isEqualTo(oracle.add(name));
      assertThat(set.contains(name)).isTrue();
    }
    assertThat(set.size()).isEqualTo(oracle.size());
    var listed = new ArrayList<ObjectName>();
    set.forEach(listed::add);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(oracle);
  }

  @Test
  void everyBitCounts() {
    var set = new ObjectSet();
    var zero = new Checksum(0, 0, 0, 0);
    set.add(ObjectType.FILE, zero);
    for (int word = 0; word < 4; word++) {
      for (int bit = 0; bit < 64; bit++) {
        long one = 1L << bit;
        var other =
            new Checksum(
                word == 0 ? one : 0, word == 1 ? one : 0, word == 2 ? one : 0, word == 3 ? one : 0);
        assertThat(set.contains(ObjectType.FILE, other)).isFalse();
      }
    }
    assertThat(set.contains(ObjectType.DIRTREE, zero)).isFalse();
    assertThat(set.contains(ObjectType.FILE, zero)).isTrue();
  }
}
