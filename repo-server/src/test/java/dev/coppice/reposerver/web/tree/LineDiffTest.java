package dev.coppice.reposerver.web.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.web.tree.LineDiff.Kind;
import dev.coppice.reposerver.web.tree.LineDiff.Line;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void theSameTextHasNoPieces() {
    assertThat(LineDiff.of("a\nb\n", "a\nb\n").orElseThrow()).isEmpty();
    assertThat(LineDiff.of("", "").orElseThrow()).isEmpty();
  }

  @Test
  void aChangedLineHasThreeLinesAroundIt() {
    String old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    List<List<Line>> pieces = LineDiff.of(old, old.replace("5", "five")).orElseThrow();
    assertThat(pieces).hasSize(1);
    assertThat(pieces.getFirst().stream().map(LineDiffTest::mark).toList())
        .containsExactly(" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8");
    assertThat(pieces.getFirst().get(3)).isEqualTo(new Line(Kind.REMOVED, 5, 0, "5\n"));
    assertThat(pieces.getFirst().get(4)).isEqualTo(new Line(Kind.ADDED, 0, 5, "five\n"));
  }

  @Test
  void changesThatAreApartAreInPiecesOfTheirOwn() {
    String old = IntStream.range(0, 40).mapToObj(i -> i + "\n").collect(Collectors.joining());
    String young = old.replace("\n5\n", "\nx\n").replace("\n30\n", "\ny\n");
    assertThat(LineDiff.of(old, young).orElseThrow()).hasSize(2);
    String near = old.replace("\n5\n", "\nx\n").replace("\n11\n", "\ny\n");
    assertThat(LineDiff.of(old, near).orElseThrow()).hasSize(1);
  }

  @Test
  void aMissingLineFeedAtTheEndIsAChange() {
    List<List<Line>> pieces = LineDiff.of("a\nb\n", "a\nb").orElseThrow();
    assertThat(pieces.getFirst())
        .endsWith(new Line(Kind.REMOVED, 2, 0, "b\n"), new Line(Kind.ADDED, 0, 2, "b"));
  }

  @Test
  void textsThatDifferInTooMuchAreNotCompared() {
    String old =
        IntStream.range(0, 2000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
    assertThat(LineDiff.of(old, old.replace("a", "b"))).isEmpty();
    assertThat(LineDiff.of(old, "")).isEmpty();
  }

  @Test
  void patchesMakeTheNewTextOfTheOldOne() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      String old = text(random, random.nextInt(1, 60));
      String young = text(random, random.nextInt(1, 60));
      List<Line> lines = flat(LineDiff.of(old, young).orElseThrow());
      assertThat(apply(old, lines)).as("from %s", old).isEqualTo(young);
    }
  }

  @Test
  void noDiffIsShorterThanThatOfTheRealTool() throws IOException {
    Requirement.program("diff", "diffutils");
    var random = new SplittableRandom(2);
    try (var temp = TempTree.create()) {
      for (int i = 0; i < 30; i++) {
        String old = text(random, 200);
        String young = text(random, 200);
        Files.writeString(temp.path("a"), old);
        Files.writeString(temp.path("b"), young);
        long theirs =
            Programs.run("diff", "-d", temp.path("a").toString(), temp.path("b").toString())
                .lines()
                .stream()
                .filter(line -> line.startsWith("<") || line.startsWith(">"))
                .count();
        long ours =
            flat(LineDiff.of(old, young).orElseThrow()).stream()
                .filter(line -> line.kind() != Kind.SAME)
                .count();
        assertThat(ours).isEqualTo(theirs);
      }
    }
  }

  private static String text(SplittableRandom random, int lines) {
    return Stream.generate(() -> "abcd".charAt(random.nextInt(4)) + "\n")
        .limit(lines)
        .collect(Collectors.joining());
  }

  private static List<Line> flat(List<List<Line>> pieces) {
    return pieces.stream().flatMap(List::stream).toList();
  }

  private static String mark(Line line) {
    String sign =
        switch (line.kind()) {
          case SAME -> " ";
          case REMOVED -> "-";
          case ADDED -> "+";
        };
    return sign + line.text().strip();
  }

  /** What {@code patch} does: lines are named by their numbers. */
  private static String apply(String old, List<Line> changes) {
    List<String> lines = new ArrayList<>(old.lines().map(line -> line + "\n").toList());
    List<Integer> gone = new ArrayList<>();
    for (Line line : changes) {
      if (line.kind() != Kind.ADDED) {
        assertThat(lines.get(line.oldNumber() - 1)).isEqualTo(line.text());
      }
      if (line.kind() == Kind.REMOVED) {
        gone.add(line.oldNumber() - 1);
      }
    }
    gone.reversed().forEach(index -> lines.remove((int) index));
    for (Line line : changes) {
      if (line.kind() == Kind.ADDED) {
        lines.add(line.newNumber() - 1, line.text());
      }
    }
    return String.join("", lines);
  }
}
