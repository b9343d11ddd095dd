package dev.coppice.cli.peer;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mdns.Link;
import dev.coppice.transfer.peer.Finder;
import dev.coppice.transfer.peer.FoundPull;
import dev.coppice.transfer.peer.MountedDrives;
import dev.coppice.transfer.peer.RemoteSearch;
import dev.coppice.transfer.peer.SearchResult;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code find-remotes}: who has refs, and optionally pulling them from there. */
public final class FindRemotesCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Use custom cache dir")
  @Nullable String cacheDir;

  @Option(names = "--disable-fsync", description = "Do not invoke fsync()")
  boolean disableFsync;

  @Option(
      names = "--finders",
      paramLabel = "FINDERS",
      description = "Use the specified comma separated list of finders (config, lan, mount)")
  @Nullable String finders;

  @Option(names = "--pull", description = "Pull the updates after finding them")
  boolean pull;

  @Option(names = "--mirror", description = "Do a mirror pull (see ostree pull --mirror)")
  boolean mirror;

  @Parameters(
      paramLabel = "COLLECTION-ID REF",
      description = "Pairs of the id of a collection and a ref in it")
  List<String> pairs = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      List<CollectionRef> refs = CollectionRefs.of(pairs);
      if (mirror && !pull) {
        throw UsageException.withUsage("When --mirror is specified, --pull must also be");
      }
      Remotes remotes = Remotes.of(opened);
      Set<Finder> asked = FinderList.of(finders, opened);
      List<Path> drives = asked.contains(Finder.MOUNT) ? MountedDrives.ofUser().list() : List.of();
      List<Link> links = asked.contains(Finder.LAN) ? Link.all() : List.of();
      var scope = new RemoteSearch.Scope(asked, drives, links, overrides(context));
      SearchResult result = new RemoteSearch(opened, remotes, scope).run(refs);
      var report = new SearchReport(refs, result);
      report.printLeftOut(context.console().err());
      if (!json.json()) {
        report.print(context.console());
      }
      List<PullResult> pulled = List.of();
      if (pull && !result.remotes().isEmpty()) {
        pulled = pull(opened, remotes, result, context);
      }
      if (json.json()) {
        report.writeJson(json.writer(context), pulled);
      } else if (!pulled.isEmpty()) {
        report.printPulled(context.console());
      }
      return ExitCodes.OK;
    }
  }

  private RemoteAccess.Overrides overrides(Context context) {
    return new RemoteAccess.Overrides(
        Optional.empty(), Optional.ofNullable(cacheDir).map(context::path), FetchSettings.DEFAULTS);
  }

  private List<PullResult> pull(Repo opened, Remotes remotes, SearchResult result, Context context)
      throws IOException {
    opened.requireWritable();
    FsyncPolicy fsync = disableFsync ? FsyncPolicy.NONE : opened.config().fsync();
    var manner = new FoundPull.Manner(mirror, fsync, overrides(context));
    try (Progress progress = context.progress()) {
      List<PullResult> pulled =
          new FoundPull(opened, remotes, manner)
              .run(
                  result.remotes(),
                  new PullProgress(progress),
                  failed -> SearchReport.print(failed, context.console().err()));
      if (pulled.stream().anyMatch(each -> !each.refs().isEmpty())) {
        new SummaryUpdate(opened).runIfAutomatic();
      }
      return pulled;
    }
  }
}
