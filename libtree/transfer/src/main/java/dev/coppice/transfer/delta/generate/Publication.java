package dev.coppice.transfer.delta.generate;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signatures;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.SignedSuperblock;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.generate.DeltaFiles.Written;
import dev.coppice.transfer.delta.generate.GenerateRequest.Placement;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The end of making a delta: the parts get their names, the superblock is written. */
final class Publication {

  private final Repo repo;
  private final GenerateRequest request;
  private final DeltaFiles files;

  Publication(Repo repo, GenerateRequest request, DeltaFiles files) {
    this.repo = repo;
    this.request = request;
    this.files = files;
  }

  /** A part that was written to a file without its final name. */
  record FinishedPart(Written file, PartHeader header, GenerateResult.Part report) {}

  /**
   * Makes the delta visible.
   *
   * @param superblock the name of its file
   * @return bytes of that file
   */
  long run(List<FinishedPart> parts, List<Fallback> fallbacks, String superblock)
      throws IOException {
    byte[] bytes = superblock(parts, fallbacks).encode();
    if (!request.signers().isEmpty()) {
      Signatures signatures = Signatures.empty().signedBy(request.signers(), bytes);
      Variant dictionary = Variant.of(VariantType.DICTIONARY, signatures.encode());
      bytes = new SignedSuperblock(Variant.ofBytes(bytes), dictionary).encode();
    }
    byte[] content = bytes;
    Written written = files.write(out -> out.write(content));
    int own = request.form().placement() == Placement.FILES ? parts.size() : 0;
    for (int i = 0; i < own; i++) {
      files.publish(parts.get(i).file(), Integer.toString(i));
    }
    files.publish(written, superblock);
    if (request.form().file().isEmpty()) {
      files.deletePartsFrom(own);
    }
    return written.size();
  }

  /**
   * The time is that of the commit, where the real tool writes the present one, which nobody reads:
   * so the same commits give the same bytes whenever the delta is made.
   */
  private Superblock superblock(List<FinishedPart> parts, List<Fallback> fallbacks)
      throws IOException {
    byte[] bytes = repo.objects().load(ObjectName.commit(request.name().to()));
    return new Superblock(
        metadata(parts),
        Commit.decode(bytes).timestamp(),
        request.name(),
        Variant.of(Commit.TYPE, bytes),
        List.of(),
        parts.stream().map(FinishedPart::header).toList(),
        fallbacks,
        request.form().order());
  }

  private Variant metadata(List<FinishedPart> parts) throws IOException {
    DeltaName name = request.name();
    VariantDict metadata = VariantDict.builder();
    char order = request.form().order() == ByteOrder.BIG_ENDIAN ? 'B' : 'l';
    metadata.put(Superblock.ENDIANNESS, Variant.ofByte(order));
    if (request.form().placement() == Placement.INLINE) {
      for (int i = 0; i < parts.size(); i++) {
        byte[] part = Files.readAllBytes(parts.get(i).file().file());
        metadata.put(name.part(i), Superblock.inlineValue(part));
      }
    }
    Optional<byte[]> detached = repo.loadDetachedMetadata(name.to());
    detached.ifPresent(
        value -> metadata.put(name.commitmeta(), Variant.of(VariantType.DICTIONARY, value)));
    return metadata.build();
  }
}
