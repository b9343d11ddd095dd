package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual page, the help and the unit of systemd say what the program does. */
class ManualTest {
  private static final Path PAGE = Path.of("../man/coppice-repo-server.8");
  private static final Path UNIT = Path.of("src/dist/coppice-repo-server.service");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

  @TempDir Path temp;

  private static Set<String> options(String text) {
    return OPTION
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyOptionIsExplained() throws IOException {
    String page = Files.readString(PAGE).replace("\\-", "-");
    int start = page.indexOf(".SH OPTIONS");
    String list = page.substring(start, page.indexOf("\n.SH ", start));
    Set<String> known = new TreeSet<>(Options.names());
    known.remove("-h");
    assertThat(options(Help.TEXT)).isEqualTo(known);
    assertThat(options(list)).isEqualTo(known);
  }

  @Test
  void thePageIsWellFormed() {
    Requirement.program("mandoc", "mandoc");
    Programs.Result lint = Programs.run("mandoc", "-Tlint", "-Wwarning", PAGE.toString());
    assertThat(lint.out() + lint.err()).isEmpty();
  }

  @Test
  void theUnitIsValidAndConfined() throws IOException {
    Requirement.program("systemd-analyze", "systemd");
    // The program and its page are not installed where the unit looks for them.
    String unit =
        Files.readString(UNIT)
            .replace("/usr/bin/coppice-repo-server", "/bin/true")
            .replaceAll("(?m)^Documentation=.*\n", "");
    Path file = Files.writeString(temp.resolve("coppice-repo-server.service"), unit);
    Programs.Result verify = Programs.run("systemd-analyze", "verify", file.toString());
    assertThat(verify.out() + verify.err()).doesNotContain("coppice-repo-server");
    Programs.Result security =
        Programs.run(
            "systemd-analyze", "security", "--offline=true", "--threshold=25", file.toString());
    assertThat(security.exit()).as(security.toString()).isZero();
  }
}
