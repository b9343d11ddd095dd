package dev.coppice.cli.frame;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin of every command that works on a repository: which one. */
public final class RepoOption {
  @Option(
      names = "--repo",
      paramLabel = "PATH",
      description =
          "Path to OSTree repository (defaults to current directory or /sysroot/ostree/repo)")
  @Nullable String repo;

  /** Whether {@code --repo} was given. */
  public boolean given() {
    return repo != null;
  }

  /**
   * Where the repository is: {@code --repo}, else the working directory if it is a repository, else
   * {@code $OSTREE_REPO}, else the system's repository. Source: ostree's default order, which asks
   * the working directory before the variable.
   *
   * @throws UsageException none was named and the default one does not exist
   */
  public Path path(Context context) {
    if (repo != null) {
      return context.path(repo);
    }
    if (Files.isDirectory(context.path("objects")) && Files.isRegularFile(context.path("config"))) {
      return context.path(".");
    }
    String variable = context.environment().variable("OSTREE_REPO");
    String sysroot = context.environment().variable("OSTREE_SYSROOT");
    Path standard =
        variable.isEmpty()
            ? context.path(sysroot.isEmpty() ? "/" : sysroot).resolve("ostree/repo")
            : context.path(variable);
    if (!Files.exists(standard)) {
      throw UsageException.withUsage("Command requires a --repo argument");
    }
    return standard;
  }

  /**
   * Opens the repository; the caller closes it.
   *
   * @throws UsageException none was named and the default one does not exist
   * @throws Failure the directory is not a repository: with ostree's words
   */
  public Repo open(Context context) throws IOException {
    Path path = path(context);
    if (!Files.isDirectory(path)) {
      throw notOpened(path.toString());
    }
    if (!Repo.isRepo(path)) {
      throw notOpened("objects");
    }
    return Repo.open(path);
  }

  private static Failure notOpened(String directory) {
    return new Failure(
        ErrorCode.REPO_INVALID,
        "opening repo: opendir(" + directory + "): No such file or directory",
        "name a repository with --repo or OSTREE_REPO, or make one with 'init'");
  }
}
