package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XattrsTest {
  private static final byte[] VALUE = {0, 1, (byte) 0xFF};

  private Sandbox box;
  private Fd file;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
    file = box.openReadWrite("f");
  }

  @AfterEach
  void close() throws IOException {
    file.close();
    box.close();
  }

  private void assumeUserAttributes() throws IOException {
    try {
      Xattrs.set(file, "user.probe", VALUE);
    } catch (PosixException failure) {
      assumeTrue(failure.errno() != Errno.EOPNOTSUPP, "no user attributes on this file system");
      throw failure;
    }
    Xattrs.remove(file, "user.probe");
  }

  @Test
  void noneIsEmpty() throws IOException {
    assertThat(Xattrs.list(file)).isEmpty();
    assertThat(Xattrs.readAll(file)).isEmpty();
    assertThat(Xattrs.readAll(box.dir, "f")).isEmpty();
    assertThat(Xattrs.get(file, "user.none")).isNull();
    assertThat(Xattrs.get(box.dir, "f", "user.none")).isNull();
  }

  @Test
  void setGetListRemove() throws IOException {
    assumeUserAttributes();
    Xattrs.set(file, "user.a", VALUE);
    Xattrs.set(box.dir, "f", "user.b\uDCE9", new byte[0]);
    assertThat(Xattrs.list(box.dir, "f")).containsExactlyInAnyOrder("user.a", "user.b\uDCE9");
    assertThat(Xattrs.readAll(file))
        .containsExactlyInAnyOrder(
            new NameValue("user.a", VALUE), new NameValue("user.b\uDCE9", new byte[0]))
        .hasSameElementsAs(Xattrs.readAll(box.dir, "f"));
    assertThat(Xattrs.get(box.dir, "f", "user.a")).isEqualTo(VALUE);
    assertThat(Xattrs.remove(file, "user.a")).isTrue();
    assertThat(Xattrs.remove(box.dir, "f", "user.a")).isFalse();
    assertThat(Xattrs.remove(box.dir, "f", "user.b\uDCE9")).isTrue();
    assertThat(Xattrs.list(file)).isEmpty();
  }

  @Test
  void existingOnesAreGuarded() throws IOException {
    assumeUserAttributes();
    var attribute = new NameValue("user.a", VALUE);
    assertErrno(Errno.ENODATA, () -> Xattrs.set(file, attribute, Xattrs.Existing.REPLACE_ONLY));
    Xattrs.set(file, attribute, Xattrs.Existing.CREATE_ONLY);
    assertErrno(Errno.EEXIST, () -> Xattrs.set(file, attribute, Xattrs.Existing.CREATE_ONLY));
    Xattrs.set(file, new NameValue("user.a", new byte[] {7}), Xattrs.Existing.REPLACE_ONLY);
    assertThat(Xattrs.get(file, "user.a")).containsExactly(7);
  }

  @Test
  void valuesAndListsLargerThanTheFirstTry() throws IOException {
    assumeUserAttributes();
    var large = new byte[2_000];
    Arrays.fill(large, (byte) 5);
    Xattrs.set(file, "user.large", large);
    assertThat(Xattrs.get(file, "user.large")).isEqualTo(large);
    assertErrno(Errno.E2BIG, () -> Xattrs.set(file, "user.x", new byte[70_000]));
    try (var shm = Fs.openDir(Fd.CWD, "/dev/shm");
        var many = Fs.openTmpfile(shm, 0600)) {
      assumeTrue(Ids.geteuid() == 0, "trusted attributes need root");
      for (int i = 0; i < 30; i++) {
        Xattrs.set(many, "trusted." + "n".repeat(100) + i, VALUE);
      }
      Xattrs.set(many, "trusted.largest", new byte[65_536]);
      assertThat(Xattrs.list(many)).hasSize(31);
      assertThat(Xattrs.get(many, "trusted.largest")).hasSize(65_536);
    }
  }

  @Test
  void symbolicLinksHaveTheirOwn() throws IOException {
    Fs.symlink("f", box.dir, "link");
    assertErrno(Errno.EPERM, () -> Xattrs.set(box.dir, "link", "user.a", VALUE));
    assertThat(Xattrs.readAll(box.dir, "link")).isEmpty();
    assumeTrue(Ids.geteuid() == 0, "trusted attributes need root");
    Xattrs.set(box.dir, "link", "trusted.a", VALUE);
    assertThat(Xattrs.readAll(box.dir, "link")).containsExactly(new NameValue("trusted.a", VALUE));
    assertThat(Xattrs.list(file)).isEmpty();
  }

  @Test
  void privilegedNamespaces() throws IOException {
    assumeTrue(Ids.geteuid() == 0, "trusted and security attributes need root");
    assumeUserAttributes();
    Xattrs.set(file, "trusted.a", VALUE);
    Xattrs.set(file, "security.coppice", VALUE);
    // revision 2, permitted cap_net_raw, as setcap cap_net_raw=p writes it
    var capability = new byte[20];
    capability[3] = 2;
    capability[5] = 0x20;
    Xattrs.set(file, "security.capability", capability);
    assertThat(Xattrs.list(file))
        .containsExactlyInAnyOrder("trusted.a", "security.coppice", "security.capability");
    assertThat(Xattrs.get(file, "security.capability")).isEqualTo(capability);
  }

  @Test
  void failuresNameFileAndAttribute() throws IOException {
    assertThatThrownBy(() -> Xattrs.set(box.dir, "none", "user.a", VALUE))
        .hasMessage("lsetxattr(none, user.a): No such file or directory");
    assertErrno(Errno.ENOENT, () -> Xattrs.readAll(box.dir, "none"));
    assertErrno(Errno.EOPNOTSUPP, () -> Xattrs.set(file, "nonamespace", VALUE));
    assertThatThrownBy(() -> Xattrs.set(file, "user." + "x".repeat(300), VALUE))
        .isInstanceOf(PosixException.class)
        .hasMessageStartingWith("fsetxattr(" + box.resolve("f") + ", user.x");
    try (var place = Fs.open(box.dir, "f", OpenFlags.O_PATH, 0)) {
      assertErrno(Errno.EBADF, () -> Xattrs.list(place));
    }
  }

  @Test
  void namesRelativeToTheWorkingDirectoryAndAbsolute() throws IOException {
    var absolute = box.resolve("f").toString();
    assertThat(Xattrs.readAll(Fd.CWD, absolute)).isEmpty();
    assertThat(Xattrs.readAll(box.dir, absolute)).isEmpty();
    assertErrno(Errno.ENOENT, () -> Xattrs.list(Fd.CWD, "coppice-no-such-file"));
  }

  @Test
  void aFileSystemWithoutAttributesHasNone() throws IOException {
    assertThat(Xattrs.readAll(Fd.CWD, "/proc/self/status")).isEmpty();
    try (var proc = Fs.openRead(Fd.CWD, "/proc/self/status")) {
      assertThat(Xattrs.readAll(proc)).isEmpty();
      assertThat(Xattrs.get(proc, "user.a")).isNull();
    }
  }

  private static void assertErrno(Errno expected, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PosixException.class, failure -> assertThat(failure.errno()).isEqualTo(expected));
  }
}
