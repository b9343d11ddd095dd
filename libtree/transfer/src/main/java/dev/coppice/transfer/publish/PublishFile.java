package dev.coppice.transfer.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to publish.
 *
 * @param path where it goes, below the target, with {@code /} between names
 * @param kind what it is
 */
public record PublishFile(String path, Kind kind, Content content) {
  /** What files are, in the order in which they are published. */
  public enum Kind {
    /** File objects, dirtrees and dirmetas. */
    CONTENT,
    /** Detached metadata, which clients ask for before the commit. */
    SIGNATURES,
    /** Commits and tombstones. */
    COMMIT,
    /** Parts of static deltas. */
    DELTA_PART,
    /** Superblocks of static deltas. */
    DELTA,
    /** Indexes of deltas, and parts of a summary. */
    INDEX,
    /** The public part of the configuration. */
    CONFIG,
    /** Refs. */
    REF,
    /** The summary and its signatures. */
    SUMMARY;

    /** Whether a file of this name never changes, so that one that is there is the same. */
    public boolean immutable() {
      return this == CONTENT || this == COMMIT;
    }
  }

  /** Where its bytes are. */
  public sealed interface Content {
    /** In a file. */
    record OfFile(Path file, long size) implements Content {}

    /** In memory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfBytes(byte[] bytes) implements Content {}
  }

  /** A file of the repository, at the same path. */
  static PublishFile of(Path repository, String path, Kind kind, long size) {
    return new PublishFile(path, kind, new Content.OfFile(repository.resolve(path), size));
  }

  static PublishFile of(String path, Kind kind, byte[] bytes) {
    return new PublishFile(path, kind, new Content.OfBytes(bytes));
  }

  /** Its length in bytes. */
  public long size() {
    return switch (content) {
      case Content.OfFile file -> file.size();
      case Content.OfBytes(byte[] bytes) -> bytes.length;
    };
  }

  /** Opens it; the caller closes the stream. */
  public InputStream open() throws IOException {
    return switch (content) {
      case Content.OfFile file -> Files.newInputStream(file.file());
      case Content.OfBytes(byte[] bytes) -> new ByteArrayInputStream(bytes);
    };
  }
}
