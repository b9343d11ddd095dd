package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The summary of a source. Where there is one, its refs count, not the files of refs: so it is in
 * the real tool. Source: {@code lookup_commit_checksum_and_collection_from_summary}.
 *
 * @param refs the array of refs, {@code a(s(taya{sv}))}
 */
record SourceSummary(Variant refs) {
  private static final VariantType TYPE = VariantType.of("(a(s(taya{sv}))a{sv})");

  /** The same limit as for metadata objects. */
  private static final long MAX_SIZE = 128L << 20;

  static Optional<SourceSummary> read(Path repository) throws IOException {
    Path file = repository.resolve("summary");
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw malformed(file, "it is larger than " + MAX_SIZE + " bytes");
      }
      Variant summary = Variant.of(TYPE, Files.readAllBytes(file));
      if (!summary.isNormal()) {
        throw malformed(file, "Not normal form");
      }
      return Optional.of(new SourceSummary(summary.child(0)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Failure malformed(Path file, String reason) {
    return new Failure(
        ErrorCode.OBJECT_CORRUPT,
        "Invalid summary " + file + ": " + reason,
        "Make it anew with 'ostree summary -u', or delete it.");
  }

  /** The commit of a ref. */
  Checksum commit(String ref) {
    for (Variant entry : refs.children()) {
      if (entry.child(0).asString().equals(ref)) {
        byte[] commit = entry.child(1).child(1).asBytes();
        if (commit.length != Checksum.BYTES) {
          throw new Failure(
              ErrorCode.OBJECT_CORRUPT,
              "Invalid checksum of length " + commit.length + " expected 32 in the summary",
              "Make the summary of the source anew with 'ostree summary -u'.");
        }
        return Checksum.of(commit);
      }
    }
    throw new Failure(
        ErrorCode.REV_NOT_FOUND,
        "No such branch '" + ref + "' in repository summary",
        "Update the summary of the source with 'ostree summary -u', or delete it.");
  }
}
