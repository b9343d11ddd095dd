package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Files of this machine, answered as a server would. */
final class FileTransport implements Transport {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  @Override
  public Reply send(Call call) throws IOException {
    Path path = Urls.file(call.uri());
    try {
      if (!Files.isRegularFile(path)) {
        return missing();
      }
      return answer(path, call.head());
    } catch (NoSuchFileException e) {
      return missing();
    } catch (IOException e) {
      throw new NetworkException(
          ErrorCode.NETWORK_UNREACHABLE,
          call.uri(),
          String.valueOf(e.getMessage()),
          "Check that the file can be read: "
              + (Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "it exists" : "it does not exist"),
          e);
    }
  }

  private static Reply answer(Path path, boolean head) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      long size = file.size();
      String etag = "\"" + size + "-" + Files.getLastModifiedTime(path).toMillis() + "\"";
      var fields = Fields.of(Map.of("content-length", Long.toString(size), "etag", etag));
      if (head) {
        file.close();
        return new Reply(OK, fields, InputStream.nullInputStream());
      }
      return new Reply(OK, fields, Channels.newInputStream(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Reply missing() {
    return new Reply(NOT_FOUND, Fields.of(Map.of()), InputStream.nullInputStream());
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
