package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.export.Export;
import dev.coppice.core.export.ExportFormat;
import dev.coppice.core.export.ExportRequest;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: the tree of a commit as a tar archive. */
public final class ExportCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(names = "--no-xattrs", description = "Skip output of extended attributes")
  boolean noXattrs;

  @Option(names = "--subpath", paramLabel = "PATH", description = "Checkout sub-directory PATH")
  String subpath = "/";

  @Option(
      names = "--prefix",
      paramLabel = "PATH",
      description = "Add PATH as prefix to archive pathnames")
  String prefix = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "Output to PATH")
  @Nullable String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "gnu, without extended attributes (default), or pax, with them")
  String format = "gnu";

  @Parameters(paramLabel = "COMMIT", index = "0", arity = "0..1", description = "Commit or ref")
  @Nullable String commit;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (commit == null) {
        throw UsageException.withUsage("A COMMIT argument is required");
      }
      var request =
          new ExportRequest(opened.resolve(commit), subpath, prefix, exportFormat(), true);
      if (output == null) {
        Export.run(opened, request, context.console().out());
        return ExitCodes.OK;
      }
      Path file = context.path(output);
      try (OutputStream out = Files.newOutputStream(file)) {
        // As libarchive does: what is no file may be a tape, which wants whole records.
        Export.run(opened, request.withFullRecords(!Files.isRegularFile(file)), out);
      }
      return ExitCodes.OK;
    }
  }

  private ExportFormat exportFormat() {
    return switch (format) {
      case "gnu" -> ExportFormat.GNU;
      case "pax" -> noXattrs ? ExportFormat.PAX : ExportFormat.PAX_WITH_XATTRS;
      default -> throw UsageException.messageOnly("Unknown format '" + format + "': gnu or pax");
    };
  }
}
