package dev.coppice.transfer.pull;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.sign.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An origin whose commits get more signatures on their way, after those that they came with were
 * verified. A commit that has them from an earlier time keeps them, so that its metadata change
 * only when the origin's do.
 *
 * @param origin where commits come from; closed with this
 * @param destination where they go, which has the signatures of earlier times; stays the caller's
 * @param signers who signs
 */
public record CountersigningOrigin(Origin origin, Repo destination, List<Signer> signers)
    implements Origin {
  private static final VariantType LIST = VariantType.of("aay");

  /** Copies the list. */
  public CountersigningOrigin {
    signers = List.copyOf(signers);
  }

  @Override
  public Optional<byte[]> detached(Checksum commit, byte[] bytes, Optional<byte[]> came)
      throws IOException {
    Variant upstream = dictionary(came);
    Variant here = dictionary(destination.loadDetachedMetadata(commit));
    VariantDict result = VariantDict.of(upstream);
    for (Map.Entry<String, List<Signer>> each : byKey().entrySet()) {
      List<byte[]> theirs = signatures(upstream, each.getKey());
      List<byte[]> ours = new ArrayList<>(signatures(here, each.getKey()));
      ours.removeIf(one -> theirs.stream().anyMatch(other -> Arrays.equals(one, other)));
      if (ours.size() != each.getValue().size()) {
        ours.clear();
        for (Signer signer : each.getValue()) {
          ours.add(signer.sign(bytes));
        }
      }
      var all = new ArrayList<>(theirs);
      all.addAll(ours);
      result.put(
          each.getKey(),
          Variant.array(VariantType.BYTES, all.stream().map(Variant::ofBytes).toList()));
    }
    return Optional.of(result.buildHashed().serialized());
  }

  private static Variant dictionary(Optional<byte[]> bytes) {
    Variant empty = VariantDict.builder().build();
    return bytes
        .map(content -> Variant.of(VariantType.DICTIONARY, content))
        .filter(Variant::isNormal)
        .orElse(empty);
  }

  private static List<byte[]> signatures(Variant detached, String key) {
    var found = new ArrayList<byte[]>();
    detached
        .lookup(key, LIST)
        .ifPresent(list -> list.children().forEach(each -> found.add(each.asBytes())));
    return found;
  }

  private Map<String, List<Signer>> byKey() {
    var map = new TreeMap<String, List<Signer>>();
    signers.forEach(
        each -> map.computeIfAbsent(each.type().metadataKey(), _ -> new ArrayList<>()).add(each));
    return map;
  }

  @Override
  public Optional<RemoteName> remote() {
    return origin.remote();
  }

  @Override
  public Targets resolve(PullRequest request) throws IOException {
    return origin.resolve(request);
  }

  @Override
  public PullSource source(Transaction transaction, PullRequest request) throws IOException {
    return origin.source(transaction, request);
  }

  @Override
  public Trust trust() {
    return origin.trust();
  }

  @Override
  public DeltaStore deltas() throws IOException {
    return origin.deltas();
  }

  @Override
  public boolean isLocal() {
    return origin.isLocal();
  }

  @Override
  public boolean hasTombstones() {
    return origin.hasTombstones();
  }

  @Override
  public void mirrorSummary(Transaction transaction) throws IOException {
    origin.mirrorSummary(transaction);
  }

  @Override
  public long transferred() {
    return origin.transferred();
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
