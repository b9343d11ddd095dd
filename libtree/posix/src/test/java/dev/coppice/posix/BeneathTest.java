package dev.coppice.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that must not lead out of a directory. */
class BeneathTest {
  @TempDir Path temp;

  private interface Opener {
    @Nullable Fd open(Fd dir, String path) throws IOException;
  }

  private @Nullable String read(Opener opener, String path) throws IOException {
    Path inside = temp.resolve("inside");
    Files.createDirectories(inside.resolve("sub"));
    Files.writeString(temp.resolve("secret"), "secret");
    Files.writeString(inside.resolve("sub/file"), "content");
    link("relative", "sub/file");
    link("within", "sub/../sub/file");
    link("up", "../secret");
    link("absolute", inside.resolve("sub/file").toString());
    link("magic", "/proc/self/root" + temp.resolve("secret"));
    link("loop", "loop");
    link("dir", "sub");
    link("outdir", "..");
    try (Fd dir = Fs.openDir(Fd.CWD, inside.toString());
        Fd file = opener.open(dir, path)) {
      return file == null ? null : new String(Io.readAll(file, 100), UTF_8);
    }
  }

  private void link(String name, String target) throws IOException {
    Path link = temp.resolve("inside").resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  @Test
  void opensWhatIsThere() throws IOException {
    assertThat(read(Beneath::openIfExists, "sub/file")).isEqualTo("content");
    assertThat(read(Beneath::openFollowingIfExists, "sub/file")).isEqualTo("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "within", "dir/file"})
  void followsLinksThatStayInsideOnlyWhenAsked(String path) throws IOException {
    assertThat(read(Beneath::openFollowingIfExists, path)).isEqualTo("content");
    assertThat(read(Beneath::openIfExists, path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "absolute",
        "magic",
        "loop",
        "outdir/secret",
        "../secret",
        "sub/../../secret",
        "missing",
        "sub/file/below"
      })
  void findsNothingOutside(String path) throws IOException {
    assertThat(read(Beneath::openFollowingIfExists, path)).isNull();
    assertThat(read(Beneath::openIfExists, path)).isNull();
  }

  @Test
  void findsNothingBehindAnAbsolutePath() throws IOException {
    String absolute = temp.resolve("inside/sub/file").toString();
    assertThat(read(Beneath::openFollowingIfExists, absolute)).isNull();
    assertThat(read(Beneath::openIfExists, absolute)).isNull();
  }
}
