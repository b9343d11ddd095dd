package dev.coppice.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Cookies of remotes, in a jar that the real tool reads and writes as well. */
class CookieCommandsTest {
  @Test
  void jarIsSharedWithTheRealTool() throws IOException {
    RealOstree real = RealOstree.requireAll().getLast();
    try (TempTree temp = TempTree.create()) {
      Path repo = temp.path("r");
      real.on(repo, "init", "--mode=archive");
      CliRunner cli = CliRunner.in(repo);
      real.on(repo, "remote", "add-cookie", "up", "localhost", "/", "one", "1");
      assertThat(cli.ostree("remote", "add-cookie", "up", ".example.org", "/p", "two", "2").code())
          .isZero();
      Path jar = repo.resolve("up.cookies.txt");
      Files.writeString(jar, "# kept\n" + Files.readString(jar));
      assertThat(cli.ostree("remote", "list-cookies", "up").out())
          .matches(
              "--\nDomain: localhost\nPath: /\nName: one\nSecure: FALSE\n"
                  + "Expires: [0-9: -]+ \\+0000\nValue: 1\n"
                  + "--\nDomain: .example.org\nPath: /p\nName: two\nSecure: FALSE\n"
                  + "Expires: [0-9: -]+ \\+0000\nValue: 2\n");
      assertThat(cli.coppice("remote", "list-cookies", "--json", "up").out())
          .contains("\"domain\": \"localhost\"", "\"secure\": false");
      assertThat(cli.ostree("remote", "delete-cookie", "up", "localhost", "/", "one").code())
          .isZero();
      assertThat(Files.readString(jar)).startsWith("# kept\n.example.org\tTRUE\t/p\tFALSE\t");
      real.on(repo, "remote", "delete-cookie", "up", ".example.org", "/p", "two");
      CliRunner.Result again =
          cli.ostree("remote", "delete-cookie", "up", ".example.org", "/p", "two");
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).contains("error: Cookie not found in jar");
    }
  }

  @Test
  void partsThatWouldBeAnotherLineAreRefused() throws IOException {
    try (TempTree temp = TempTree.create()) {
      CliRunner cli = CliRunner.in(temp.root());
      cli.ostree("init", "--repo=r", "--mode=archive");
      assertThat(cli.ostree("remote", "--repo=r", "add-cookie", "up", "h", "/", "n", "a\nb").code())
          .isEqualTo(1);
      assertThat(cli.ostree("remote", "--repo=r", "list-cookies", "../x").code()).isEqualTo(1);
      assertThat(temp.path("r/up.cookies.txt")).doesNotExist();
    }
  }
}
