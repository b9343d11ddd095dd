package dev.coppice.transfer.delta.generate;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.generate.DeltaFiles.Written;
import dev.coppice.transfer.delta.generate.GenerateRequest.Placement;
import dev.coppice.transfer.delta.generate.GenerateResult.Counts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a static delta. Source: {@code ostree_repo_static_delta_generate}. */
public final class Generate {
  private final Repo repo;
  private final Consumer<GenerateEvent> events;

  /**
   * A generator.
   *
   * @param events told what happens
   */
  public Generate(Repo repo, Consumer<GenerateEvent> events) {
    this.repo = repo;
    this.events = events;
  }

  /** A part that was written to a file without its final name. */
  private record DonePart(Written file, PartHeader header, GenerateResult.Part report) {}

  /**
   * Makes a delta; one that has its name is replaced when all of it is there.
   *
   * @throws dev.coppice.core.object.MissingObjectException when an object of a commit is missing
   */
  public GenerateResult run(GenerateRequest request) throws IOException {
    Path superblock =
        request.form().file().orElseGet(() -> repo.path().resolve(request.name().superblock()));
    Path directory = superblock.toAbsolutePath().getParent();
    if (request.form().file().isEmpty()) {
      Files.createDirectories(directory);
    }
    Durability durability =
        repo.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
    try (var files = new DeltaFiles(directory, durability)) {
      return run(request, files, superblock.getFileName().toString());
    }
  }

  private GenerateResult run(GenerateRequest request, DeltaFiles files, String superblockName)
      throws IOException {
    ObjectStore objects = repo.objects();
    TreeDifference difference =
        TreeDifference.between(repo, request.name().from(), request.name().to());
    Ancestors ancestors = PairedAncestors.find(new ContentReader(objects), difference);
    tell(difference, ancestors);
    DeltaPlan plan =
        new Planner(objects, request.limits(), request.form().filter())
            .plan(difference, ancestors);
    plan.fallbacks().forEach(f -> tell(new GenerateEvent.FallenBack(f.checksum(), f.size())));
    tell(
        new GenerateEvent.Planned(
            plan.parts().size(), plan.parts().stream().mapToLong(DeltaPlan.Part::size).sum()));
    var done = new DonePart[plan.parts().size()];
    Workers.each(
        done.length,
        number -> {
          done[number] = part(plan.parts().get(number), ancestors, request, files);
          tell(new GenerateEvent.PartDone(number, done[number].report()));
        });
    return publish(request, plan, List.of(done), files, superblockName);
  }

  private synchronized void tell(GenerateEvent event) {
    events.accept(event);
  }

  private void tell(TreeDifference difference, Ancestors ancestors) {
    long modified = difference.files().stream().filter(f -> !ancestors.of(f).isEmpty()).count();
    tell(
        new GenerateEvent.Compared(
            difference.metadata().size(),
            difference.files().size(),
            difference.links().size(),
            (int) modified));
  }

  private DonePart part(
      DeltaPlan.Part planned, Ancestors ancestors, GenerateRequest request, DeltaFiles files)
      throws IOException {
    var part = new PartBuilder(Math.toIntExact(planned.size()));
    try (var encoder = new ObjectEncoder(repo.objects(), ancestors, request.limits().patch())) {
      for (NewObject object : planned.objects()) {
        encoder.encode(object, part);
        tell(new GenerateEvent.Encoded(object.size()));
      }
    }
    var payload = new PayloadWriter(part);
    Written file = files.write(out -> compress(planned.compression(), payload, out));
    var header =
        new PartHeader(file.checksum(), file.size(), part.usize(), ObjectList.of(part.objects()));
    var report =
        new GenerateResult.Part(file.size(), payload.size(), part.usize(), part.counts());
    return new DonePart(file, header, report);
  }

  private static void compress(
      PartCompression compression, PayloadWriter payload, OutputStream out) throws IOException {
    out.write('x');
    try (var xz = compression.on(out, payload.size())) {
      payload.write(xz);
      xz.finish();
    }
  }

  private GenerateResult publish(
      GenerateRequest request,
      DeltaPlan plan,
      List<DonePart> parts,
      DeltaFiles files,
      String superblockName)
      throws IOException {
    byte[] commit = repo.objects().load(ObjectName.commit(request.name().to()));
    VariantDict metadata = VariantDict.builder();
    metadata.put(
        Superblock.ENDIANNESS,
        Variant.ofByte(
            request.form().order() == java.nio.ByteOrder.BIG_ENDIAN ? 'B' : 'l'));
    List<Fallback> fallbacks = new ArrayList<>();
    for (TreeFile file : plan.fallbacks()) {
      ObjectName name = ObjectName.file(file.checksum());
      fallbacks.add(new Fallback(name, repo.objects().storedSize(name), file.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      if (request.form().placement() == Placement.INLINE) {
        metadata.put(
            request.name().part(i),
            Variant.of(
                VariantType.of("(yay)"), Files.readAllBytes(parts.get(i).file().file())));
      } else {
        files.publish(parts.get(i).file(), Integer.toString(i));
      }
    }
    Optional<byte[]> detached = repo.loadDetachedMetadata(request.name().to());
    detached.ifPresent(
        bytes ->
            metadata.put(
                request.name().commitmeta(), Variant.of(VariantType.DICTIONARY, bytes)));
    var superblock =
        new Superblock(
            metadata.build(),
            repo.loadCommit(request.name().to()).timestamp(),
            request.name(),
            Variant.of(dev.coppice.core.object.Commit.TYPE, commit),
            List.of(),
            parts.stream().map(DonePart::header).toList(),
            fallbacks,
            request.form().order());
    byte[] bytes = superblock.encode();
    Written written = files.write(out -> out.write(bytes));
    files.publish(written, superblockName);
    if (request.form().file().isEmpty()) {
      files.deletePartsFrom(request.form().placement() == Placement.INLINE ? 0 : parts.size());
    }
    return new GenerateResult(
        request.name(),
        parts.stream().map(DonePart::report).toList(),
        fallbacks,
        written.size(),
        0);
  }
}
