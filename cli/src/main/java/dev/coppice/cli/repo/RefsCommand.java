package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.RefChanges;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refs}: lists, makes and deletes refs and aliases. */
public final class RefsCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = "--delete",
      description = "Delete refs which match PREFIX, rather than listing them")
  boolean delete;

  @Option(names = "--list", description = "Do not remove the prefix from the refs")
  boolean list;

  @Option(
      names = {"-r", "--revision"},
      description = "Show revisions in listing")
  boolean revision;

  @Option(
      names = {"-A", "--alias"},
      description = "If used with --create, create an alias, otherwise just list aliases")
  boolean alias;

  @Option(
      names = "--create",
      paramLabel = "NEWREF",
      description = "Create a new ref for an existing commit")
  @Nullable String create;

  @Option(
      names = {"-c", "--collections"},
      description = "Enable listing collection IDs for refs")
  boolean collections;

  @Option(names = "--force", description = "Overwrite existing refs when creating")
  boolean force;

  @Parameters(
      paramLabel = "PREFIX",
      arity = "0..*",
      description = "Only these refs; with --create, the revision")
  List<String> prefixes = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      checkShape();
      if (create != null) {
        create(new RefChanges(opened), create, prefixes.getFirst());
        new SummaryUpdate(opened).runIfAutomatic();
      } else if (delete) {
        delete(new RefChanges(opened));
        new SummaryUpdate(opened).runIfAutomatic();
      } else {
        list(context, opened);
      }
      return ExitCodes.OK;
    }
  }

  private void checkShape() {
    if (create != null && prefixes.size() > 1) {
      throw UsageException.messageOnly(
          "You must specify only 1 existing ref when creating a new ref");
    }
    if (delete && prefixes.isEmpty()) {
      throw UsageException.messageOnly("At least one PREFIX is required when deleting refs");
    }
    if (create != null && prefixes.isEmpty()) {
      throw UsageException.messageOnly("You must specify a revision when creating a new ref");
    }
  }

  private void create(RefChanges changes, String name, String rev) throws IOException {
    var existing = force ? RefChanges.Existing.REPLACE : RefChanges.Existing.REFUSE;
    if (collections) {
      changes.createInCollection(name, rev, existing);
    } else if (alias) {
      changes.alias(name, rev, existing);
    } else {
      changes.create(name, rev, existing);
    }
  }

  private void delete(RefChanges changes) throws IOException {
    for (String prefix : prefixes) {
      if (collections) {
        changes.deleteCollection(RefListing.collection(prefix));
      } else if (alias) {
        changes.deleteAliases(RefListing.prefix(prefix));
      } else {
        changes.delete(RefListing.prefix(prefix));
      }
    }
  }

  private void list(Context context, Repo opened) throws IOException {
    var kind =
        collections
            ? RefListing.Kind.COLLECTIONS
            : alias ? RefListing.Kind.ALIASES : RefListing.Kind.REFS;
    var names = list || alias ? RefListing.Names.WHOLE : RefListing.Names.CUT;
    var listing = new RefListing(opened, kind, names, revision || json.json());
    if (json.json()) {
      listing.json(prefixes, json.writer(context));
    } else {
      listing.text(prefixes, context.console());
    }
  }
}
