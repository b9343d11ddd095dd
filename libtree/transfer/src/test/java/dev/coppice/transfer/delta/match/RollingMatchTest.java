package dev.coppice.transfer.delta.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RollingMatchTest {
  private final RollingMatch matcher = new RollingMatch();

  @Provide
  Arbitrary<Contents> pairs() {
    return Contents.pairs();
  }

  @Property(tries = 500)
  void thePiecesAreTheNewContent(@ForAll("pairs") Contents pair) {
    var all = new ByteArrayOutputStream();
    for (Piece piece : matcher.match(pair.old(), pair.fresh())) {
      assertThat(piece.length()).isPositive();
      switch (piece) {
        case Piece.Old part -> all.write(pair.old(), part.offset(), part.length());
        case Piece.Literal part -> {
          assertThat(part.offset()).isEqualTo(all.size());
          all.write(pair.fresh(), part.offset(), part.length());
        }
      }
    }
    assertThat(all.toByteArray()).isEqualTo(pair.fresh());
  }

  /** What ostree's generator finds nothing in: its chunks are all compared from the first byte. */
  @Test
  void aChangeAtTheStartCostsNoMoreThanItself() {
    var old = new byte[3_000_000];
    new Random(1).nextBytes(old);
    byte[] fresh = old.clone();
    fresh[0]++;
    assertThat(matcher.match(old, fresh))
        .containsExactly(new Piece.Literal(0, 1), new Piece.Old(1, old.length - 1));
  }

  @Test
  void insertedBytesCutTheContentOnceAndExactly() {
    var old = new byte[100_000];
    new Random(2).nextBytes(old);
    var fresh = new byte[100_100];
    System.arraycopy(old, 0, fresh, 0, 30_011);
    System.arraycopy(old, 30_011, fresh, 30_111, old.length - 30_011);
    fresh[30_011] = (byte) (old[30_011] + 1);
    fresh[30_110] = (byte) (old[30_010] + 1);
    assertThat(matcher.match(old, fresh))
        .isEqualTo(
            List.of(
                new Piece.Old(0, 30_011),
                new Piece.Literal(30_011, 100),
                new Piece.Old(30_011, old.length - 30_011)));
  }

  @Test
  void nothingInCommonIsOneLiteral() {
    assertThat(matcher.match(new byte[0], new byte[] {1, 2}))
        .containsExactly(new Piece.Literal(0, 2));
    assertThat(matcher.match(new byte[] {1, 2}, new byte[0])).isEmpty();
  }
}
