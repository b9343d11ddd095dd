package dev.coppice.cli.peer;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.peer.Finder;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which finders are asked: those of {@code --finders}, else those of the configuration. */
final class FinderList {
  /** Needs a daemon that is asked over the system bus, which this program does not do. */
  private static final String LAN = "lan";

  private static final String NO_LAN = "this program does not ask the Avahi daemon";

  private FinderList() {}

  static Set<Finder> of(@Nullable String option, Repo repo, Context context) {
    return option == null ? configured(repo) : given(option, context);
  }

  private static Set<Finder> given(String option, Context context) {
    Set<String> seen = new HashSet<>();
    Set<Finder> finders = EnumSet.noneOf(Finder.class);
    for (String id : option.split(",", -1)) {
      Optional<Finder> finder = Finder.named(id);
      if ((finder.isEmpty() && !id.equals(LAN)) || !seen.add(id)) {
        throw UsageException.withUsage(
            option.isEmpty()
                ? "List of finders in --finders option must not be empty"
                : "Unknown or duplicate finder type given in --finders option: ‘" + id + "’");
      }
      finder.ifPresent(finders::add);
    }
    if (finders.isEmpty()) {
      throw new Failure(
          ErrorCode.USAGE,
          "The finder 'lan' cannot be used: " + NO_LAN,
          "Use --finders=config,mount, or name the server as a remote.");
    }
    if (seen.contains(LAN)) {
      context.console().err().println("warning: Avahi finder failed; removing it: " + NO_LAN);
    }
    return finders;
  }

  /** Source: {@code reload_core_config}. */
  private static Set<Finder> configured(Repo repo) {
    Optional<List<String>> list = repo.config().file().list("core", "default-repo-finders");
    if (list.isEmpty()) {
      return EnumSet.of(Finder.CONFIG, Finder.MOUNT);
    }
    Set<Finder> finders = EnumSet.noneOf(Finder.class);
    for (String id : list.get()) {
      Optional<Finder> finder = Finder.named(id);
      if (finder.isEmpty() && !id.equals(LAN)) {
        throw invalid("Invalid configured repo-finder '" + id + "'");
      }
      finder.ifPresent(finders::add);
    }
    if (finders.isEmpty()) {
      throw invalid(
          list.get().isEmpty()
              ? "Invalid empty default-repo-finders configuration"
              : "default-repo-finders has only 'lan': " + NO_LAN);
    }
    return finders;
  }

  private static Failure invalid(String message) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        message,
        "Set core.default-repo-finders to config;mount, or give --finders.");
  }
}
