package dev.coppice.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs each work with both tools, one after the other and in turn, and prints a table of medians
 * and ratios. Times of one machine on one day mean nothing elsewhere: read the ratios.
 */
public final class SideBySide {
  private static final List<Work> WORKS =
      List.of(
          new Work(
              "commit to archive",
              0.3,
              (bench, place) ->
                  bench.run("--repo=" + place.resolve("repo"), "init", "--mode=archive"),
              place -> commit(place)),
          new Work(
              "commit to bare",
              0.6,
              (bench, place) -> bench.run("--repo=" + place.resolve("repo"), "init", "--mode=bare"),
              place -> commit(place)),
          new Work(
              "fsck of archive",
              0.5,
              (bench, place) -> bench.repository(place.resolve("repo"), "archive"),
              place -> List.of("--repo=" + place.resolve("repo"), "fsck", "-q")),
          new Work(
              "fsck of bare",
              0.5,
              (bench, place) -> bench.repository(place.resolve("repo"), "bare"),
              place -> List.of("--repo=" + place.resolve("repo"), "fsck", "-q")),
          new Work(
              "checkout -H",
              1.0,
              (bench, place) -> bench.repository(place.resolve("repo"), "bare"),
              place ->
                  List.of(
                      "--repo=" + place.resolve("repo"),
                      "checkout",
                      "-H",
                      "os",
                      place.resolve("out").toString())),
          new Work(
              "commit of an unchanged checkout",
              1.0,
              (bench, place) -> {
                Path repo = place.resolve("repo");
                bench.repository(repo, "bare");
                bench.run(
                    "--repo=" + repo, "checkout", "-H", "os", place.resolve("out").toString());
              },
              place ->
                  List.of(
                      "--repo=" + place.resolve("repo"),
                      "commit",
                      "-b",
                      "os",
                      "--link-checkout-speedup",
                      "--tree=dir=" + place.resolve("out"))),
          new Work(
              "prune",
              1.0,
              (bench, place) -> {
                Path repo = place.resolve("repo");
                bench.repository(repo, "bare");
                bench.run("--repo=" + repo, "refs", "--delete", "os");
                bench.run(
                    "--repo=" + repo,
                    "commit",
                    "-b",
                    "os",
                    "--tree=dir=" + bench.tree() + "/usr/bin");
              },
              place ->
                  List.of("--repo=" + place.resolve("repo"), "prune", "--refs-only", "--depth=0")),
          new Work(
              "summary -u of 2,000 refs",
              1.0,
              (bench, place) -> ManyRefs.make(place.resolve("repo"), 2_000),
              place -> List.of("--repo=" + place.resolve("repo"), "summary", "-u")),
          new Work(
              "summary -u of 10,000 refs",
              1.0,
              (bench, place) -> ManyRefs.make(place.resolve("repo"), 10_000),
              place -> List.of("--repo=" + place.resolve("repo"), "summary", "-u")));

  /** A request to a server that is not in the house. */
  private static final Duration LONG_LINE = Duration.ofMillis(20);

  private final Path work;
  private final int runs;
  private final PrintStream out;
  private final List<Bench> tools;

  private SideBySide(Map<String, String> options) {
    Path tree = Path.of(required(options, "--tree")).toAbsolutePath();
    this.work = Path.of(required(options, "--work")).toAbsolutePath();
    this.runs = Integer.parseInt(options.getOrDefault("--runs", "3"));
    this.out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    this.tools =
        List.of(
            new Bench(required(options, "--ours"), tree),
            new Bench(required(options, "--theirs"), tree));
  }

