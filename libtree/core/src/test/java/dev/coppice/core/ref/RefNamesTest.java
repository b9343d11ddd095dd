package dev.coppice.core.ref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefNamesTest {
  static final List<String> VALID =
      List.of(
          "a", "_", "a.b", "a/b", "é", "²x", "ⅷ", "日本", "٣", "0/1-._", "𝒳y", "a--.", "A_b/c.d-e");

  /** Which real tools take these depends on the version of their library for patterns. */
  static final List<String> NEWLY_VALID = List.of("a‿b", "\u0301a", "é\u0301");

  static final List<String> INVALID =
      List.of(
          "", "-a", ".a", "a//b", "/a", "a/", "a b", "a\nb", "..", "a/..", "a/.b", "a\\b", "a:b:c",
          "a*", "😀", "a@b", "\uD800", "a\uDC80");

  @Test
  void namesOfRefs() {
    assertThat(VALID).allMatch(RefName::isValid);
    assertThat(NEWLY_VALID).allMatch(RefName::isValid);
    assertThat(INVALID).noneMatch(RefName::isValid);
    assertThatThrownBy(() -> RefName.of("a b"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REF_INVALID))
        .hasMessage("Invalid ref name a b");
    assertThat(RemoteName.isValid("fedora")).isTrue();
    assertThat(RemoteName.isValid("a/b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "org.example.Stable_1", "_a._b"})
  void collectionIds(String id) {
    assertThat(CollectionId.isValid(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ".a", "a.", "a..b", "a.1b", "a-b.c", "é.b", "a/b.c"})
  void textsThatAreNoCollectionIds(String id) {
    assertThat(CollectionId.isValid(id)).isFalse();
    assertThatThrownBy(() -> CollectionId.of(id)).hasMessage("Invalid collection ID " + id);
  }

  @Test
  void aCollectionIdHasALimit() {
    assertThat(CollectionId.isValid("a." + "b".repeat(253))).isTrue();
    assertThat(CollectionId.isValid("a." + "b".repeat(254))).isFalse();
  }

  @Test
  void refspecs() {
    assertThat(RefSpec.parse("a/b")).isEqualTo(new RefSpec.Local(RefName.of("a/b")));
    assertThat(RefSpec.parse("r:a/b"))
        .isEqualTo(new RefSpec.Remote(RemoteName.of("r"), RefName.of("a/b")))
        .hasToString("r:a/b");
    for (String bad : List.of("", ":", "r:", ":a", "r/s:a", "a:b:c", "-r:a")) {
      assertThatThrownBy(() -> RefSpec.parse(bad)).hasMessage("Invalid refspec " + bad);
    }
  }

  @Test
  void prefixes() {
    assertThat(RefPrefix.parse("r:")).isEqualTo(RefPrefix.parse("r:."));
    RefPrefix prefix = RefPrefix.parse("r:a");
    assertThat(prefix.cut(RefSpec.parse("r:a/b/c"))).hasToString("r:b/c");
    assertThat(prefix.cut(RefSpec.parse("r:a"))).hasToString("r:a");
    assertThatThrownBy(() -> RefPrefix.parse("a/")).hasMessage("Invalid refspec a/");
  }

  @Test
  void revisions() {
    String hex = "0123456789abcdef".repeat(4);
    assertThat(RevSpec.parse(hex)).isEqualTo(new RevSpec.Exact(Checksum.ofHex(hex)));
    assertThat(RevSpec.parse(hex + "^^"))
        .isEqualTo(new RevSpec.Parent(new RevSpec.Parent(new RevSpec.Exact(Checksum.ofHex(hex)))));
    assertThat(RevSpec.parse("abc")).hasToString("abc").matches(rev -> maybePartial(rev));
    assertThat(RevSpec.parse("abx")).matches(rev -> !maybePartial(rev));
    assertThat(RevSpec.parse("r:abc^")).hasToString("r:abc^");
    assertThat(RevSpec.parse("r:abc")).matches(rev -> !maybePartial(rev));
    for (String bad : List.of("", "^", "a^b", "a b^")) {
      assertThatThrownBy(() -> RevSpec.parse(bad)).hasMessageStartingWith("Invalid refspec ");
    }
  }

  private static boolean maybePartial(RevSpec rev) {
    return rev instanceof RevSpec.Named named && named.maybePartial();
  }
}
