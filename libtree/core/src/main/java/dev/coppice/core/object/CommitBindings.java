package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a commit says about the refs and the collection that it was made for. It keeps an attacker
 * from serving the commit of one ref under the name of another. Source: {@code
 * _ostree_repo_verify_bindings}.
 *
 * @param refs names of refs; empty when the commit says nothing about refs, which is not the same
 *     as an empty list
 * @param collection the collection, if the commit names one
 */
public record CommitBindings(Optional<List<String>> refs, Optional<String> collection) {
  /** Key of the refs in the metadata of a commit, an {@code as}. */
  public static final String REF_BINDING = "ostree.ref-binding";

  /** Key of the collection in the metadata of a commit, an {@code s}. */
  public static final String COLLECTION_BINDING = "ostree.collection-binding";

  private static final String NEXT =
      "The commit may have been made for another ref: look at it with 'show', and use"
          + " --disable-verify-bindings only if you trust where it comes from.";

  /** What a commit says. Values of another type count as absent, as in the real tool. */
  public static CommitBindings of(Commit commit) {
    VariantDict metadata = VariantDict.of(commit.metadata());
    return new CommitBindings(
        metadata
            .get(REF_BINDING)
            .filter(value -> value.type().equals(VariantType.of("as")))
            .map(CommitBindings::strings),
        metadata
            .get(COLLECTION_BINDING)
            .filter(value -> value.type().equals(VariantType.of("s")))
            .map(Variant::asString));
  }

  private static List<String> strings(Variant array) {
    var strings = new ArrayList<String>();
    for (Variant each : array.children()) {
      strings.add(each.asString());
    }
    return List.copyOf(strings);
  }

  /**
   * Checks that the commit belongs to a ref of a collection.
   *
   * @param expectedCollection where the commit comes from; empty: a place without collections
   * @param ref the ref it was found under; empty: it was asked for by checksum
   * @throws Failure with {@link ErrorCode#BINDING_MISMATCH}
   */
  public void check(Optional<String> expectedCollection, Optional<String> ref) {
    if (refs.isEmpty()) {
      if (expectedCollection.isEmpty()) {
        return;
      }
      throw mismatch("Expected commit metadata to have ref binding information, found none");
    }
    if (ref.isPresent() && !refs.get().contains(ref.get())) {
      String found =
          refs.get().isEmpty()
              ? "no refs"
              : refs.get().stream().map(name -> "‘" + name + "’").collect(Collectors.joining(", "));
      throw mismatch(
          "Commit has no requested ref ‘"
              + ref.get()
              + "’ in ref binding metadata ("
              + found
              + ")");
    }
    if (expectedCollection.isPresent()) {
      checkCollection(expectedCollection.get());
    }
  }

  private void checkCollection(String expected) {
    if (collection.isEmpty()) {
      throw mismatch(
          "Expected commit metadata to have collection ID binding information, found none");
    }
    if (!collection.get().equals(expected)) {
      throw mismatch(
          "Commit has collection ID ‘"
              + collection.get()
              + "’ in collection binding metadata, while the remote it came from has collection ID ‘"
              + expected
              + "’");
    }
  }

  private static Failure mismatch(String message) {
    return new Failure(ErrorCode.BINDING_MISMATCH, message, NEXT);
  }
}
