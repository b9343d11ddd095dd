package dev.coppice.transfer.pull;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.ServedFiles.HeaderCheck;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.transfer.fetch.Body;
import dev.coppice.transfer.fetch.BodyReader;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.fetch.Fetcher;
import dev.coppice.transfer.pull.PullRequest.Option;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The objects of an archive repository that servers serve. */
final class HttpSource implements PullSource {
  private static final HeaderCheck ANY = (_, _) -> {};

  /**
   * Where the servers are.
   *
   * @param metadata bases of what says which commit a ref has, and of signatures
   * @param content bases of all other objects
   * @param collection that commits must be bound to
   */
  record Servers(List<URI> metadata, List<URI> content, Optional<String> collection) {}

  private final Fetcher fetcher;
  private final Servers servers;
  private final Transaction transaction;
  private final HeaderCheck check;
  private final boolean asServed;

  /** The fetcher stays the caller's. */
  HttpSource(Fetcher fetcher, Servers servers, Transaction transaction, PullRequest request) {
    this.fetcher = fetcher;
    this.servers = servers;
    this.transaction = transaction;
    boolean harmless = request.asks(Option.BAREUSERONLY_FILES);
    this.check = harmless ? LocalSource::checkHarmless : ANY;
    // Source: trusted_http_direct.
    this.asServed =
        request.asks(Option.HTTP_TRUSTED)
            && !request.asks(Option.UNTRUSTED)
            && !harmless
            && request.asks(Option.MIRROR)
            && transaction.repo().mode() == RepoMode.ARCHIVE;
  }

  private FetchRequest request(ObjectName name, long maxBytes) {
    List<URI> bases = name.type() == ObjectType.COMMITMETA ? servers.metadata() : servers.content();
    String path = RepoLayout.OBJECTS + "/" + RepoLayout.loosePath(name, RepoMode.ARCHIVE);
    return new FetchRequest(bases, path, maxBytes);
  }

  @Override
  public byte @Nullable [] load(ObjectName name, long maxBytes) throws IOException {
    // What is damaged is found while there are other mirrors to ask; signatures have no checksum.
    boolean named = name.type() != ObjectType.COMMITMETA && name.type() != ObjectType.TOMBSTONE;
    return fetch(
            request(name, maxBytes),
            body -> {
              byte[] bytes = body.content().readAllBytes();
              return named ? MetadataScan.checked(name, bytes) : bytes;
            })
        .orElse(null);
  }

  private <T> Optional<T> fetch(FetchRequest request, BodyReader<T> reader) throws IOException {
    try {
      return fetcher.fetch(request, reader);
    } catch (CorruptObjectException e) {
      throw new Failure(
          e.code(),
          "While fetching " + request.address() + ": " + e.getMessage(),
          "What the server has is damaged, or something on the way changes it: have the repository"
              + " checked there with 'fsck', or pull from another mirror.",
          e);
    }
  }

  @Override
  public void stage(ObjectName name, byte[] bytes) throws IOException {
    transaction.writer().writeNamed(name, bytes);
  }

  @Override
  public long file(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    return fetch(request(name, 0), body -> take(checksum, body))
        .orElseThrow(() -> new MissingObjectException(name));
  }

  private long take(Checksum checksum, Body body) throws IOException {
    if (asServed) {
      transaction.writeServedUnverified(checksum, body.content());
      return body.length().orElse(0);
    }
    var written = transaction.writeServed(checksum, body.content(), body.length(), check);
    return written.added() ? written.size() : 0;
  }

  @Override
  public boolean hasFile(Checksum checksum) {
    return false; // it is asked last, and then for the file itself
  }

  @Override
  public OptionalLong downloadSize(ObjectSet files) throws IOException {
    var total = new AtomicLong();
    var crew = new Crew(parallelism());
    files.forEach(
        name ->
            crew.add(
                () -> {
                  OptionalLong length = fetcher.length(request(name, 0));
                  total.addAndGet(length.orElse(0));
                }));
    crew.work();
    return OptionalLong.of(total.get());
  }

  @Override
  public int parallelism() {
    return fetcher.parallelism();
  }

  @Override
  public Optional<String> collection() {
    return servers.collection();
  }

  @Override
  public void close() {
    // The fetcher is the caller's.
  }
}
