package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.Sysroot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prepares root file systems and stateroots. Nothing that is there already is changed. */
public final class SysrootInit {
  /** Directories of a root as it was before deployments brought their own. */
  private static final List<String> TRADITIONAL =
      List.of("boot", "dev", "home", "proc", "run", "sys");

  private static final int STICKY = 01777;

  private SysrootInit() {}

  /**
   * Prepares a root: {@code /boot}, {@code /ostree} and a repository.
   *
   * @param epoch 0: with {@code /dev}, {@code /home}, {@code /root} and the like; 1: without; 2:
   *     and with {@code /ostree} closed to everybody but its owner; more: as 1
   * @throws Failure with {@link ErrorCode#USAGE} for a negative epoch
   */
  public static void initFs(Path path, int epoch) throws IOException {
    try (Fd root = Fs.open(Fd.CWD, path.toString(), OpenFlags.O_DIRECTORY, 0)) {
      Fs.mkdirs(root, "boot", 0755);
      if (epoch < 0) {
        throw new Failure(
            ErrorCode.USAGE, "Invalid epoch: " + epoch, "Use 0, 1 or 2; newer roots want 2.");
      }
      if (epoch == 0) {
        for (String name : TRADITIONAL) {
          Fs.mkdirs(root, name, 0755);
        }
        Fs.mkdirs(root, "root", 0700);
        Fs.mkdirs(root, "tmp", STICKY);
        Fs.chmodAt(root, "tmp", STICKY);
      } else if (epoch == 2) {
        Fs.mkdirs(root, "ostree", 0700);
      }
      ensureInitialized(root, path);
    }
  }

  /** Makes what every sysroot needs below {@code /ostree}. */
  public static void ensureInitialized(Sysroot sysroot) throws IOException {
    ensureInitialized(sysroot.root(), sysroot.path());
  }

  private static void ensureInitialized(Fd root, Path path) throws IOException {
    Fs.mkdirs(root, "ostree/repo", 0755);
    Fs.mkdirs(root, "ostree/deploy", 0755);
    var request = new InitRequest(path.resolve("ostree/repo"), RepoMode.BARE, Optional.empty());
    try (Repo repo = Init.run(request)) {
      repo.descriptor();
    }
  }

  /**
   * Makes a stateroot: a group of deployments with one {@code /var}.
   *
   * @throws Failure with {@link ErrorCode#NAME_INVALID} for a name that cannot be deployed in
   */
  public static void initStateroot(Sysroot sysroot, String name) throws IOException {
    checkStateroot(name);
    String directory = "ostree/deploy/" + name;
    if (!Fs.mkdirIfMissing(sysroot.root(), directory, 0777)) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "Creating " + directory + ": File exists",
          "There is such a stateroot already; deploy in it.");
    }
    Fs.mkdir(sysroot.root(), directory + "/var", 0777);
    sysroot.touch();
  }

  /**
   * Checks the name of a stateroot. It becomes a directory and stands in the kernel argument {@code
   * ostree=} and in boot entries, where a blank or a line break would end it: such a system could
   * not be loaded again.
   */
  static void checkStateroot(String name) {
    boolean plain = name.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '/' && c != '"');
    if (!plain || name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new Failure(
          ErrorCode.NAME_INVALID,
          "Invalid stateroot name '" + name.replaceAll("\\p{Cntrl}", "?") + "'",
          "Use a name without slashes, blanks and quotes, such as the ID of os-release.");
    }
  }
}
