package dev.coppice.cli.delta;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.transfer.delta.generate.GenerateRequest.Limits;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for sizes, in megabytes of 1,000,000 bytes. */
final class DeltaLimitOptions {
  private static final long MEGABYTE = 1_000_000;

  /** Sizes are 32-bit numbers in the real tool. */
  private static final int MAX_DIGITS = 9;

  @Option(names = "--disable-bsdiff", description = "Disable use of bsdiff")
  boolean noPatches;

  @Option(
      names = "--min-fallback-size",
      paramLabel = "MEGABYTES",
      description = "Minimum uncompressed size in megabytes for individual HTTP request")
  @Nullable String fallback;

  @Option(
      names = "--max-bsdiff-size",
      paramLabel = "MEGABYTES",
      description = "Maximum size in megabytes to consider bsdiff compression for input files")
  @Nullable String patch;

  @Option(
      names = "--max-chunk-size",
      paramLabel = "MEGABYTES",
      description = "Maximum size of delta chunks in megabytes")
  @Nullable String part;

  /** What the options say. */
  Limits limits() {
    Limits standard = Limits.STANDARD;
    return new Limits(
        fallback == null
            ? OptionalLong.empty()
            : OptionalLong.of(bytes("--min-fallback-size", fallback)),
        noPatches ? 0 : patch == null ? standard.patch() : bytes("--max-bsdiff-size", patch),
        part == null ? standard.part() : bytes("--max-chunk-size", part));
  }

  private static long bytes(String option, String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > MAX_DIGITS) {
      throw UsageException.messageOnly("Invalid number of megabytes '" + text + "' for " + option);
    }
    return Long.parseLong(text) * MEGABYTE;
  }
}
