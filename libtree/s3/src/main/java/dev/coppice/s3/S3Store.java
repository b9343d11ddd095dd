package dev.coppice.s3;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The requests to a bucket, repeated when they fail for a reason that may be over soon. Safe for
 * several threads.
 */
final class S3Store implements AutoCloseable {
  private static final int ATTEMPTS = 6;
  private static final long FIRST_MILLIS = 150;

  /** Longer objects are put in parts of this size, which have no checksum as a whole. */
  static final long PART_BYTES = 64L << 20;

  private static final int SERVER_ERRORS = 500;
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown",
          "InternalError",
          "ServiceUnavailable",
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "OperationAborted");

  private final MinioClient client;
  private final S3Address address;

  S3Store(MinioClient client, S3Address address) {
    this.client = client;
    this.address = address;
  }

  S3Address address() {
    return address;
  }

  /**
   * An object that is there.
   *
   * @param etag the MD5 in hexadecimal digits, of one that was put at once and is not encrypted
   */
  record Stored(String path, long size, String etag) {}

  private interface Request<T> {
    T send() throws MinioException, IOException;
  }

  List<Stored> list(String directory) throws IOException {
    return list(directory, Integer.MAX_VALUE).orElseThrow();
  }

  /** The objects below a directory; empty when there are more than so many. */
  Optional<List<Stored>> list(String directory, int most) throws IOException {
    String prefix = address.key(directory) + "/";
    return repeated(
        "listing " + directory,
        () -> {
          List<Stored> found = new ArrayList<>();
          Iterable<Result<Item>> items =
              client.listObjects(
                  ListObjectsArgs.builder()
                      .bucket(address.bucket())
                      .prefix(prefix)
                      .recursive(true)
                      .build());
          for (Result<Item> each : items) {
            if (found.size() == most) {
              return Optional.empty();
            }
            Item item = each.get();
            String etag = item.etag() == null ? "" : item.etag().replace("\"", "");
            found.add(new Stored(address.path(item.objectName()), item.size(), etag));
          }
          return Optional.of(found);
        });
  }

  Optional<byte[]> read(String path) throws IOException {
    return repeated(
        "reading " + path,
        () -> {
          try (InputStream content =
              client.getObject(
                  GetObjectArgs.builder()
                      .bucket(address.bucket())
                      .object(address.key(path))
                      .build())) {
            return Optional.of(content.readAllBytes());
          } catch (ErrorResponseException e) {
            if ("NoSuchKey".equals(e.errorResponse().code())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Puts a file; returns its tag. */
  String put(String path, Path file, Map<String, String> headers) throws IOException {
    return repeated(
        "putting " + path,
        () ->
            client
                .uploadObject(
                    UploadObjectArgs.builder()
                        .bucket(address.bucket())
                        .object(address.key(path))
                        .headers(headers)
                        .contentType("application/octet-stream")
                        .filename(file.toString(), PART_BYTES)
                        .build())
                .etag());
  }

  /** Puts bytes; returns their tag. */
  String put(String path, byte[] bytes, Map<String, String> headers) throws IOException {
    return repeated(
        "putting " + path,
        () ->
            client
                .putObject(
                    PutObjectArgs.builder()
                        .bucket(address.bucket())
                        .object(address.key(path))
                        .headers(headers)
                        .contentType("application/octet-stream")
                        .data(bytes, bytes.length)
                        .build())
                .etag());
  }

  void delete(List<String> paths) throws IOException {
    repeated(
        "deleting",
        () -> {
          List<DeleteRequest.Object> objects =
              paths.stream().map(path -> new DeleteRequest.Object(address.key(path))).toList();
          Iterable<Result<DeleteResult.Error>> errors =
              client.removeObjects(
                  RemoveObjectsArgs.builder().bucket(address.bucket()).objects(objects).build());
          for (Result<DeleteResult.Error> each : errors) {
            DeleteResult.Error error = each.get();
            throw new IOException(error.objectName() + ": " + error.message());
          }
          return paths.size();
        });
  }

  private <T> T repeated(String what, Request<T> request) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Exception failure;
      boolean passing;
      try {
        return request.send();
      } catch (MinioException e) {
        failure = e;
        passing = passes(e);
      } catch (IOException e) {
        failure = e;
        passing = true;
      } catch (IllegalStateException e) {
        // So the client says that there is no connection.
        if (!(e.getCause() instanceof IOException cause)) {
          throw e;
        }
        failure = cause;
        passing = true;
      }
      if (!passing || attempt == ATTEMPTS) {
        throw new Failure(
            ErrorCode.HTTP_STATUS,
            address + ": " + what + " failed: " + reason(failure),
            "Check the endpoint, the bucket, and the keys in AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY. What was put is not put again.",
            failure);
      }
      pause(attempt);
    }
  }

  private static boolean passes(MinioException failure) {
    return switch (failure) {
      case ErrorResponseException e ->
          PASSING.contains(String.valueOf(e.errorResponse().code()))
              || e.response().code() >= SERVER_ERRORS;
      case ServerException e -> e.statusCode() >= SERVER_ERRORS;
      case MinioException e -> e.getCause() instanceof IOException;
    };
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static void pause(int attempt) throws InterruptedIOException {
    long longest = FIRST_MILLIS << attempt;
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
