package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.generate.GenerateRequest.Limits;
import dev.coppice.transfer.delta.match.Estimate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what goes where: what is alike stands together, so that the compressor finds it and the
 * filter for executables meets only such. Nothing but trees and options decides, so a delta is the
 * same on any number of threads.
 */
final class Planner {
  /** Whole executables below this do not earn a part, and so an exchange, of their own. */
  private static final long OWN_PART = 256 << 10;

  /** Content that deflate makes no smaller than this, in percent, is compressed already. */
  private static final int INCOMPRESSIBLE = 97;

  /** Bytes of a file that are looked at. */
  private static final int SAMPLE = 1 << 20;

  private final ObjectStore objects;
  private final Limits limits;
  private final ExecutableFilter filter;

  Planner(ObjectStore objects, Limits limits, ExecutableFilter filter) {
    this.objects = objects;
    this.limits = limits;
    this.filter = filter;
  }

  /** The plan for a difference. */
  PartPlan plan(TreeDifference difference, Ancestors ancestors) throws IOException {
    var metadata = new ArrayList<NewObject>();
    for (ObjectName name : difference.metadata()) {
      metadata.add(new NewObject.Metadata(name, objects.storedSize(name)));
    }
    var patched = new ArrayList<NewObject>();
    var fresh = new EnumMap<PartCompression, List<NewObject>>(PartCompression.class);
    var fallbacks = new ArrayList<TreeFile>();
    for (TreeFile file : difference.files()) {
      boolean alike = !ancestors.of(file).isEmpty();
      if (!alike && fallsBack(file)) {
        fallbacks.add(file);
      } else if (alike) {
        patched.add(new NewObject.File(file));
      } else {
        fresh
            .computeIfAbsent(compression(file), key -> new ArrayList<>())
            .add(new NewObject.File(file));
      }
    }
    List<NewObject> plain = new ArrayList<>(metadata);
    difference.links().forEach(link -> plain.add(new NewObject.File(link)));
    plain.addAll(fresh.getOrDefault(PartCompression.PLAIN, List.of()));
    fresh.remove(PartCompression.PLAIN);
    return new PartPlan(parts(plain, patched, fresh), fallbacks);
  }

  private List<PartPlan.Part> parts(
      List<NewObject> plain,
      List<NewObject> patched,
      Map<PartCompression, List<NewObject>> executables) {
    var packer = new PartPlan.Packer(limits.part());
    for (Map.Entry<PartCompression, List<NewObject>> group : executables.entrySet()) {
      if (group.getValue().stream().mapToLong(NewObject::size).sum() < OWN_PART) {
        plain.addAll(group.getValue());
      } else {
        packer.add(group.getKey(), group.getValue());
      }
    }
    plain.addAll(patched);
    packer.add(PartCompression.PLAIN, plain);
    return packer.parts();
  }

  /**
   * Whether a file that is like no other is fetched by itself. A fallback is compressed by deflate,
   * a part by xz: unless the caller says otherwise, only what neither makes smaller falls back.
   */
  private boolean fallsBack(TreeFile file) throws IOException {
    if (limits.fallback().isPresent()) {
      long limit = limits.fallback().getAsLong();
      return limit > 0 && file.size() > limit;
    }
    return file.size() > Limits.FALLBACK && isIncompressible(file);
  }

  private boolean isIncompressible(TreeFile file) throws IOException {
    byte[] sample = head(file, SAMPLE);
    try (var estimate = new Estimate()) {
      return estimate.compressed(sample) * 100 >= (long) sample.length * INCOMPRESSIBLE;
    }
  }

  private PartCompression compression(TreeFile file) throws IOException {
    if (file.size() < Elf.HEAD) {
      return PartCompression.PLAIN;
    }
    return switch (Elf.machine(head(file, Elf.HEAD))) {
      case X86 -> PartCompression.X86;
      case ARM64 ->
          filter == ExecutableFilter.X86_AND_ARM64 ? PartCompression.ARM64 : PartCompression.PLAIN;
      case OTHER -> PartCompression.PLAIN;
    };
  }

  private byte[] head(TreeFile file, int length) throws IOException {
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      return in.readNBytes((int) Math.min(length, file.size()));
    }
  }
}
