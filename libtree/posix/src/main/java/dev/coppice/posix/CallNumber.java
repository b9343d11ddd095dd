package dev.coppice.posix;

/**
 * System call numbers.
 *
 * <p>Source: {@code asm/unistd_64.h} for x86_64 and {@code asm-generic/unistd.h} for aarch64.
 */
final class CallNumber {
  static final int READ = Architecture.pick(0, 63);
  static final int WRITE = Architecture.pick(1, 64);
  static final int CLOSE = Architecture.pick(3, 57);
  static final int LSEEK = Architecture.pick(8, 62);
  static final int IOCTL = Architecture.pick(16, 29);
  static final int PREAD64 = Architecture.pick(17, 67);
  static final int PWRITE64 = Architecture.pick(18, 68);
  static final int FCNTL = Architecture.pick(72, 25);
  static final int FSYNC = Architecture.pick(74, 82);
  static final int FDATASYNC = Architecture.pick(75, 83);
  static final int FTRUNCATE = Architecture.pick(77, 46);
  static final int FCHMOD = Architecture.pick(91, 52);
  static final int FCHOWN = Architecture.pick(93, 55);
  static final int UMASK = Architecture.pick(95, 166);
  static final int GETPID = Architecture.pick(39, 172);
  static final int GETEUID = Architecture.pick(107, 175);
  static final int GETEGID = Architecture.pick(108, 177);
  static final int FADVISE64 = Architecture.pick(221, 223);
  static final int OPENAT = Architecture.pick(257, 56);
  static final int OPENAT2 = 437;
  static final int MKDIRAT = Architecture.pick(258, 34);
  static final int MKNODAT = Architecture.pick(259, 33);
  static final int FCHOWNAT = Architecture.pick(260, 54);
  static final int UNLINKAT = Architecture.pick(263, 35);
  static final int RENAMEAT2 = Architecture.pick(316, 276);
  static final int LINKAT = Architecture.pick(265, 37);
  static final int SYMLINKAT = Architecture.pick(266, 36);
  static final int READLINKAT = Architecture.pick(267, 78);
  static final int FCHMODAT = Architecture.pick(268, 53);
  static final int FCHMODAT2 = 452;
  static final int FACCESSAT2 = 439;
  static final int UTIMENSAT = Architecture.pick(280, 88);
  static final int FALLOCATE = Architecture.pick(285, 47);
  static final int GETDENTS64 = Architecture.pick(217, 61);
  static final int EXIT_GROUP = Architecture.pick(231, 94);
  static final int STATX = Architecture.pick(332, 291);
  static final int FSTATFS = Architecture.pick(138, 44);
  static final int SYNCFS = Architecture.pick(306, 267);
  static final int COPY_FILE_RANGE = Architecture.pick(326, 285);
  static final int LSETXATTR = Architecture.pick(189, 6);
  static final int FSETXATTR = Architecture.pick(190, 7);
  static final int LGETXATTR = Architecture.pick(192, 9);
  static final int FGETXATTR = Architecture.pick(193, 10);
  static final int LLISTXATTR = Architecture.pick(195, 12);
  static final int FLISTXATTR = Architecture.pick(196, 13);
  static final int LREMOVEXATTR = Architecture.pick(198, 15);
  static final int FREMOVEXATTR = Architecture.pick(199, 16);

  private CallNumber() {}
}
