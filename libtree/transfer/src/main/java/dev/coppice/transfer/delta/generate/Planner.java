package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.generate.GenerateRequest.Limits;
import dev.coppice.transfer.delta.match.CompressedContent;
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
  /** A group below this does not earn a part, and so an exchange, of their own. */
  private static final long OWN_PART = 256 << 10;

  /** Content that deflate makes no smaller than this, in percent, is compressed already. */
  private static final int INCOMPRESSIBLE = 97;

  /** Bytes of a file that are looked at. */
  private static final int SAMPLE = 1 << 20;

  /**
   * Packing large files that saves less than 2.5 % is left out: clients take 40 ms of processor
   * time for each MB of such content that they unpack, to save them 25 kB of download.
   */
  private static final long WORTH_PACKING = 975;

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
    var groups = new EnumMap<PartCompression, List<NewObject>>(PartCompression.class);
    var plain = new ArrayList<NewObject>();
    for (ObjectName name : difference.metadata()) {
      plain.add(new NewObject.Metadata(name, objects.storedSize(name)));
    }
    difference.links().forEach(link -> plain.add(new NewObject.File(link)));
    var patched = new ArrayList<NewObject>();
    var fallbacks = new ArrayList<TreeFile>();
    PartCompression[] kinds = kinds(difference.files());
    for (int i = 0; i < kinds.length; i++) {
      TreeFile file = difference.files().get(i);
      boolean alike = !ancestors.of(file).isEmpty();
      if (!alike && fallsBack(file, kinds[i])) {
        fallbacks.add(file);
      } else if (alike && !kinds[i].isForCompressed()) {
        patched.add(new NewObject.File(file));
      } else if (kinds[i] == PartCompression.PLAIN) {
        plain.add(new NewObject.File(file));
      } else {
        groups.computeIfAbsent(kinds[i], k -> new ArrayList<>()).add(new NewObject.File(file));
      }
    }
    return new PartPlan(parts(groups, plain, patched), fallbacks);
  }

  private List<PartPlan.Part> parts(
      Map<PartCompression, List<NewObject>> groups,
      List<NewObject> plain,
      List<NewObject> patched) {
    var packer = new PartPlan.Packer(limits.part());
    List<NewObject> rest = new ArrayList<>(plain);
    for (Map.Entry<PartCompression, List<NewObject>> group : groups.entrySet()) {
      if (group.getValue().stream().mapToLong(NewObject::size).sum() < OWN_PART) {
        rest.addAll(group.getValue());
      } else {
        packer.add(group.getKey(), group.getValue());
      }
    }
    rest.addAll(patched);
    packer.add(PartCompression.PLAIN, rest);
    return packer.parts();
  }

  /**
   * Whether a file that is like no other is fetched by itself. A fallback is compressed by deflate,
   * a part by xz: unless the caller says otherwise, only what neither makes smaller falls back.
   */
  private boolean fallsBack(TreeFile file, PartCompression kind) {
    if (limits.fallback().isPresent()) {
      long limit = limits.fallback().getAsLong();
      return limit > 0 && file.size() > limit;
    }
    return file.size() > Limits.FALLBACK && kind.isForCompressed();
  }

  private PartCompression[] kinds(List<TreeFile> files) throws IOException {
    var kinds = new PartCompression[files.size()];
    Workers.each(kinds.length, i -> kinds[i] = kind(files.get(i)));
    return kinds;
  }

  private PartCompression kind(TreeFile file) throws IOException {
    byte[] head = head(file, file.size() > Limits.FALLBACK ? SAMPLE : Elf.HEAD);
    if (CompressedContent.is(head) || (head.length == SAMPLE && isIncompressible(head))) {
      return isWorthPacking(file) ? PartCompression.COMPRESSED : PartCompression.STORED;
    }
    return switch (Elf.machine(head)) {
      case X86 -> PartCompression.X86;
      case ARM64 ->
          filter == ExecutableFilter.X86_AND_ARM64 ? PartCompression.ARM64 : PartCompression.PLAIN;
      case OTHER -> PartCompression.PLAIN;
    };
  }

  private static boolean isIncompressible(byte[] sample) {
    try (var estimate = new Estimate()) {
      return estimate.compressed(sample) * 100 >= (long) sample.length * INCOMPRESSIBLE;
    }
  }

  private boolean isWorthPacking(TreeFile file) throws IOException {
    if (file.size() <= Limits.FALLBACK) {
      return true;
    }
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      return PackingTrial.perMille(PartCompression.COMPRESSED, in, file.size()) <= WORTH_PACKING;
    }
  }

  private byte[] head(TreeFile file, int length) throws IOException {
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      return in.readNBytes((int) Math.min(length, file.size()));
    }
  }
}
