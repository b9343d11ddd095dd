package dev.coppice.cli.peer;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.peer.Finder;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which finders are asked: those of {@code --finders}, else those of the configuration. */
final class FinderList {
  private FinderList() {}

  static Set<Finder> of(@Nullable String option, Repo repo) {
    return option == null ? configured(repo) : given(option);
  }

  private static Set<Finder> given(String option) {
    Set<Finder> finders = EnumSet.noneOf(Finder.class);
    for (String id : option.split(",", -1)) {
      Optional<Finder> finder = Finder.named(id);
      if (finder.isEmpty() || !finders.add(finder.get())) {
        throw UsageException.withUsage(
            option.isEmpty()
                ? "List of finders in --finders option must not be empty"
                : "Unknown or duplicate finder type given in --finders option: ‘" + id + "’");
      }
    }
    return finders;
  }

  /** Source: {@code reload_core_config}. */
  private static Set<Finder> configured(Repo repo) {
    Optional<List<String>> list = repo.config().file().list("core", "default-repo-finders");
    if (list.isEmpty()) {
      return EnumSet.of(Finder.CONFIG, Finder.MOUNT);
    }
    if (list.get().isEmpty()) {
      throw invalid("Invalid empty default-repo-finders configuration");
    }
    Set<Finder> finders = EnumSet.noneOf(Finder.class);
    for (String id : list.get()) {
      finders.add(
          Finder.named(id)
              .orElseThrow(() -> invalid("Invalid configured repo-finder '" + id + "'")));
    }
    return finders;
  }

  private static Failure invalid(String message) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        message,
        "Set core.default-repo-finders to config, lan or mount, or to several of them with ';'"
            + " between, or give --finders.");
  }
}
