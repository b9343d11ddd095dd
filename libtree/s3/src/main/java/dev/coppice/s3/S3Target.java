package dev.coppice.s3;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.publish.Lanes;
import dev.coppice.transfer.publish.PublishFile;
import dev.coppice.transfer.publish.PublishFile.Content;
import dev.coppice.transfer.publish.PublishTarget;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A prefix of a bucket. Several objects are put at the same time; each is visible as a whole. */
final class S3Target implements PublishTarget {
  private static final int LANES = 12;

  /** So many objects are listed with a few requests; more, with many at the same time. */
  private static final int FEW = 4000;

  private static final String OBJECTS = "objects";
  private static final int CHUNK = 1 << 16;

  /** Objects never change; what leads to them must be asked for each time. */
  private static final Map<String, String> FOR_EVER =
      Map.of("Cache-Control", "public, max-age=31536000, immutable");

  private static final Map<String, String> ASK = Map.of("Cache-Control", "no-cache");

  private final S3Store store;
  private final String endpoint;
  private final Map<String, String> tags = new ConcurrentHashMap<>();
  private @Nullable Optional<NavigableMap<String, S3Store.Stored>> few;

  S3Target(S3Store store, String endpoint) {
    this.store = store;
    this.endpoint = endpoint;
  }

  @Override
  public String name() {
    return store.address() + " at " + endpoint;
  }

  @Override
  public Map<String, Long> list(String directory) throws IOException {
    var sizes = new HashMap<String, Long>();
    for (S3Store.Stored each : stored(directory)) {
      sizes.put(each.path(), each.size());
      // Of what never changes the tag is never asked for.
      if (!directory.startsWith(OBJECTS) || each.path().endsWith(".commitmeta")) {
        tags.put(each.path(), each.etag());
      }
    }
    return sizes;
  }

  private Collection<S3Store.Stored> stored(String directory) throws IOException {
    if (!directory.startsWith(OBJECTS + "/")) {
      return store.list(directory);
    }
    Optional<NavigableMap<String, S3Store.Stored>> all = few();
    // '0' follows '/' in the order of characters.
    return all.isPresent()
        ? all.get().subMap(directory + "/", directory + "0").values()
        : store.list(directory);
  }

  private synchronized Optional<NavigableMap<String, S3Store.Stored>> few() throws IOException {
    if (few == null) {
      few =
          store
              .list(OBJECTS, FEW)
              .map(
                  list -> {
                    var byPath = new TreeMap<String, S3Store.Stored>();
                    list.forEach(each -> byPath.put(each.path(), each));
                    return byPath;
                  });
    }
    return few;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return store.read(path);
  }

  @Override
  public List<PublishFile> differing(List<PublishFile> files) throws IOException {
    var other = ConcurrentHashMap.<PublishFile>newKeySet();
    Lanes.each(
        LANES,
        files.size(),
        number -> {
          if (!same(files.get(number))) {
            other.add(files.get(number));
          }
        });
    return List.copyOf(other);
  }

  private boolean same(PublishFile file) throws IOException {
    String tag = tags.getOrDefault(file.path(), "");
    return tag.equals(md5(file)) || isThere(file);
  }

  /** Looks inside: the tag of what was put in parts, or is encrypted, is no checksum. */
  private boolean isThere(PublishFile file) throws IOException {
    Optional<byte[]> there = store.read(file.path());
    try (InputStream here = file.open()) {
      return there.isPresent() && Arrays.equals(there.get(), here.readAllBytes());
    }
  }

  private static String md5(PublishFile file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] chunk = new byte[CHUNK];
    try (InputStream content = file.open()) {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void put(List<PublishFile> files, Consumer<PublishFile> done) throws IOException {
    Lanes.each(
        LANES,
        files.size(),
        number -> {
          PublishFile file = files.get(number);
          put(file);
          done.accept(file);
        });
  }

  private void put(PublishFile file) throws IOException {
    Map<String, String> headers = file.kind().immutable() ? FOR_EVER : ASK;
    String tag =
        switch (file.content()) {
          case Content.OfFile local -> store.put(file.path(), local.file(), headers);
          case Content.OfBytes(byte[] bytes) -> store.put(file.path(), bytes, headers);
        };
    String plain = tag == null ? "" : tag.replace("\"", "");
    boolean whole = file.size() <= S3Store.PART_BYTES;
    if (whole && !plain.equals(md5(file)) && !isThere(file)) {
      throw new Failure(
          ErrorCode.OBJECT_CORRUPT,
          name() + ": " + file.path() + " is not there what was put",
          "Publish again. If it stays so, the store damages objects.");
    }
    tags.put(file.path(), plain);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    store.delete(paths);
    paths.forEach(tags::remove);
  }

  @Override
  public void flush() {
    // A store has what it has answered.
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
