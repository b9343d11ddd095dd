package dev.coppice.sysroot.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelSearchTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private final TempTree temp = TempTree.create();
  private final TreeBuilder tree = temp.tree("root");

  @AfterEach
  void end() {
    temp.close();
  }

  private interface Look {
    void at(KernelLayout layout);
  }

  private void search(boolean deviceTrees, Look look) throws IOException {
    try (Fd root = Fs.open(Fd.CWD, tree.root().toString(), OpenFlags.O_DIRECTORY, 0);
        KernelLayout layout = new KernelSearch(root, deviceTrees).run()) {
      look.at(layout);
    }
  }

  private static String sha256(String text) {
    return Checksum.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Test
  void checksumIsOverKernelInitramfsAndDeviceTree() throws IOException {
    tree.file("usr/lib/modules/6.1/vmlinuz", "kernel").file("usr/lib/modules/6.1/initramfs", "i2");
    search(
        true,
        layout -> {
          assertThat(layout.checksum()).isEqualTo(sha256("kerneli2"));
          assertThat(layout.kernel()).isEqualTo(new KernelFile("vmlinuz", "vmlinuz-6.1"));
          assertThat(layout.initramfs()).contains(new KernelFile("initramfs", "initramfs-6.1.img"));
        });
    tree.file("usr/lib/modules/6.1/initramfs.img", "i1");
    tree.file("usr/lib/modules/6.1/dtb/b", "B").file("usr/lib/modules/6.1/dtb/a/z", "AZ");
    search(
        true,
        layout -> {
          assertThat(layout.checksum()).isEqualTo(sha256("kerneli1AZB"));
          assertThat(layout.deviceTrees()).contains("dtb");
          assertThat(layout.deviceTree()).isEmpty();
        });
    search(false, layout -> assertThat(layout.checksum()).isEqualTo(sha256("kerneli1")));
    tree.file("usr/lib/modules/6.1/devicetree", "D");
    tree.file("usr/lib/modules/6.1/.vmlinuz.hmac", "h").file("usr/lib/modules/6.1/aboot.img", "b");
    search(
        true,
        layout -> {
          assertThat(layout.checksum()).as("neither HMAC nor aboot").isEqualTo(sha256("kerneli1D"));
          assertThat(layout.files())
              .extracting(KernelFile::name)
              .containsExactly(
                  "vmlinuz-6.1",
                  "initramfs-6.1.img",
                  "devicetree-6.1",
                  ".vmlinuz-6.1.hmac",
                  "aboot-6.1.img");
        });
  }

  @Test
  void olderTreesHaveTheChecksumInTheirNames() throws IOException {
    tree.file("usr/lib/ostree-boot/vmlinuz-6.1-" + A, "k");
    tree.file("usr/lib/ostree-boot/initramfs-6.1-" + A, "i");
    search(
        true,
        layout -> {
          assertThat(layout.checksum()).isEqualTo(A);
          assertThat(layout.kernel().name()).isEqualTo("vmlinuz-6.1");
        });
    tree.file("usr/lib/modules/6.2/vmlinuz", "k2");
    search(true, layout -> assertThat(layout.checksum()).as("it has an initramfs").isEqualTo(A));
    tree.file("usr/lib/modules/6.2/initramfs.img", "i2");
    search(true, layout -> assertThat(layout.checksum()).isEqualTo(sha256("k2i2")));
  }

  @Test
  void checksumsInNamesMustAgree() {
    tree.file("boot/vmlinuz-" + A, "k").file("boot/initramfs-" + B, "i");
    assertThatThrownBy(() -> search(true, layout -> {}))
        .hasMessage("Mismatched kernel checksum vs initrd");
  }

  @Test
  void noKernelIsAnError() {
    tree.dir("usr/lib/modules/6.1").dir("boot").file("boot/vmlinuz-without-checksum", "k");
    assertThatThrownBy(() -> search(true, layout -> {}))
        .isInstanceOf(Failure.class)
        .hasMessage("Failed to find kernel in /usr/lib/modules, /usr/lib/ostree-boot or /boot");
  }
}