  /**
   * Runs all works, or those whose name contains {@code --only}.
   *
   * @param arguments {@code --ours}, {@code --theirs}, {@code --tree}, {@code --work}, {@code
   *     --runs}, {@code --only}, each followed by its value; with {@code --server}, the address of
   *     an archive repository with the branch {@code os}, pulls from there as well, with {@code
   *     --from}, a commit from which it has a static delta to the branch, also by that; with {@code
   *     --next}, a later version of the tree, makes a static delta between both
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var options = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    var bench = new SideBySide(options);
    String only = options.getOrDefault("--only", "");
    var works = new ArrayList<Work>(WORKS);
    if (options.containsKey("--next")) {
      works.add(generate(Path.of(options.get("--next")).toAbsolutePath()));
    }
    if (!options.containsKey("--server")) {
      bench.run(works, only);
      return;
    }
    String server = options.get("--server");
    try (var longLine = new DelayingProxy(URI.create(server), LONG_LINE)) {
      works.add(pull("pull into bare over HTTP", 0.6, server));
      works.add(pull("pull, 20 ms a request", 0.5, longLine.address()));
      if (options.containsKey("--from")) {
        works.add(upgrade(server, options.get("--from")));
      }
      bench.run(works, only);
    }
  }

  private static Work pull(String name, double target, String url) {
    return new Work(
        name,
        target,
        (bench, place) -> {
          String repo = "--repo=" + place.resolve("repo");
          bench.run(repo, "init", "--mode=bare");
          bench.run(repo, "remote", "add", "--no-gpg-verify", "up", url);
        },
        place -> List.of("--repo=" + place.resolve("repo"), "pull", "up", "os"));
  }

  private static Work upgrade(String url, String from) {
    return new Work(
        "pull by a static delta",
        0.8,
        (bench, place) -> {
          String repo = "--repo=" + place.resolve("repo");
          bench.run(repo, "init", "--mode=bare");
          bench.run(repo, "remote", "add", "--no-gpg-verify", "up", url);
          bench.run(repo, "pull", "--disable-static-deltas", "up", "os@" + from);
        },
        place ->
            List.of(
                "--repo=" + place.resolve("repo"), "pull", "--require-static-deltas", "up", "os"));
  }

  private static Work generate(Path next) {
    return new Work(
        "static-delta generate",
        0.15,
        (bench, place) -> {
          Path repo = place.resolve("repo");
          bench.repository(repo, "archive");
          bench.run("--repo=" + repo, "commit", "-b", "os", "--tree=dir=" + next);
        },
        place -> List.of("--repo=" + place.resolve("repo"), "static-delta", "generate", "os"));
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("option " + name + " is missing; see package-info");
    }
    return value;
  }

  private static List<String> commit(Path place) {
    return List.of("--repo=" + place.resolve("repo"), "commit", "-b", "os", "--tree=dir=@TREE@");
  }

  private void run(List<Work> works, String only) throws IOException, InterruptedException {
    out.println("| work | ostree s | coppice s | ratio | to reach | ostree MB | coppice MB |");
    out.println("|---|---|---|---|---|---|---|");
    for (Work each : works) {
      if (each.name().contains(only)) {
        out.println(row(each));
      }
    }
  }

  private String row(Work each) throws IOException, InterruptedException {
    var ours = new ArrayList<Measured>();
    var theirs = new ArrayList<Measured>();
    for (int i = 0; i < runs; i++) {
      ours.add(measure(each, tools.getFirst()));
      theirs.add(measure(each, tools.getLast()));
    }
    Measured our = median(ours);
    Measured their = median(theirs);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.1f | %.0f | %.0f |",
        each.name(),
        their.wall(),
        our.wall(),
        our.wall() / their.wall(),
        each.target(),
        their.peak(),
        our.peak());
  }

  private Measured measure(Work each, Bench tool) throws IOException, InterruptedException {
    Path place = work.resolve("bench");
    delete(place);
    Files.createDirectories(place);
    each.prepare().run(tool, place);
    // Whatever the preparation left to write must not be written on the work's time.
    Measured.run(List.of("sync"));
    List<String> command =
        each.command().in(place).stream()
            .map(argument -> argument.replace("@TREE@", tool.tree().toString()))
            .toList();
    Measured measured = tool.run(command);
    delete(place);
    return measured;
  }

  private static void delete(Path place) throws IOException, InterruptedException {
    Measured.run(List.of("rm", "-rf", place.toString()));
  }

  private static Measured median(List<Measured> measured) {
    measured.sort(Comparator.comparingDouble(Measured::wall));
    return measured.get(measured.size() / 2);
  }
}
