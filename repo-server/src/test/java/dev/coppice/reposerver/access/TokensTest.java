package dev.coppice.reposerver.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, of which only hashes are known. */
class TokensTest {
  @TempDir Path temp;

  private Tokens tokens(String... lines) throws IOException {
    return Tokens.read(Files.writeString(temp.resolve("tokens"), String.join("\n", lines) + "\n"));
  }

  private static String hash(String token) {
    return Checksum.sha256(token.getBytes(UTF_8)).hex();
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  @Test
  void knowsTokensByBothWaysOfSendingThem() throws IOException {
    Tokens tokens = tokens("# comment", "", hash("one") + " first", hash("two") + "  second");
    assertThat(tokens.name("Bearer one")).contains("first");
    assertThat(tokens.name("bearer  two ")).contains("second");
    assertThat(tokens.name(basic("anybody:one"))).contains("first");
    assertThat(tokens.name(basic(":two"))).contains("second");
  }

  @Test
  void knowsWhatSha256sumPrints() throws IOException {
    assertThat(tokens(hash("one") + "  -").name("Bearer one")).contains("-");
    assertThat(tokens(hash("one")).name("Bearer one")).contains("token");
  }

  @Test
  void refusesEverythingElse() throws IOException {
    Tokens tokens = tokens(hash("one") + " first");
    assertThat(tokens.name(null)).isEmpty();
    assertThat(tokens.name("")).isEmpty();
    assertThat(tokens.name("one")).isEmpty();
    assertThat(tokens.name("Bearer")).isEmpty();
    assertThat(tokens.name("Bearer ")).isEmpty();
    assertThat(tokens.name("Bearer onee")).isEmpty();
    assertThat(tokens.name("Bearer " + hash("one"))).as("the hash is no token").isEmpty();
    assertThat(tokens.name("Digest one")).isEmpty();
    assertThat(tokens.name("Basic one")).isEmpty();
    assertThat(tokens.name("Basic !!!")).isEmpty();
    assertThat(tokens.name(basic("one"))).isEmpty();
    assertThat(tokens.name(basic("one:"))).isEmpty();
    assertThat(tokens().name("Bearer one")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-hex name", "abcd name", "secret-token", "two  words here"})
  void namesTheLineThatIsWrongAndNotWhatIsInIt(String line) {
    String whole = line.startsWith("two") ? hash("x") + " " + line : line;
    assertThatThrownBy(() -> tokens("# comment", whole))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("tokens, line 2")
        .hasMessageNotContaining("secret-token");
  }
}
