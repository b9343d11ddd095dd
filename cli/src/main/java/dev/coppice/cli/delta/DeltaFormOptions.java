package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.generate.GenerateRequest.Form;
import dev.coppice.transfer.delta.generate.GenerateRequest.Placement;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for how a delta is written down. */
final class DeltaFormOptions {
  @Option(names = "--inline", description = "Inline delta parts into main delta")
  boolean inline;

  @Option(
      names = "--set-endianness",
      paramLabel = "ENDIAN",
      description = "Choose metadata endianness ('l' or 'B')")
  @Nullable String endianness;

  @Option(names = "--swap-endianness", description = "Swap metadata endianness from host order")
  boolean swapped;

  @Option(
      names = "--filename",
      paramLabel = "PATH",
      description =
          "Write the delta content to PATH (a directory).  If not specified, the OSTree repository"
              + " is used")
  @Nullable String file;

  @Option(
      names = "--arm64-filter",
      description = "Compress ARM64 executables better, for clients with liblzma 5.4 or newer only")
  boolean arm64;

  /** What the options say. */
  Form form(Context context) {
    return new Form(
        order(),
        inline ? Placement.INLINE : Placement.FILES,
        arm64 ? ExecutableFilter.X86_AND_ARM64 : ExecutableFilter.X86,
        Optional.ofNullable(file).map(context::path));
  }

  /** Little-endian unless something else is said, on every machine: bytes must not depend on it. */
  private ByteOrder order() {
    ByteOrder order =
        switch (endianness) {
          case null -> ByteOrder.LITTLE_ENDIAN;
          case "l" -> ByteOrder.LITTLE_ENDIAN;
          case "B" -> ByteOrder.BIG_ENDIAN;
          default -> throw UsageException.messageOnly("Invalid endianness '" + endianness + "'");
        };
    if (!swapped) {
      return order;
    }
    return order == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
