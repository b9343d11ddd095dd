package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void numbersAndTextsAreThoseOfLinux() {
    assertThat(Errno.ENOENT.number()).isEqualTo(2);
    assertThat(Errno.of(17)).isEqualTo(Errno.EEXIST);
    assertThat(Errno.of(95)).isSameAs(Errno.ENOTSUP).isSameAs(Errno.EOPNOTSUPP);
    assertThat(Errno.of(40).text()).isEqualTo("Too many levels of symbolic links");
    for (var errno : Errno.values()) {
      assertThat(Errno.of(errno.number())).isSameAs(errno);
    }
  }

  @Test
  void anUnlistedNumberIsKeptInTheMessage() {
    assertThat(Errno.of(41)).isSameAs(Errno.UNKNOWN);
    assertThat(Errno.of(-5)).isSameAs(Errno.UNKNOWN);
    var failure = new PosixException(999, "openat", "x");
    assertThat(failure).hasMessage("openat(x): Unknown error 999");
    assertThat(failure.number()).isEqualTo(999);
  }
}
