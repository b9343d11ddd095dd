package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A body that goes on where it broke off: the rest is asked for with {@code Range} and {@code
 * If-Range}, as long as the server has a strong tag for it, so that no two versions of a file are
 * ever joined. For one thread.
 */
final class ResumingBody extends InputStream {
  /** Asks for the rest of a body. */
  interface Rest {
    /**
     * Asks for what is behind a position.
     *
     * @return empty when the server does not go on there, or has another version now
     */
    Optional<Part> from(long position, String etag) throws IOException;
  }

  /**
   * What a server goes on with.
   *
   * @param known bytes in front that were read before
   */
  record Part(InputStream in, long known) {}

  /** What all bodies of a fetcher share. */
  record Shared(
      FetchSettings.Retry retry,
      Pace pace,
      StallWatch watch,
      Throttle throttle,
      Counters counters) {}

  /** Live counters. */
  record Counters(LongAdder bytes, LongAdder requests, LongAdder retries, LongAdder resumed) {
    Counters() {
      this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
  }

  private final URI uri;
  private final OptionalLong length;
  private final Optional<String> etag;
  private final long maxBytes;
  private final Shared shared;
  private final Rest rest;
  private InputStream in;
  private StallWatch.Watched watched;
  private long position;

  /** Bytes that come again, because the server knows no ranges. */
  private long known;

  private int failures;

  private long windowBytes;
  private long windowWaited;

  ResumingBody(URI uri, Transport.Reply reply, long maxBytes, Shared shared, Rest rest) {
    this.uri = uri;
    this.length = reply.fields().number("content-length");
    this.etag = new Validators(reply.fields().first("etag"), OptionalLong.empty()).strongEtag();
    this.maxBytes = maxBytes;
    this.shared = shared;
    this.rest = rest;
    this.in = reply.body();
    this.watched = shared.watch().watch(in);
  }

  OptionalLong length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    while (true) {
      NetworkException broken;
      try {
        int count = readOnce(out, offset, shared.throttle().portion(wanted));
        if (count > 0) {
          int fresh = withoutKnown(out, offset, count);
          if (fresh == 0) {
            continue;
          }
          came(fresh);
          return fresh;
        }
        if (length.isEmpty() || position >= length.getAsLong()) {
          return -1;
        }
        broken =
            broken(
                "the connection ended " + (length.getAsLong() - position) + " bytes early", null);
      } catch (NetworkException e) {
        broken = e;
      }
      resume(broken);
    }
  }

  /** Drops what was read before; the rest is moved to the front. */
  private int withoutKnown(byte[] out, int offset, int count) {
    int dropped = (int) Math.min(known, count);
    known -= dropped;
    System.arraycopy(out, offset + dropped, out, offset, count - dropped);
    return count - dropped;
  }

  private int readOnce(byte[] out, int offset, int wanted) throws IOException {
    long start = System.nanoTime();
    watched.begin();
    try {
      int count = in.read(out, offset, wanted);
      checkSpeed(start, Math.max(count, 0));
      return count;
    } catch (NetworkException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw watched.stalled()
          ? stalled("no data for " + shared.retry().slowTime().toSeconds() + " seconds")
          : broken(String.valueOf(e.getMessage()), e);
    } finally {
      watched.end();
    }
  }

  /** Only time that was spent waiting counts: a reader may be as slow as it likes. */
  private void checkSpeed(long start, int count) throws NetworkException {
    long now = System.nanoTime();
    windowWaited += now - start;
    windowBytes += count;
    if (windowWaited < shared.retry().slowTime().toNanos()) {
      return;
    }
    double speed = windowBytes * 1e9 / windowWaited;
    windowWaited = 0;
    windowBytes = 0;
    if (speed < shared.retry().slowBytes()) {
      throw stalled(
          "Operation too slow. Less than "
              + shared.retry().slowBytes()
              + " bytes/sec transferred the last "
              + shared.retry().slowTime().toSeconds()
              + " seconds");
    }
  }

  private void came(int count) throws IOException {
    position += count;
    shared.counters().bytes().add(count);
    if (maxBytes > 0 && position > maxBytes) {
      throw tooLarge(uri, maxBytes);
    }
    shared.throttle().passed(count);
  }

  static Failure tooLarge(URI uri, long maxBytes) {
    return new Failure(
        ErrorCode.RESPONSE_TOO_LARGE,
        "URI " + Urls.masked(uri) + " exceeded maximum size of " + maxBytes + " bytes",
        "The server sends something else than was announced: check it, or use another mirror.");
  }

  private void resume(NetworkException broken) throws IOException {
    closeQuietly();
    if (etag.isEmpty() && position > 0) {
      throw broken;
    }
    NetworkException last = broken;
    while (true) {
      if (!shared.pace().again(++failures, last)) {
        throw last;
      }
      shared.counters().retries().increment();
      try {
        Optional<Part> more = rest.from(position, etag.orElse(""));
        if (more.isEmpty()) {
          throw broken;
        }
        shared.counters().resumed().increment();
        in = more.get().in();
        known = more.get().known();
        watched = shared.watch().watch(in);
        return;
      } catch (NetworkException e) {
        if (e == broken) {
          throw e;
        }
        last = e;
      }
    }
  }

  private NetworkException broken(String reason, @Nullable Throwable cause) {
    String next = "Check the network, and try again: what has come so far is kept.";
    return cause == null
        ? new NetworkException(
            ErrorCode.NETWORK_UNREACHABLE, uri, reason, next, java.time.Duration.ZERO)
        : new NetworkException(ErrorCode.NETWORK_UNREACHABLE, uri, reason, next, cause);
  }

  private NetworkException stalled(String reason) {
    return new NetworkException(
        ErrorCode.NETWORK_STALLED,
        uri,
        reason,
        "Check the network, or allow slower transfers with --low-speed-limit-bytes and"
            + " --low-speed-time-seconds.",
        java.time.Duration.ZERO);
  }

  private void closeQuietly() {
    shared.watch().forget(watched);
    try {
      in.close();
    } catch (IOException e) {
      // It is broken already.
    }
  }

  @Override
  public void close() throws IOException {
    shared.watch().forget(watched);
    in.close();
  }
}
