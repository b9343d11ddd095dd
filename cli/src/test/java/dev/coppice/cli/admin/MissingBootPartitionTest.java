package dev.coppice.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingBootPartitionTest {
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("boot-test");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Fs.removeTreeClearingImmutable(Fd.CWD, directory.toString());
  }

  @Test
  void nothingIsRemovedWhileTheBootPartitionIsNotMounted() throws IOException {
    CliRunner cli = CliRunner.in(directory);
    assertThat(cli.coppice("tour", "t").code()).isZero();
    String sysroot = "--sysroot=" + directory.resolve("t/sysroot");
    String before = cli.ostree("admin", sysroot, "status").out();
    Path boot = directory.resolve("t/sysroot/boot");
    Path aside = directory.resolve("boot-partition");
    Files.move(boot, aside);
    Files.createDirectory(boot);

    CliRunner.Result cleanup = cli.ostree("admin", sysroot, "cleanup");
    CliRunner.Result deploy =
        cli.ostree("admin", sysroot, "deploy", "--os=tour", "tour/x86_64/stable");

    assertThat(cleanup.code()).isEqualTo(1);
    assertThat(deploy.code()).isEqualTo(1);
    assertThat(deploy.err()).contains("neither boot/loader nor boot/ostree", "Mount its boot");
    Files.delete(boot);
    Files.move(aside, boot);
    assertThat(cli.ostree("admin", sysroot, "status").out()).isEqualTo(before);
    assertThat(cli.ostree("admin", sysroot, "cleanup").code()).isZero();
    assertThat(cli.ostree("admin", sysroot, "status").out()).isEqualTo(before);
  }
}
