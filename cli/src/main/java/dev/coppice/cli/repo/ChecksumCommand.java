package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.store.DiskChecksum;
import dev.coppice.posix.Fd;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code checksum}: the checksum that a file of the file system would have as an object. */
public final class ChecksumCommand implements CliCommand {
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--ignore-xattrs", description = "Don't include xattrs in checksum")
  boolean ignoreXattrs;

  @Parameters(
      paramLabel = "PATH",
      index = "0",
      arity = "0..1",
      description = "File, symbolic link, or directory (of which the metadata counts)")
  @Nullable String path;

  @Override
  public int run(Context context) throws IOException {
    if (path == null) {
      throw UsageException.messageOnly("A filename must be given");
    }
    Set<DiskChecksum.Rule> rules =
        ignoreXattrs ? Set.of(DiskChecksum.Rule.IGNORE_XATTRS) : Set.of();
    Checksum checksum = DiskChecksum.of(Fd.CWD, context.fileName(path), rules);
    if (json.json()) {
      json.writer(context).object().field("checksum", checksum.hex()).end();
    } else {
      context.console().println(checksum.hex());
    }
    return ExitCodes.OK;
  }
}
