package dev.coppice.cli;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.Personality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs command lines in this process: {@code CliRunner.in(dir).ostree("refs", "--repo=r")}.
 *
 * <p>Immutable, and the runs share nothing: tests may run in parallel.
 */
public record CliRunner(Path directory, Map<String, String> variables, byte[] stdin) {
  /** What a run left behind. */
  public record Result(int code, byte[] output, String err) {
    /** Standard output as text. */
    public String out() {
      return new String(output, StandardCharsets.UTF_8);
    }

    /** The lines of standard output. */
    public List<String> lines() {
      return out().lines().toList();
    }
  }

  /** Runs with relative paths against the directory, no variables, empty input. */
  public static CliRunner in(Path directory) {
    return new CliRunner(directory, Map.of(), new byte[0]);
  }

  /** The same with these environment variables. */
  public CliRunner with(Map<String, String> variables) {
    return new CliRunner(directory, variables, stdin);
  }

  /** The same with this standard input. */
  public CliRunner fed(byte[] stdin) {
    return new CliRunner(directory, variables, stdin);
  }

  /** Runs as {@code coppice}. */
  public Result coppice(String... arguments) {
    return run(Personality.COPPICE, arguments);
  }

  /** Runs as {@code ostree}. */
  public Result ostree(String... arguments) {
    return run(Personality.OSTREE, arguments);
  }

  /** Runs under a name. */
  public Result run(Personality personality, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var environment = new Environment(variables, directory, new ByteArrayInputStream(stdin));
    int code = Cli.run(personality, List.of(arguments), environment, Console.of(out, err));
    return new Result(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }
}
