package dev.coppice.core.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the outside sees of a configuration. */
class PublicConfigTest {
  private static String shown(String config) {
    return new String(PublicConfig.of(config.getBytes(UTF_8), "config"), UTF_8);
  }

  @Test
  void showsTheCoreSectionWithoutPathsAndComments() {
    String config =
        """
        # admin: secret-1
        [core]
        repo_version=1
        # password is secret-2
        mode=archive-z2
        parent=/home/secret-3
        collection-id=org.example.Os

        [remote "up"]
        url=https://user:secret-4@example.org/
        tls-client-key-path=/etc/secret-5

        [core]
        tombstone-commits=true

        [archive]
        zlib-level=9
        """;
    assertThat(shown(config))
        .isEqualTo(
            """
            [core]
            repo_version=1
            mode=archive-z2
            collection-id=org.example.Os
            tombstone-commits=true
            """);
  }

  @Test
  void isEmptyWithoutCore() {
    assertThat(shown("[remote \"x\"]\nurl=secret\n")).isEmpty();
  }
}
