package dev.coppice.transfer.publish;

import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport.Amount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What differs between a repository and a target. */
final class PublishPlan {
  private static final int FANOUTS = 256;

  /** Requests that a store of objects answers at the same time. */
  private static final int LISTINGS = 8;

  private final Map<Kind, List<PublishFile>> missing = new EnumMap<>(Kind.class);
  private final Map<String, Long> gone = new TreeMap<>();
  private long unchanged;

  private PublishPlan() {}

  private List<PublishFile> listOf(Kind kind) {
    return missing.computeIfAbsent(kind, _ -> new ArrayList<>());
  }

  /** Compares. */
  static PublishPlan of(SourceFiles source, PublishTarget target, Consumer<PublishEvent> events)
      throws IOException {
    var plan = new PublishPlan();
    int total = FANOUTS + 1;
    var done = new AtomicInteger();
    Lanes.each(
        LISTINGS,
        FANOUTS,
        number -> {
          String directory = String.format("objects/%02x", number);
          plan.compare(source.objects(number), target.list(directory), target);
          events.accept(new PublishEvent.Compared(done.incrementAndGet(), total));
        });
    Map<String, Long> there = new HashMap<>();
    for (String tree : SourceFiles.TREES) {
      there.putAll(target.list(tree));
    }
    List<PublishFile> others = source.others();
    plan.compare(others, there, target);
    plan.refresh(others);
    Map<String, Long> small = new HashMap<>(target.list("refs"));
    for (PublishFile file : source.small()) {
      if (file.kind() != Kind.REF) {
        target.read(file.path()).ifPresent(bytes -> small.put(file.path(), (long) bytes.length));
      }
    }
    plan.compare(source.small(), small, target);
    events.accept(new PublishEvent.Compared(total, total));
    plan.sort();
    return plan;
  }

  private void compare(List<PublishFile> files, Map<String, Long> there, PublishTarget target)
      throws IOException {
    var here = new HashSet<String>();
    var other = new ArrayList<PublishFile>();
    var unsure = new ArrayList<PublishFile>();
    for (PublishFile file : files) {
      here.add(file.path());
      Long size = there.get(file.path());
      if (size == null || size != file.size()) {
        other.add(file);
      } else if (!file.kind().immutable()) {
        unsure.add(file);
      }
    }
    other.addAll(unsure.isEmpty() ? unsure : target.differing(unsure));
    synchronized (this) {
      other.forEach(file -> listOf(file.kind()).add(file));
      unchanged += files.size() - other.size();
      there.forEach(
          (path, size) -> {
            if (!here.contains(path)) {
              gone.put(path, size);
            }
          });
    }
  }

  /** A delta that was made anew is copied as a whole: its parts fit its own superblock only. */
  private void refresh(List<PublishFile> files) {
    Set<String> renewed = new HashSet<>();
    listOf(Kind.DELTA).forEach(file -> renewed.add(directory(file.path())));
    List<PublishFile> parts = listOf(Kind.DELTA_PART);
    Set<String> planned = new HashSet<>();
    parts.forEach(file -> planned.add(file.path()));
    for (PublishFile file : files) {
      if (file.kind() == Kind.DELTA_PART
          && renewed.contains(directory(file.path()))
          && planned.add(file.path())) {
        parts.add(file);
        unchanged--;
      }
    }
  }

  private static String directory(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** So that a copy that breaks off and goes on has the same order. */
  private void sort() {
    missing.values().forEach(list -> list.sort(Comparator.comparing(PublishFile::path)));
  }

  /** What is to be copied of a kind, in the order of the paths. */
  List<PublishFile> missing(Kind kind) {
    return Collections.unmodifiableList(missing.getOrDefault(kind, List.of()));
  }

  /** Files of the target that the repository does not have, with their sizes. */
  Map<String, Long> gone() {
    return Collections.unmodifiableMap(gone);
  }

  /** Files that are there already. */
  long unchanged() {
    return unchanged;
  }

  /** How much is to be copied, by kind. */
  Map<Kind, Amount> amounts() {
    var amounts = new EnumMap<Kind, Amount>(Kind.class);
    missing.forEach(
        (kind, files) -> {
          if (!files.isEmpty()) {
            long bytes = files.stream().mapToLong(PublishFile::size).sum();
            amounts.put(kind, new Amount(files.size(), bytes));
          }
        });
    return amounts;
  }
}
