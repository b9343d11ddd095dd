package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.PosixNames;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the kernel arguments of a new deployment come about: a base, then replacements, then
 * additions, then deletions.
 *
 * @param base what to start from
 * @param replace arguments that replace all with the same key
 * @param append arguments that are added
 * @param delete arguments that are removed if they are there
 */
public record KernelArgChanges(
    Base base, List<String> replace, List<String> append, List<String> delete) {
  /** Those of the deployment that is followed, as they are. */
  public static final KernelArgChanges NONE =
      new KernelArgChanges(Base.MERGE, List.of(), List.of(), List.of());

  /** What to start from. */
  public enum Base {
    /** The deployment whose configuration is taken over. */
    MERGE,
    /** The running kernel, without what boot loaders add. */
    PROC_CMDLINE,
    /** Nothing. */
    NOTHING
  }

  /** Boot loaders put these into the command line of the kernel they start. */
  private static final List<String> OF_BOOT_LOADERS = List.of("BOOT_IMAGE=", "initrd=");

  /** Copies the lists. */
  public KernelArgChanges {
    replace = List.copyOf(replace);
    append = List.copyOf(append);
    delete = List.copyOf(delete);
  }

  /** The arguments; empty when nothing was said, so that those of {@code merge} are taken over. */
  Optional<KernelArgs> apply(Optional<Deployment> merge) throws IOException {
    Optional<KernelArgs> start = start(merge);
    if (start.isEmpty() && replace.isEmpty() && append.isEmpty() && delete.isEmpty()) {
      return Optional.empty();
    }
    if (start.isEmpty() && replace.isEmpty() && append.isEmpty()) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "There is no deployment to take kernel arguments from, so none can be deleted",
          "Leave out --karg-delete.");
    }
    KernelArgs args = start.orElse(KernelArgs.NONE).replaceAll(replace).appendAll(append);
    for (String each : delete) {
      args = args.deleteIfPresent(each);
    }
    return Optional.of(args);
  }

  private Optional<KernelArgs> start(Optional<Deployment> merge) throws IOException {
    return switch (base) {
      case NOTHING -> Optional.of(KernelArgs.NONE);
      case PROC_CMDLINE -> Optional.of(procCmdline());
      case MERGE ->
          replace.isEmpty() && append.isEmpty() && delete.isEmpty()
              ? Optional.empty()
              : merge.map(Deployment::kernelArgs);
    };
  }

  private static KernelArgs procCmdline() throws IOException {
    String line = PosixNames.decode(Files.readAllBytes(Path.of("/proc/cmdline"))).stripTrailing();
    List<String> words =
        KernelArgs.parse(line).words().stream()
            .filter(word -> OF_BOOT_LOADERS.stream().noneMatch(word::startsWith))
            .toList();
    return KernelArgs.NONE.appendAll(words);
  }
}
