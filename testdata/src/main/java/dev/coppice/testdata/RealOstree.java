package dev.coppice.testdata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real ostree, to compare with.
 *
 * <p>It is the program that {@code COPPICE_OSTREE} names, or the first {@code ostree} on PATH that
 * is not a launcher of this project. {@code COPPICE_OSTREE_NEW} may name a second, newer one, and
 * {@code COPPICE_OSTREE_SIGN} more, separated by colons, that were built with the types of
 * signatures that Debian leaves out.
 */
public final class RealOstree {
  private static final String MISSING =
      "needs a real ostree: apt-get install ostree, or name one in COPPICE_OSTREE";

  private static @Nullable Optional<RealOstree> first;
  private static @Nullable Optional<RealOstree> second;

  private final Path program;
  private final String version;
  private final List<String> features;

  private RealOstree(Path program, String version, List<String> features) {
    this.program = program;
    this.version = version;
    this.features = List.copyOf(features);
  }

  /** The real ostree; skips the running test when there is none. */
  public static RealOstree require() {
    Requirement.check(find().isPresent(), MISSING);
    return find().orElseThrow();
  }

  /** The real ostree, if there is one. */
  public static synchronized Optional<RealOstree> find() {
    if (first == null) {
      String named = System.getenv("COPPICE_OSTREE");
      Stream<Path> candidates =
          named == null ? Programs.onPath("ostree").stream() : Stream.of(Path.of(named));
      first = candidates.flatMap(program -> probe(program).stream()).findFirst();
    }
    return first;
  }

  /** The second, newer one, if {@code COPPICE_OSTREE_NEW} names it. */
  public static synchronized Optional<RealOstree> findNew() {
    if (second == null) {
      String named = System.getenv("COPPICE_OSTREE_NEW");
      second = named == null ? Optional.empty() : probe(Path.of(named));
    }
    return second;
  }

  /**
   * The second one, if it makes composefs images with all that is in them today: since 2024.7, and
   * where it was built with them, as in Debian since 2026.
   */
  public static Optional<RealOstree> findComposefs() {
    return findNew().filter(found -> found.has("composefs") && found.atLeast(2024, 7));
  }

  /** The one that makes composefs images; skips the running test when there is none. */
  public static RealOstree requireComposefs() {
    Optional<RealOstree> found = findComposefs();
    Assumptions.assumeTrue(
        found.isPresent(), "compares with an ostree that has composefs: COPPICE_OSTREE_NEW");
    return found.orElseThrow();
  }

  /** All there are, at least one; skips the running test when there is none. */
  public static List<RealOstree> requireAll() {
    var all = new ArrayList<RealOstree>();
    all.add(require());
    findNew().ifPresent(all::add);
    return List.copyOf(all);
  }

  /**
   * All that were built with a feature, such as {@code sign-ed25519}; skips the running test when
   * there is none. What those made is also kept as files, which the other tests read.
   */
  public static List<RealOstree> requireFeature(String feature) {
    var all = new ArrayList<RealOstree>();
    find().ifPresent(all::add);
    findNew().ifPresent(all::add);
    String named = System.getenv("COPPICE_OSTREE_SIGN");
    for (String program : named == null ? List.<String>of() : List.of(named.split(":"))) {
      probe(Path.of(program)).ifPresent(all::add);
    }
    all.removeIf(each -> !each.has(feature));
    // Not a requirement of CI: no package of Debian has it.
    Assumptions.assumeFalse(
        all.isEmpty(), "needs an ostree built with " + feature + ", named in COPPICE_OSTREE_SIGN");
    return List.copyOf(all);
  }

  private static Optional<RealOstree> probe(Path program) {
    if (isOurs(program)) {
      return Optional.empty();
    }
    Programs.Result result = Programs.run(program.toString(), "--version");
    if (result.exit() != 0 || !result.out().startsWith("libostree:")) {
      return Optional.empty();
    }
    String version =
        result
            .out()
            .lines()
            .filter(line -> line.contains("Version:"))
            .map(line -> line.replaceAll("[^0-9.]", ""))
            .findFirst()
            .orElse("");
    List<String> features =
        result
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("- "))
            .map(line -> line.substring(2))
            .toList();
    return Optional.of(new RealOstree(program, version, features));
  }

  /** A launcher of this project is a script that names it; the real one is a binary. */
  private static boolean isOurs(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      var start = new String(in.readNBytes(64 * 1024), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") && start.contains("coppice");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program's file. */
  public Path program() {
    return program;
  }

  /** The version, such as {@code 2022.7}. */
  public String version() {
    return version;
  }

  /** Whether this is at least a version, such as {@code atLeast(2024, 5)}. */
  public boolean atLeast(int year, int release) {
    String[] parts = version.split("\\.");
    int ours = Integer.parseInt(parts[0]);
    return ours > year || (ours == year && Integer.parseInt(parts[1]) >= release);
  }

  /** Whether it was built with a feature, as {@code --version} lists them. */
  public boolean has(String feature) {
    return features.contains(feature);
  }

  /** Runs it; the result may be a failure. */
  public Programs.Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs it with variables added to the environment; the result may be a failure. */
  public Programs.Result run(Map<String, String> variables, String... arguments) {
    return Programs.run(command(arguments), Path.of("").toAbsolutePath(), variables);
  }

  /** Runs it in a directory; the result may be a failure. */
  public Programs.Result runIn(Path directory, String... arguments) {
    return Programs.run(command(arguments), directory, Map.of());
  }

  /**
   * Runs it on a repository, makes sure that it succeeds, and returns its output without blanks.
   */
  public String on(Path repo, String... arguments) {
    var command = new ArrayList<>(command("--repo=" + repo));
    command.addAll(List.of(arguments));
    return Programs.run(command, Path.of("").toAbsolutePath(), Map.of()).ok().out().strip();
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public String toString() {
    return "ostree " + version;
  }
}
