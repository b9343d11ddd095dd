package dev.coppice.sysroot.deploy;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses trees whose deployment needs what this build does not do, rather than half-do it. */
final class Unsupported {
  private static final List<String> PREPARE_ROOT =
      List.of("usr/lib/ostree/prepare-root.conf", "etc/ostree/prepare-root.conf");
  private static final long LARGEST = 1 << 20;

  private Unsupported() {}

  /**
   * Checks a tree that was checked out.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID}
   */
  static void check(Fd root, Repo repo) throws IOException {
    checkComposefs(root, repo);
  }

  private static void checkComposefs(Fd root, Repo repo) throws IOException {
    boolean wanted =
        repo.config().file().raw("ex-integrity", "composefs").filter(Unsupported::isYes).isPresent()
            || wantsComposefs(root);
    if (wanted) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "Checking out deployment tree: composefs: enabled at runtime, but support is not compiled"
              + " in",
          "Deploy it with a build that has composefs, or set composefs.enabled to maybe.");
    }
  }

  /** Whether the last of the files that exist enables composefs; it replaces the ones before. */
  private static boolean wantsComposefs(Fd root) throws IOException {
    boolean wanted = false;
    for (String path : PREPARE_ROOT) {
      String text = read(root, path);
      if (text != null) {
        wanted =
            KeyFile.parse(text, path)
                .raw("composefs", "enabled")
                .map(String::strip)
                .filter(value -> isYes(value) || value.equals("signed") || value.equals("verity"))
                .isPresent();
      }
    }
    return wanted;
  }

  /** True, as the real tool reads settings with three values. */
  private static boolean isYes(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "1" -> true;
      default -> false;
    };
  }

  private static @Nullable String read(Fd root, String path) throws IOException {
    try (Fd file = Fs.openIfExists(root, path, OpenFlags.O_RDONLY)) {
      return file == null ? null : PosixNames.decode(Io.readAll(file, LARGEST));
    }
  }
}
