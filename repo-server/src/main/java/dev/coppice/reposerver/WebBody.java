package dev.coppice.reposerver;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a page sends. It holds nothing open: a body that is never written, because the request was a
 * {@code HEAD} or the client has the page already, needs no closing.
 */
public interface WebBody {
  /** Bytes that {@link #writeTo} writes. */
  long size();

  /** Writes all of it and leaves the stream open. */
  void writeTo(OutputStream out) throws IOException;

  /** A body in memory; the array belongs to it from now on. */
  static WebBody of(byte[] bytes) {
    return new WebBody() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
