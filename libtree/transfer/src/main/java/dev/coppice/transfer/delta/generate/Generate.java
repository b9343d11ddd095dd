package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.delta.Compression;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.generate.DeltaFiles.Written;
import dev.coppice.transfer.delta.generate.Publication.FinishedPart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /**
   * Makes a delta; one that has its name is replaced when all of it is there.
   *
   * @throws dev.coppice.core.object.MissingObjectException when an object of a commit is missing
   */
  public GenerateResult run(GenerateRequest request) throws IOException {
    Path superblock =
        request.form().file().orElseGet(() -> repo.path().resolve(request.name().superblock()));
    Path directory = superblock.resolveSibling("").toAbsolutePath();
    if (request.form().file().isEmpty()) {
      Files.createDirectories(directory);
    }
    Durability durability =
        repo.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
    try (var files = new DeltaFiles(directory, durability)) {
      return new Run(request, files).run(superblock.getFileName().toString());
    }
  }

  private synchronized void tell(GenerateEvent event) {
    events.accept(event);
  }

  /** The making of one delta. */
  private final class Run {
    private final GenerateRequest request;
    private final DeltaFiles files;

    Run(GenerateRequest request, DeltaFiles files) {
      this.request = request;
      this.files = files;
    }

    GenerateResult run(String superblock) throws IOException {
      TreeDifference difference =
          TreeDifference.between(repo, request.name().from(), request.name().to());
      var ancestors = PairedAncestors.find(new ContentReader(repo.objects()), difference);
      tell(compared(difference, ancestors));
      PartPlan plan =
          new Planner(repo.objects(), request.limits(), request.form().filter())
              .plan(difference, ancestors);
      plan.fallbacks().forEach(f -> tell(new GenerateEvent.FallenBack(f.checksum(), f.size())));
      tell(new GenerateEvent.Planned(plan.parts().size(), plan.size()));
      var finished = new FinishedPart[plan.parts().size()];
      var reports = new GenerateResult.Part[plan.parts().size()];
      Workers.each(
          finished.length,
          number -> make(number, plan.parts().get(number), ancestors, finished, reports));
      List<Fallback> fallbacks = fallbacks(plan);
      long size =
          new Publication(repo, request, files).run(List.of(finished), fallbacks, superblock);
      return new GenerateResult(
          request.name(), Arrays.asList(reports), fallbacks, size, looseSize(plan));
    }

    private static GenerateEvent compared(TreeDifference difference, Ancestors ancestors) {
      long modified = difference.files().stream().filter(f -> !ancestors.of(f).isEmpty()).count();
      return new GenerateEvent.Compared(
          difference.metadata().size(),
          difference.files().size(),
          difference.links().size(),
          (int) modified);
    }

    private void make(
        int number,
        PartPlan.Part planned,
        Ancestors ancestors,
        FinishedPart[] finished,
        GenerateResult.Part[] reports)
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
      ObjectList objects = ObjectList.of(part.objects());
      finished[number] =
          new FinishedPart(
              file, new PartHeader(file.checksum(), file.size(), part.usize(), objects));
      reports[number] =
          new GenerateResult.Part(file.size(), payload.size(), part.usize(), part.counts());
      tell(new GenerateEvent.PartDone(number, reports[number]));
    }

    private static void compress(
        PartCompression compression, PayloadWriter payload, OutputStream out) throws IOException {
      out.write(Compression.XZ.number());
      var xz = compression.on(out, payload.size());
      payload.write(xz);
      xz.finish();
    }

    private List<Fallback> fallbacks(PartPlan plan) throws IOException {
      var fallbacks = new ArrayList<Fallback>();
      for (TreeFile file : plan.fallbacks()) {
        ObjectName name = ObjectName.file(file.checksum());
        fallbacks.add(new Fallback(name, repo.objects().storedSize(name), file.size()));
      }
      return fallbacks;
    }

    private long looseSize(PartPlan plan) throws IOException {
      long size = 0;
      for (PartPlan.Part part : plan.parts()) {
        for (NewObject object : part.objects()) {
          size += repo.objects().storedSize(object.name());
        }
      }
      return size;
    }
  }
}
