package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code init}: makes a repository; one that exists already is left as it is. */
public final class InitCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "Initialize repository in given mode (bare, bare-user, bare-user-only, archive)")
  String mode = "bare";

  @Option(
      names = "--collection-id",
      paramLabel = "COLLECTION-ID",
      description =
          "Globally unique ID for this repository as an collection of refs for redistribution to"
              + " other repositories")
  @Nullable String collection;

  @Override
  public int run(Context context) throws IOException {
    var path = repo.path(context);
    RepoMode parsed =
        RepoMode.parse(mode)
            .orElseThrow(
                () ->
                    UsageException.messageOnly(
                        "Invalid mode '" + mode + "' in repository configuration"));
    Optional<CollectionId> id = Optional.ofNullable(collection).map(CollectionId::of);
    Init.run(new InitRequest(path, parsed, id)).close();
    return ExitCodes.OK;
  }
}
