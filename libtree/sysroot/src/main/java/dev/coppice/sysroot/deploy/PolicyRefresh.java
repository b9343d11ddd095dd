package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the SELinux policy of a deployment again when the merge of {@code /etc} has brought local
 * modules into it, with the deployment's own {@code semodule} in a sandbox. Source: {@code
 * sysroot_finalize_selinux_policy}.
 *
 * <p>Unlike in the real tool's sandbox, {@code /usr} cannot be written: its files are links to the
 * repository. And a deployment without {@code semodule} is left as it is instead of refused.
 */
final class PolicyRefresh {
  private static final List<String> SEMODULE = List.of("usr/sbin/semodule", "usr/bin/semodule");

  private static final List<String> SANDBOX =
      List.of(
          "/usr/bin/bwrap",
          "--dev /dev --proc /proc --dir /run --dir /tmp --chdir / --die-with-parent",
          "--unshare-pid --unshare-uts --unshare-ipc --unshare-cgroup-try",
          "--ro-bind /sys/block /sys/block --ro-bind /sys/bus /sys/bus",
          "--ro-bind /sys/class /sys/class --ro-bind /sys/dev /sys/dev",
          "--ro-bind /sys/devices /sys/devices",
          "--ro-bind usr /usr --bind etc /etc --bind var /var",
          "--symlink /usr/lib /lib --symlink /usr/lib32 /lib32 --symlink /usr/lib64 /lib64",
          "--symlink /usr/bin /bin --symlink /usr/sbin /sbin --");

  private final Path directory;

  private PolicyRefresh(Path directory) {
    this.directory = directory;
  }

  /** Refreshes the policy, if the deployment has one and can; returns whether it did. */
  static boolean run(Sysroot sysroot, DeploymentName name, Fd root) throws IOException {
    boolean possible =
        Fs.statIfExists(root, "etc/selinux/config") != null
            && (Fs.access(root, SEMODULE.getFirst(), Fs.F_OK)
                || Fs.access(root, SEMODULE.getLast(), Fs.F_OK));
    if (!possible) {
      return false;
    }
    var refresh = new PolicyRefresh(sysroot.path().resolve(name.path()));
    boolean known = refresh.semodule("--help").contains("--refresh");
    if (known) {
      refresh.semodule("-N", "--refresh");
    }
    return known;
  }

  /** What the program prints, errors included. */
  private String semodule(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    for (String words : SANDBOX) {
      command.addAll(List.of(words.split(" ")));
    }
    command.add("semodule");
    command.addAll(List.of(arguments));
    String output;
    int exit;
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      exit = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      throw failed("Failed to execute child process: " + e.getMessage());
    }
    if (exit != 0) {
      throw failed("failed to run semodule: exit code " + exit + ": " + output);
    }
    return output;
  }

  private static Failure failed(String reason) {
    return new Failure(
        ErrorCode.SYSROOT_INVALID,
        reason,
        "Local modules of the policy are built with bubblewrap and the tree's own semodule: install"
            + " bubblewrap, or correct the modules in /etc/selinux of the running deployment.");
  }
}
