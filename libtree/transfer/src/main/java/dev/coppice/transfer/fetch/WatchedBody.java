package dev.coppice.transfer.fetch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small body that is taken whole, and counts what came: the JDK's own timeout ends with the
 * headers, so that a server that falls silent after them would be waited for without end.
 */
final class WatchedBody implements BodySubscriber<InputStream> {
  /** How far an answer is. Written by the client's threads, read by the one that waits. */
  static final class Progress {
    private final AtomicLong bytes = new AtomicLong();
    private volatile long since = System.nanoTime();

    /** When the headers came, or, before that, when the request was made. */
    long since() {
      return since;
    }

    /** Bytes of the body so far. */
    long bytes() {
      return bytes.get();
    }

    void headersCame() {
      since = System.nanoTime();
    }
  }

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final Progress progress;

  WatchedBody(Progress progress) {
    this.progress = progress;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return bytes.getBody().thenApply(ByteArrayInputStream::new);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    item.forEach(part -> progress.bytes.addAndGet(part.remaining()));
    bytes.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    bytes.onError(failure);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
