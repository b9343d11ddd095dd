package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.match.Pairing;
import dev.coppice.transfer.delta.match.Pairing.Candidate;
import dev.coppice.transfer.delta.match.Pairing.Entry;
import dev.coppice.transfer.delta.match.Sketch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Ancestors by name and, where names do not settle it, by content.
 *
 * <p>Most files of a new version are where the old ones were, numbers in the path aside. Reading
 * all contents only to learn that would cost as much as the patches, so only the others are read,
 * and of the old files those that the new tree has no more.
 */
final class PairedAncestors implements Ancestors {
  /** Files that are tried for one new file that names do not settle. */
  private static final int MOST = 2;

  /** Score of a file that has the same path, numbers aside, and about the same size. */
  private static final double SETTLED = 0.3;

  /** Less than this is as much as any two files share. */
  private static final double ALIKE = 0.1;

  /** Content above this is not read for its likeness. */
  private static final long MAX_READ = 256L << 20;

  private final ContentReader contents;
  private final List<TreeFile> sources;
  private final Map<Checksum, List<TreeFile>> found = new HashMap<>();

  private PairedAncestors(ContentReader contents, List<TreeFile> sources) {
    this.contents = contents;
    this.sources = sources;
  }

  /** Finds ancestors for all new files. */
  static PairedAncestors find(ContentReader contents, TreeDifference difference)
      throws IOException {
    var ancestors = new PairedAncestors(contents, difference.sources());
    List<TreeFile> open = ancestors.findByName(difference.files());
    ancestors.findByContent(open);
    return ancestors;
  }

  @Override
  public List<TreeFile> of(TreeFile file) {
    return found.getOrDefault(file.checksum(), List.of());
  }

  /** Returns the files that names do not settle. */
  private List<TreeFile> findByName(List<TreeFile> files) {
    List<Entry> entries = sources.stream().map(file -> entry(file, Sketch.NONE)).toList();
    Pairing pairing = Pairing.among(entries);
    var open = new ArrayList<TreeFile>();
    for (TreeFile file : files) {
      List<Candidate> candidates = pairing.candidates(entry(file, Sketch.NONE), 1);
      if (!candidates.isEmpty() && candidates.getFirst().score() >= SETTLED) {
        found.put(file.checksum(), List.of(sources.get(candidates.getFirst().old())));
      } else if (file.size() > 0) {
        open.add(file);
      }
    }
    return open;
  }

  private void findByContent(List<TreeFile> open) throws IOException {
    if (open.isEmpty() || sources.isEmpty()) {
      return;
    }
    Sketch[] fresh = sketches(open, file -> true);
    Sketch[] old = sketches(sources, file -> !file.young());
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < sources.size(); i++) {
      entries.add(entry(sources.get(i), old[i]));
    }
    Pairing pairing = Pairing.among(entries);
    for (int i = 0; i < open.size(); i++) {
      List<TreeFile> alike =
          pairing.candidates(entry(open.get(i), fresh[i]), MOST).stream()
              .filter(candidate -> candidate.score() >= ALIKE)
              .map(candidate -> sources.get(candidate.old()))
              .toList();
      found.put(open.get(i).checksum(), alike);
    }
  }

  private static Entry entry(TreeFile file, Sketch sketch) {
    return new Entry(file.path(), file.size(), sketch);
  }

  private Sketch[] sketches(List<TreeFile> files, Predicate<TreeFile> wanted) throws IOException {
    var sketches = new Sketch[files.size()];
    Workers.each(
        sketches.length,
        i -> {
          TreeFile file = files.get(i);
          sketches[i] =
              wanted.test(file) && file.size() <= MAX_READ
                  ? Sketch.of(contents.read(file))
                  : Sketch.NONE;
        });
    return sketches;
  }
}
