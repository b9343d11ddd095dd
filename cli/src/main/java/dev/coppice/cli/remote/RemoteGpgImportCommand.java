package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.openpgp.Keyring;
import dev.coppice.sign.trust.RemoteKeyring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remote gpg-import}: adds OpenPGP keys to the keyring of a remote. */
@Command(customSynopsis = "NAME [KEY-ID...]")
public final class RemoteGpgImportCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(
      names = {"-k", "--keyring"},
      paramLabel = "FILE",
      description = "Import keys from a keyring file (repeatable)")
  List<String> keyrings = new ArrayList<>();

  @Option(names = "--stdin", description = "Import keys from standard input")
  boolean stdin;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The remote and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("NAME must be specified");
      }
      if (stdin && !keyrings.isEmpty()) {
        throw UsageException.withUsage("--keyring and --stdin are mutually exclusive");
      }
      String name = words.getFirst();
      RemoteKeyring keyring = RemoteKeyring.of(opened, Remotes.of(opened), name);
      var source = new GpgKeySource(context);
      Keyring keys = GpgKeySource.selected(keys(source), words.subList(1, words.size()));
      source.tell(keyring.add(keys), name);
      return ExitCodes.OK;
    }
  }

  private Keyring keys(GpgKeySource source) throws IOException {
    if (stdin) {
      return source.standardInput();
    }
    return keyrings.isEmpty() ? source.personal() : source.files(keyrings);
  }
}
