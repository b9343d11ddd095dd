package dev.coppice.core.ref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevResolverTest {
  private static final Checksum CHILD = Checksum.ofHex("ab" + "0".repeat(62));
  private static final Checksum PARENT = Checksum.ofHex("ac" + "0".repeat(62));
  private static final Map<String, Checksum> REFS =
      Map.of("main", CHILD, "ab", PARENT, "r:x", CHILD, "ff", PARENT);

  private final RevResolver resolver =
      new RevResolver(
          (spec, scope) -> Optional.ofNullable(REFS.get(spec.toString())),
          new CommitLookup() {
            @Override
            public List<Checksum> commitsStartingWith(String hexPrefix) {
              return List.of(CHILD, PARENT).stream()
                  .filter(commit -> commit.hex().startsWith(hexPrefix))
                  .toList();
            }

            @Override
            public Optional<Checksum> parentOf(Checksum commit) {
              return commit.equals(CHILD) ? Optional.of(PARENT) : Optional.empty();
            }
          });

  private Checksum resolve(String rev) throws IOException {
    return resolver.resolve(RevSpec.parse(rev));
  }

  @Test
  void commitsComeBeforeRefs() throws IOException {
    assertThat(resolve("main")).isEqualTo(CHILD);
    assertThat(resolve("ab")).isEqualTo(CHILD);
    assertThat(resolve("ff")).isEqualTo(PARENT);
    assertThat(resolve("ac0")).isEqualTo(PARENT);
    assertThat(resolve("r:x^")).isEqualTo(PARENT);
    assertThat(resolve("main^")).isEqualTo(PARENT);
    assertThat(resolve(PARENT.hex())).isEqualTo(PARENT);
    assertThat(resolve("r:" + PARENT.hex())).isEqualTo(PARENT);
  }

  @Test
  void whatCannotBeResolvedIsNamed() throws IOException {
    assertThatThrownBy(() -> resolve("nope^"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REV_NOT_FOUND))
        .hasMessage("Refspec 'nope' not found");
    assertThatThrownBy(() -> resolve("a"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REV_AMBIGUOUS))
        .hasMessage("Refspec a not unique");
    assertThatThrownBy(() -> resolve("main^^"))
        .hasMessage("Commit " + PARENT.hex() + " has no parent");
    assertThat(resolver.find(RevSpec.parse("nope"), RefScope.LOCAL)).isEmpty();
  }
}
