package dev.coppice.transfer.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountedDrivesTest {
  private static final List<String> TABLE =
      """
      22 27 0:21 / /proc rw,relatime - proc proc rw
      27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      60 27 8:1 / /media/my\\040stick rw,nosuid shared:3 master:1 - vfat /dev/sdb1 rw
      61 27 8:2 / /run/media/ada/disk rw - ext4 /dev/sdc1 rw
      62 27 8:3 / /run/media/bob/disk rw - ext4 /dev/sdd1 rw
      63 27 0:60 / /media/memory rw - tmpfs tmpfs rw
      64 27 8:4 / /home/ada/disk rw - xfs /dev/sde1 rw
      65 27 8:5 / /home/ada/.cache/disk rw - xfs /dev/sdf1 rw
      66 27 8:6 / /home/adalbert rw - xfs /dev/sdg1 rw
      67 27 8:7 / /mnt/disk rw - ext4 /dev/sdh1 rw
      68 27 8:8 / /media/\\303\\251t\\303\\251 rw - ext4 /dev/sdi1 rw
      61 27 8:2 / /run/media/ada/disk ro - ext4 /dev/sdc1 ro
      69 27 broken
      """
          .lines()
          .toList();

  @Test
  void thoseThatTheUserSees() {
    assertThat(new MountedDrives("ada", Path.of("/home/ada")).list(TABLE))
        .containsExactly(
            Path.of("/media/my stick"),
            Path.of("/run/media/ada/disk"),
            Path.of("/home/ada/disk"),
            Path.of("/media/été"));
  }

  @Test
  void rootSeesEverybodysDrives() {
    assertThat(new MountedDrives("root", Path.of("/root")).list(TABLE))
        .contains(Path.of("/run/media/ada/disk"), Path.of("/run/media/bob/disk"))
        .doesNotContain(Path.of("/mnt/disk"), Path.of("/home/ada/disk"));
  }

  @Test
  void whoHasNoHomeSeesNotEverything() {
    assertThat(new MountedDrives("nobody", Path.of("/")).list(TABLE))
        .containsExactly(Path.of("/media/my stick"), Path.of("/media/été"));
  }
}
