package dev.coppice.transfer.delta.generate;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.generate.Publication.FinishedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Makes a static delta. Source: {@code ostree_repo_static_delta_generate}. */
public final class Generate {
  private final Repo repo;
  private final Consumer<GenerateEvent> events;
  private final int threads;

  /**
   * A generator that works on as many parts at a time as there are processors, and memory.
   *
   * @param events told what happens
   */
  public Generate(Repo repo, Consumer<GenerateEvent> events) {
    this(repo, events, Workers.threads());
  }

  /** A generator that works on so many parts at a time. */
  Generate(Repo repo, Consumer<GenerateEvent> events, int threads) {
    this.repo = repo;
    this.events = events;
    this.threads = threads;
  }

  /**
   * Makes a delta; one that has its name is replaced when all of it is there.
   *
   * @throws dev.coppice.core.object.MissingObjectException when an object of a commit is missing
   * @throws Failure when the directory of a file that was named does not exist
   */
  public GenerateResult run(GenerateRequest request) throws IOException {
    Path superblock =
        request.form().file().orElseGet(() -> repo.path().resolve(request.name().superblock()));
    Path directory = superblock.resolveSibling("").toAbsolutePath();
    if (request.form().file().isEmpty()) {
      Files.createDirectories(directory);
    } else if (!Files.isDirectory(directory)) {
      throw new Failure(
          ErrorCode.PATH_NOT_FOUND,
          "opendir(" + directory + "): No such file or directory",
          "Make the directory, or name another file.");
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
      Ancestors ancestors = PairedAncestors.find(new ContentReader(repo.objects()), difference);
      tell(compared(difference, ancestors));
      PartPlan plan =
          new Planner(repo.objects(), request.limits(), request.form().filter())
              .plan(difference, ancestors);
      plan.fallbacks().forEach(f -> tell(new GenerateEvent.FallenBack(f.checksum(), f.size())));
      tell(new GenerateEvent.Planned(plan.parts().size(), plan.size()));
      FinishedPart[] finished = make(plan.parts(), ancestors);
      List<Fallback> fallbacks = fallbacks(plan);
      long size =
          new Publication(repo, request, files).run(List.of(finished), fallbacks, superblock);
      return new GenerateResult(
          request.name(),
          Arrays.stream(finished).map(FinishedPart::report).toList(),
          fallbacks,
          size,
          looseSize(plan));
    }

    private static GenerateEvent compared(TreeDifference difference, Ancestors ancestors) {
      long modified = difference.files().stream().filter(f -> !ancestors.of(f).isEmpty()).count();
      return new GenerateEvent.Compared(
          difference.metadata().size(),
          difference.files().size(),
          difference.links().size(),
          (int) modified);
    }

    /** The long ones first, so that all processors are busy to the end. */
    private FinishedPart[] make(List<PartPlan.Part> parts, Ancestors ancestors) throws IOException {
      var maker =
          new PartMaker(repo.objects(), ancestors, request.limits().patch(), Generate.this::tell);
      List<Integer> order =
          IntStream.range(0, parts.size())
              .boxed()
              .sorted(Comparator.comparingLong(i -> -parts.get(i).effort()))
              .toList();
      var finished = new FinishedPart[parts.size()];
      Workers.each(
          threads,
          finished.length,
          i -> {
            int number = order.get(i);
            finished[number] = maker.make(parts.get(number), files);
            tell(new GenerateEvent.PartDone(number, finished[number].report()));
          });
      return finished;
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
