package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.RemoteChanges;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.trust.RemoteKeyring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remote add}: configures a remote. */
@Command(customSynopsis = "NAME [metalink=|mirrorlist=]URL [BRANCH...]")
public final class RemoteAddCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set config option KEY=VALUE for remote")
  List<String> set = new ArrayList<>();

  @Option(names = "--no-gpg-verify", description = "Disable GPG verification")
  boolean noGpgVerify;

  @Option(names = "--no-sign-verify", description = "Disable signature verification")
  boolean noSignVerify;

  @Option(
      names = "--sign-verify",
      paramLabel = "KEYTYPE=[inline|file]:PUBKEY",
      description = "Verify signatures using KEYTYPE=inline:PUBKEY or KEYTYPE=file:/path/to/key")
  List<String> signVerify = new ArrayList<>();

  @Option(names = "--if-not-exists", description = "Do nothing if the provided remote exists")
  boolean ifNotExists;

  @Option(names = "--force", description = "Replace the provided remote if it exists")
  boolean force;

  @Option(names = "--gpg-import", paramLabel = "FILE", description = "Import GPG key from FILE")
  @Nullable String gpgImport;

  @Option(
      names = "--custom-backend",
      paramLabel = "NAME",
      description = "This remote has content not fetched via libostree")
  @Nullable String customBackend;

  @Option(names = "--contenturl", paramLabel = "URL", description = "Use URL when fetching content")
  @Nullable String contentUrl;

  @Option(
      names = "--collection-id",
      paramLabel = "COLLECTION-ID",
      description =
          "Globally unique ID for this repository as an collection of refs for redistribution to"
              + " other repositories")
  @Nullable String collection;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "Name, URL and branches")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (RemotePlace place = RemotePlace.open(context, repo, sysroot)) {
      checkShape();
      RemoteName name = RemoteName.of(words.getFirst());
      var settings = new RemoteSettings(name);
      settings.url(words.size() > 1 ? words.get(1) : null);
      settings.branches(words.subList(Math.min(2, words.size()), words.size()));
      settings.text("contenturl", contentUrl);
      settings.text("custom-backend", customBackend);
      settings.pairs(set);
      settings.verification(noGpgVerify, noSignVerify, signVerify);
      settings.text("collection-id", collection);
      var source = new GpgKeySource(context);
      // Read first: a remote without the keys that were asked for would be a trap.
      Keyring keys = gpgImport == null ? Keyring.empty() : source.files(List.of(gpgImport));
      place.remotes().changes().add(name, settings.file(), existing());
      if (gpgImport != null) {
        source.tell(new RemoteKeyring(place.repo(), name.name()).add(keys), name.name());
      }
      return ExitCodes.OK;
    }
  }

  private void checkShape() {
    if (words.isEmpty() || (words.size() == 1 && customBackend == null)) {
      throw UsageException.withUsage(
          (customBackend == null ? "NAME and URL" : "NAME") + " must be specified");
    }
    if (ifNotExists && force) {
      throw UsageException.withUsage("Can only specify one of --if-not-exists and --force");
    }
  }

  private RemoteChanges.Existing existing() {
    if (ifNotExists) {
      return RemoteChanges.Existing.KEEP;
    }
    return force ? RemoteChanges.Existing.REPLACE : RemoteChanges.Existing.REFUSE;
  }
}
