package dev.coppice.core.commit;

import dev.coppice.core.commit.CommitMetadata.Entry;
import dev.coppice.core.composefs.ComposefsImage;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.GHashOrder;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Puts the metadata of a commit together, in the order of the real tool, because the order is part
 * of the checksum: entries, kept ones, bindings, kernel, image, sizes. Source: {@code
 * ostree_builtin_commit}.
 */
final class MetadataBuilder {
  /** The refs that a commit belongs to. Source: {@code OSTREE_COMMIT_META_KEY_REF_BINDING}. */
  private static final String REF_BINDING = "ostree.ref-binding";

  private static final String COLLECTION_BINDING = "ostree.collection-binding";
  private static final String BOOTABLE = "ostree.bootable";
  private static final String KERNEL = "ostree.linux";
  private static final String SIZES = "ostree.sizes";

  private final Repo repo;
  private final CommitRequest request;
  private final List<Entry> entries;

  /**
   * Takes over what is known before the tree is.
   *
   * @throws Failure when a key to keep is not in the parent, or there is no parent
   */
  MetadataBuilder(Repo repo, CommitRequest request, Optional<Checksum> parent) throws IOException {
    this.repo = repo;
    this.request = request;
    CommitMetadata metadata = request.description().metadata();
    this.entries = new ArrayList<>(metadata.entries());
    if (!metadata.keep().isEmpty()) {
      keep(metadata.keep(), parent);
    }
  }

  private void keep(List<String> keys, Optional<Checksum> parent) throws IOException {
    if (parent.isEmpty()) {
      throw new Failure(
          ErrorCode.USAGE,
          "Either --branch or --parent must be specified when using --keep-metadata",
          "There is no parent whose metadata could be kept.");
    }
    Variant old = repo.loadCommit(parent.get()).metadata();
    for (String key : keys) {
      Variant value =
          old.lookup(key)
              .orElseThrow(
                  () ->
                      new Failure(
                          ErrorCode.INPUT_INVALID,
                          "Missing metadata key '" + key + "' from commit '" + parent.get() + "'",
                          "List the keys with 'show --list-metadata-keys'."));
      entries.add(new Entry(key, value));
    }
  }

  /**
   * The metadata, now that the tree is known.
   *
   * @param image the digest of the composefs image of the tree
   */
  Variant build(TreeNode root, Optional<Variant> sizes, Optional<Checksum> image)
      throws IOException {
    List<Entry> result = new ArrayList<>(entries);
    Optional<CommitMetadata.RefBindings> bindings = request.description().metadata().bindings();
    if (bindings.isPresent()) {
      bind(bindings.get(), result);
    }
    if (request.flags().contains(CommitFlag.BOOTABLE)) {
      result.add(new Entry(BOOTABLE, Variant.ofBoolean(true)));
      result.add(new Entry(KERNEL, Variant.ofString(Kernel.release(root))));
      result = hashed(result);
    }
    if (image.isPresent()) {
      Variant digest = Variant.ofBytes(image.get().bytes());
      result.add(new Entry(ComposefsImage.DIGEST_KEY, digest));
      result = hashed(result);
    }
    if (sizes.isPresent()) {
      result.add(new Entry(SIZES, sizes.get()));
    }
    return CommitMetadata.dictionary(result);
  }

  private void bind(CommitMetadata.RefBindings bindings, List<Entry> result) {
    List<String> refs = new ArrayList<>();
    request.target().branch().ifPresent(refs::add);
    refs.addAll(bindings.more());
    refs.sort(PosixNames.BYTE_ORDER);
    result.add(new Entry(REF_BINDING, Variant.strings(refs)));
    boolean given = entries.stream().anyMatch(entry -> entry.key().equals(COLLECTION_BINDING));
    if (!given) {
      repo.config()
          .collection()
          .ifPresent(id -> result.add(new Entry(COLLECTION_BINDING, Variant.ofString(id.id()))));
    }
  }

  /** What a {@code GVariantDict} makes of entries: the last of each key, in the table's order. */
  private static List<Entry> hashed(List<Entry> inserted) {
    var byKey = new LinkedHashMap<String, Entry>();
    inserted.forEach(entry -> byKey.put(entry.key(), entry));
    List<Entry> result = new ArrayList<>();
    for (String key : GHashOrder.of(byKey.keySet())) {
      Entry entry = byKey.get(key);
      if (entry != null) {
        result.add(entry);
      }
    }
    return result;
  }

  /** The detached metadata, where there is any. */
  Optional<byte[]> detached() {
    List<Entry> detached = request.description().metadata().detached();
    return detached.isEmpty()
        ? Optional.empty()
        : Optional.of(CommitMetadata.dictionary(detached).serialized());
  }
}
