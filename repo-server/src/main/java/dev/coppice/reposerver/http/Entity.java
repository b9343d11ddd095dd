package dev.coppice.reposerver.http;

import dev.coppice.posix.FileStat;
import dev.coppice.reposerver.file.FileKind;
import dev.coppice.reposerver.file.RepoPath;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/**
 * A file as answers describe it, with its headers in bytes already.
 *
 * @param etag strong, with its quotes
 * @param modified seconds since 1970
 * @param stat of the file when this was made; another one then makes another entity
 * @param validators the headers of every answer about it, 304 included
 * @param description the headers of the whole file: its type, and its length
 * @param body the bytes, for one small enough to be kept in memory
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes the bytes
record Entity(
    FileKind kind,
    String etag,
    long modified,
    long length,
    FileStat stat,
    HttpField[] validators,
    HttpField[] description,
    byte @Nullable [] body) {

  private static final HttpField FOR_EVER =
      field(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");

  /** Caches may keep it, but ask each time. */
  private static final HttpField ASK = field(HttpHeader.CACHE_CONTROL, "no-cache");

  private static final HttpField RANGES = field(HttpHeader.ACCEPT_RANGES, "bytes");
  private static final HttpField BINARY =
      field(HttpHeader.CONTENT_TYPE, "application/octet-stream");
  private static final HttpField TEXT = field(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

  /** Describes a file of which only the facts are known. */
  static Entity onDisk(RepoPath path, FileStat stat) {
    return of(path, stat, EntityTag.ofFile(path, stat), stat.size(), null);
  }

  /** Describes a file whose bytes are at hand. */
  static Entity inMemory(RepoPath path, FileStat stat, byte[] body) {
    return of(path, stat, EntityTag.ofBytes(path, stat, body), body.length, body);
  }

  private static Entity of(
      RepoPath path, FileStat stat, String etag, long length, byte @Nullable [] body) {
    FileKind kind = path.kind();
    HttpField[] validators = {
      field(HttpHeader.ETAG, etag),
      field(HttpHeader.LAST_MODIFIED, HttpDate.text(stat.mtimeSeconds())),
      kind.immutable() ? FOR_EVER : ASK
    };
    HttpField[] description = {
      kind == FileKind.CONFIG || kind == FileKind.REF ? TEXT : BINARY,
      RANGES,
      new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, length)
    };
    return new Entity(kind, etag, stat.mtimeSeconds(), length, stat, validators, description, body);
  }

  /** Whether a file with these facts is the one that was described. */
  boolean describes(FileStat other) {
    return stat.isSameFile(other)
        && stat.size() == other.size()
        && stat.mtimeSeconds() == other.mtimeSeconds()
        && stat.mtimeNanos() == other.mtimeNanos()
        && stat.ctimeSeconds() == other.ctimeSeconds()
        && stat.ctimeNanos() == other.ctimeNanos();
  }

  /** Adds headers to an answer. */
  static void add(HttpFields.Mutable headers, HttpField[] fields) {
    for (HttpField field : fields) {
      headers.add(field);
    }
  }

  private static HttpField field(HttpHeader header, String value) {
    return new PreEncodedHttpField(header, value);
  }
}
