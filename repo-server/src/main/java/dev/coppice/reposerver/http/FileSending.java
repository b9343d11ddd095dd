package dev.coppice.reposerver.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.jspecify.annotations.Nullable;

/** Sends a range of a file, window after window, and closes the file at the end. */
final class FileSending extends IteratingNestedCallback {
  private final FileChannel file;
  private final Response response;
  private final @Nullable SendfileEndPoint endPoint;
  private @Nullable FileWindow window;
  private long next;
  private long left;

  FileSending(
      Request request, Response response, FileChannel file, ByteRange range, Callback callback) {
    super(callback);
    this.file = file;
    this.response = response;
    this.next = range.start();
    this.left = range.length();
    EndPoint socket = request.getConnectionMetaData().getConnection().getEndPoint();
    this.endPoint = socket instanceof SendfileEndPoint plain ? plain : null;
  }

  /** Reading may wait for the disk, so it must not happen on a thread that waits for requests. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  protected Action process() throws IOException {
    release();
    if (left == 0) {
      return Action.SUCCEEDED;
    }
    long length = Math.min(left, FileWindow.LARGEST);
    FileWindow mapped = FileWindow.map(file, next, length);
    window = mapped;
    next += length;
    left -= length;
    if (endPoint != null) {
      endPoint.announce(mapped);
    }
    response.write(left == 0, mapped.buffer(), this);
    return Action.SCHEDULED;
  }

  private void release() {
    FileWindow done = window;
    window = null;
    if (done != null) {
      if (endPoint != null) {
        endPoint.announce(null);
      }
      done.close();
    }
  }

  @Override
  protected void onCompleted(Throwable failure) {
    release();
    try {
      file.close();
    } catch (IOException e) {
      // It was only read; there is nothing that could be lost.
    }
    super.onCompleted(failure);
  }
}
