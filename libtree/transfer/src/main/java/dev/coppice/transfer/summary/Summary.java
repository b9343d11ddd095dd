package dev.coppice.transfer.summary;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.posix.PosixNames;
import dev.coppice.transfer.delta.DeltaIndexes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A summary, read and checked. The GVariant {@code (a(s(taya{sv}))a{sv})}: refs with the size of
 * the commit object, its checksum and metadata; then metadata of the repository. Source: {@code
 * OSTREE_SUMMARY_GVARIANT_STRING}, {@code regenerate_metadata}.
 */
public final class Summary {
  /** The GVariant type. */
  public static final VariantType TYPE = VariantType.of("(a(s(taya{sv}))a{sv})");

  /** Type of a list of refs. */
  static final VariantType REFS = VariantType.of("a(s(taya{sv}))");

  /** Type of the refs of several collections. */
  static final VariantType COLLECTIONS = VariantType.of("a{sa(s(taya{sv}))}");

  /** Name of the file in a repository. */
  public static final String FILE = "summary";

  /** Name of the file with its signatures. */
  public static final String SIGNATURE_FILE = "summary.sig";

  /** The same limit as for metadata objects. Source: {@code OSTREE_MAX_METADATA_SIZE}. */
  public static final int MAX_SIZE = 128 << 20;

  static final String STATIC_DELTAS = DeltaIndexes.STATIC_DELTAS;
  static final String LAST_MODIFIED = "ostree.summary.last-modified";
  static final String EXPIRES = "ostree.summary.expires";
  static final String MODE = "ostree.summary.mode";
  static final String TOMBSTONE_COMMITS = "ostree.summary.tombstone-commits";
  static final String INDEXED_DELTAS = "ostree.summary.indexed-deltas";
  static final String COLLECTION_ID = "ostree.summary.collection-id";
  static final String COLLECTION_MAP = "ostree.summary.collection-map";

  private final byte[] bytes;
  private final Variant metadata;
  private final SortedMap<String, SummaryRef> refs;
  private final SortedMap<String, SortedMap<String, SummaryRef>> collections;

  private Summary(byte[] bytes, Variant variant) {
    this.bytes = bytes;
    this.metadata = variant.child(1);
    this.refs = refs(variant.child(0));
    this.collections = new TreeMap<>(PosixNames.BYTE_ORDER);
    Optional<Variant> map = metadata.lookup(COLLECTION_MAP, COLLECTIONS);
    if (map.isPresent()) {
      for (Variant entry : map.get().children()) {
        String id = CollectionId.of(entry.child(0).asString()).id();
        collections.put(id, Collections.unmodifiableSortedMap(refs(entry.child(1))));
      }
    }
    collectionId().ifPresent(id -> collections.put(CollectionId.of(id).id(), refs));
  }

  /**
   * Reads a summary.
   *
   * @throws Failure with {@link ErrorCode#OBJECT_CORRUPT} when it is not of its form; with {@link
   *     ErrorCode#REF_INVALID} when it has a name that is none
   */
  public static Summary decode(byte[] bytes) {
    if (bytes.length > MAX_SIZE) {
      throw invalid("it is larger than " + MAX_SIZE + " bytes");
    }
    Variant variant = Variant.of(TYPE, bytes);
    if (!variant.isNormal()) {
      throw invalid("Not normal form");
    }
    return new Summary(bytes, variant);
  }

  /** The summary of a repository on this machine, if it has one. */
  public static Optional<Summary> read(Path repository) throws IOException {
    return file(repository, FILE).map(Summary::decode);
  }

  /** A file of a repository on this machine, {@link #FILE} or its signatures, if it is there. */
  public static Optional<byte[]> file(Path repository, String name) throws IOException {
    Path file = repository.resolve(name);
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw invalid(file + " is larger than " + MAX_SIZE + " bytes");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static SortedMap<String, SummaryRef> refs(Variant list) {
    var refs = new TreeMap<String, SummaryRef>(PosixNames.BYTE_ORDER);
    for (Variant entry : list.children()) {
      String name = RefName.of(entry.child(0).asString()).name();
      Variant target = entry.child(1);
      byte[] commit = target.child(1).asBytes();
      if (commit.length != Checksum.BYTES) {
        throw invalid(
            "Invalid checksum of length " + commit.length + " expected 32 for ref " + name);
      }
      refs.put(
          name, new SummaryRef(Checksum.of(commit), target.child(0).asUint64(), target.child(2)));
    }
    return refs;
  }

  private static Failure invalid(String reason) {
    return new Failure(
        ErrorCode.OBJECT_CORRUPT,
        "Invalid summary: " + reason,
        "Have it made anew with 'summary -u' at its repository.");
  }

  /** The file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The repository's own refs. */
  public SortedMap<String, SummaryRef> refs() {
    return Collections.unmodifiableSortedMap(refs);
  }

  /** The refs of each collection, the repository's own included where it has an id. */
  public SortedMap<String, SortedMap<String, SummaryRef>> collections() {
    return Collections.unmodifiableSortedMap(collections);
  }

  /** The metadata of the repository, an {@code a{sv}}. */
  public Variant metadata() {
    return metadata;
  }

  /** The collection of the repository's own refs. */
  public Optional<String> collectionId() {
    return text(COLLECTION_ID);
  }

  /** The mode of the repository, as its configuration writes it. */
  public Optional<String> mode() {
    return text(MODE);
  }

  /** Whether tombstones say which commits were deleted; empty: unknown. */
  public Optional<Boolean> tombstoneCommits() {
    return flag(TOMBSTONE_COMMITS);
  }

  /** Whether there are indexes of static deltas. */
  public boolean indexedDeltas() {
    return flag(INDEXED_DELTAS).orElse(false);
  }

  /** When it was made, in seconds since 1970. */
  public OptionalLong lastModified() {
    return time(LAST_MODIFIED);
  }

  /** When it is to be fetched anew at the latest, in seconds since 1970. */
  public OptionalLong expires() {
    return time(EXPIRES);
  }

  /** Checksums of the superblocks of static deltas, by name: {@code FROM-TO} or {@code TO}. */
  public SortedMap<String, Checksum> staticDeltas() {
    return DeltaIndexes.digests(metadata);
  }

  private Optional<String> text(String key) {
    return metadata.lookup(key, VariantType.of("s")).map(Variant::asString);
  }

  private Optional<Boolean> flag(String key) {
    return metadata.lookup(key, VariantType.of("b")).map(Variant::asBoolean);
  }

  private OptionalLong time(String key) {
    return metadata
        .lookup(key, VariantType.of("t"))
        .map(value -> OptionalLong.of(Long.reverseBytes(value.asUint64())))
        .orElseGet(OptionalLong::empty);
  }
}
