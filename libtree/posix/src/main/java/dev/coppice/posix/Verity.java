package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Content that the kernel verifies on every read: fs-verity with SHA-256 and blocks of 4 KiB. */
public final class Verity {
  private static final long FS_IOC_ENABLE_VERITY = 0x4080_6685L;
  private static final long FS_IOC_MEASURE_VERITY = 0xC004_6686L;
  private static final int HASH_SHA256 = 1;
  private static final int BLOCK_SIZE = 4096;
  private static final int MAX_DIGEST = 64;

  private Verity() {}

  /**
   * Makes a regular file read-only for ever and verified. The descriptor must be opened for reading
   * and nobody may hold the file open for writing.
   *
   * @param signature a detached PKCS#7 signature of the digest; empty for none
   * @return false when kernel or file system do not offer it
   * @throws PosixException EEXIST when it is on already, ETXTBSY when somebody may write
   */
  public static boolean enable(Fd file, byte[] signature) throws IOException {
    try (var arena = Arena.ofConfined()) {
      // struct fsverity_enable_arg, 128 bytes
      var argument = arena.allocate(128, 8);
      argument.set(JAVA_INT, 0, 1);
      argument.set(JAVA_INT, 4, HASH_SHA256);
      argument.set(JAVA_INT, 8, BLOCK_SIZE);
      if (signature.length > 0) {
        argument.set(JAVA_INT, 24, signature.length);
        argument.set(JAVA_LONG, 32, arena.allocateFrom(JAVA_BYTE, signature).address());
      }
      // The arena keeps the memory behind the address alive until the end of the block.
      long result =
          Syscall.call(
              Scratch.get(),
              CallNumber.IOCTL,
              file.number(),
              FS_IOC_ENABLE_VERITY,
              argument.address());
      if (isUnsupported(result)) {
        return false;
      }
      Syscall.check(result, "FS_IOC_ENABLE_VERITY", file);
      return true;
    }
  }

  /** The file's digest as the kernel keeps it; empty when it has none. */
  public static Optional<byte[]> measure(Fd file) throws IOException {
    var scratch = Scratch.get();
    var digest = scratch.struct;
    digest.set(JAVA_SHORT, 0, (short) 0);
    digest.set(JAVA_SHORT, 2, (short) MAX_DIGEST);
    long result =
        Syscall.call(
            scratch, CallNumber.IOCTL, file.number(), FS_IOC_MEASURE_VERITY, digest.address());
    if (Syscall.is(result, Errno.ENODATA) || isUnsupported(result)) {
      return Optional.empty();
    }
    Syscall.check(result, "FS_IOC_MEASURE_VERITY", file);
    return Optional.of(digest.asSlice(4, digest.get(JAVA_SHORT, 2) & 0xFFFF).toArray(JAVA_BYTE));
  }

  private static boolean isUnsupported(long result) {
    return Syscall.is(result, Errno.ENOTTY) || Syscall.is(result, Errno.EOPNOTSUPP);
  }
}
