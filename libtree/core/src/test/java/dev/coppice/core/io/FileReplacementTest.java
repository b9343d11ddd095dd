package dev.coppice.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplacementTest {
  private static final byte[] CONTENT = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private static Set<PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }

  @Test
  void aNewFileIsReadableForAllAndAnOldOneKeepsItsMode() throws IOException {
    Path fresh = directory.resolve("fresh");
    FileReplacement.write(fresh, CONTENT, Durability.SYNCED);
    assertThat(Files.getPosixFilePermissions(fresh)).isEqualTo(mode("rw-r--r--"));
    Path secret = Files.writeString(directory.resolve("secret"), "old");
    Files.setPosixFilePermissions(secret, mode("rw-------"));
    FileReplacement.write(secret, CONTENT, Durability.UNSYNCED);
    assertThat(secret).hasContent("new");
    assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(mode("rw-------"));
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("fresh", "secret");
  }

  @Test
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "other");
    Path link = Files.createSymbolicLink(directory.resolve("link"), other);
    FileReplacement.write(link, CONTENT, Durability.UNSYNCED);
    assertThat(link).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(other).hasContent("other");
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path full = directory.resolve("target");
    Files.createDirectories(full.resolve("inside"));
    assertThatThrownBy(() -> FileReplacement.write(full, CONTENT, Durability.UNSYNCED))
        .isInstanceOf(IOException.class);
    assertThat(directory.toFile().list()).containsExactly("target");
  }
}
