package dev.coppice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner.Result;
import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {
  private static Result run(
      Personality personality, Map<String, String> variables, String... line) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var environment = new Environment(variables, Path.of(""), InputStream.nullInputStream());
    var context = new Context(personality, environment, Console.of(out, err), false);
    int code = Cli.run(Probes.ROOT, context, List.of(line));
    return new Result(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  private static Result ostree(String... line) {
    return run(Personality.OSTREE, Map.of(), line);
  }

  private static Result coppice(String... line) {
    return run(Personality.COPPICE, Map.of(), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo | false false null null 0 0 [] [] false
          echo -fg a | true true null null 0 0 [] [a] false
          echo a -v b | false false null null 0 0 [] [a, b] true
          echo --branch=x=y | false false x=y null 0 0 [] [] false
          echo --branch= | false false  null 0 0 [] [] false
          echo --branch -f | false false -f null 0 0 [] [] false
          echo -fb x | true false x null 0 0 [] [] false
          echo -bf x | true false x null 0 0 [] [] false
          echo --flag=no | true false null null 0 0 [] [] false
          echo --depth=-1 | false false null null -1 0 [] [] false
          echo --depth 0x10 | false false null null 16 0 [] [] false
          echo --depth=010 | false false null null 8 0 [] [] false
          echo --size=-9223372036854775808 | false false null null 0 -9223372036854775808 [] [] false
          echo --depth=1 --depth=2 | false false null null 2 0 [] [] false
          echo -a 1 --all=2,3 | false false null null 0 0 [1, 2,3] [] false
          echo - -- -f -- | false false null null 0 0 [] [-, -f, --] false
          --repo=r echo | false false null r 0 0 [] [] false
          --repo r echo | false false null r 0 0 [] [] false
          -f echo x | true false null null 0 0 [] [x] false
          group inner a | false false null null 0 0 [] [a] false
          --repo=r group -f inner | true false null r 0 0 [] [] false
          both | false false null null 0 0 [] [] false
          both a | false false null null 0 0 [] [a] false
          both inner a | false false null null 0 0 [] [a] false
          echo @file ${x} | false false null null 0 0 [] [@file, ${x}] false
          """)
  void readsArgumentsAsGOptionDoes(String line, String expected) {
    Result result = ostree(line.split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(result.out().strip()).isEqualTo(expected);
    assertThat(result.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo --foo | Unknown option --foo
          echo --foo=1 | Unknown option --foo=1
          echo --fla | Unknown option --fla
          echo -fZ | Unknown option -fZ
          echo -bname x | Unknown option -bname
          echo --branch | Missing argument for --branch
          echo -b | Missing argument for -b
          echo --depth=abc | Cannot parse integer value “abc” for --depth
          echo --depth= | Cannot parse integer value “” for --depth
          echo --depth=99999999999 | Integer value “99999999999” for --depth out of range
          """)
  void optionErrorsAreOneLine(String line, String message) {
    Result result = ostree(line.split(" ", -1));
    assertThat(result.err()).isEqualTo("error: " + message + "\n");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -- | No command specified
          foo | Unknown command 'foo'
          --foo | Unknown option --foo
          group | No "group" subcommand specified
          group foo | Unknown "group" subcommand 'foo'
          group --foo | Unknown option --foo
          one | REV must be specified
          """)
  void wrongShapesShowTheUsage(String line, String message) {
    Result result = ostree(line.split(" "));
    assertThat(result.err())
        .startsWith("Usage:\n  ostree")
        .endsWith("\n\nerror: " + message + "\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void aCommandsNameIsTheCommandEvenWhereItLooksLikeAValue() {
    assertThat(ostree("--repo", "echo", "one").out())
        .isEqualTo("false false null one 0 0 [] [] false\n");
  }

  @Test
  void helpGoesToOutputAndLeavesHiddenThingsOut() {
    Result result = ostree("echo", "--help", "--unknown");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("Usage:\n  ostree echo [OPTION…] [REV...]\n\nPrint what was read\n\n")
        .contains("  -b, --branch=BRANCH")
        .doesNotContain("secret");
    assertThat(ostree("-h").out())
        .contains("  echo  ")
        .doesNotContain("fail")
        .doesNotContain("ours");
    assertThat(coppice("help", "echo").out()).startsWith("Usage:\n  coppice echo [OPTION…]");
    assertThat(ostree("group", "-h").out()).contains("Builtin \"group\" Commands:\n  inner");
  }

  @Test
  void versionWorksEverywhere() {
    assertThat(ostree("--version").out()).startsWith("libostree:\n Version: '2026.4'\n");
    assertThat(ostree("echo", "--version").out()).isEqualTo(ostree("--version").out());
    assertThat(ostree("group", "--version").out()).isEqualTo(ostree("--version").out());
    assertThat(coppice("--version").out()).startsWith("coppice:\n Version: '");
  }

  @Test
  void wordsBelongToTheNameByWhichTheProgramIsCalled() {
    assertThat(coppice("ours").code()).isZero();
    assertThat(ostree("ours").err()).endsWith("error: Unknown command 'ours'\n");
    assertThat(ostree("theirs").code()).isZero();
    assertThat(coppice("theirs").err()).endsWith("error: Unknown command 'theirs'\n");
    Result rpm = run(Personality.RPM_OSTREE, Map.of(), "status");
    assertThat(rpm.code()).isEqualTo(1);
    assertThat(rpm.err())
        .isEqualTo("error: rpm-ostree's commands are not part of this build of Coppice\n");
  }

  @Test
  void superfluousArgumentsAreIgnoredLikeOstreeDoesButNotUnderOurName() {
    assertThat(ostree("one", "a", "b").out()).isEqualTo("a\n");
    assertThat(coppice("one", "a", "b").err()).endsWith("error: Unexpected argument 'b'\n");
  }

  @Test
  void failuresHaveAMessageACodeAndANextStep() {
    Result result = ostree("fail", "tree");
    assertThat(result.out()).isEqualTo("before\n");
    assertThat(result.err())
        .isEqualTo("error: Refspec 'x' not found\n  [rev-not-found]: look at 'refs'\n");
    assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(ostree("fail", "io").err()).isEqualTo("error: /a/b: No such file or directory\n");
    assertThat(ostree("fail", "path").err())
        .isEqualTo(
            "error: Cannot use the path 'a?b': Malformed input\n"
                + "  [path-invalid]: Name a path of UTF-8 without NUL, and run with LC_ALL=C.UTF-8.\n");
    assertThat(ostree("fail", "path").code()).isEqualTo(ExitCodes.FAILED);
    assertThat(ostree("fail", "interrupt").code()).isEqualTo(ExitCodes.INTERRUPTED);
    assertThat(ostree("fail", "code").code()).isEqualTo(ExitCodes.UNCHANGED);
  }

  @Test
  void aDefectShowsItsTraceOnlyWhenAsked() {
    Result quiet = ostree("fail", "defect");
    assertThat(quiet.code()).isEqualTo(ExitCodes.DEFECT);
    assertThat(quiet.err()).startsWith("error: Defect in Coppice: ").doesNotContain("\tat ");
    assertThat(run(Personality.OSTREE, Map.of("COPPICE_DEBUG", "1"), "fail", "x").err())
        .contains("\tat dev.coppice");
  }

  @Test
  void aReaderThatGoesAwayEndsTheRunQuietly() {
    var broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var err = new ByteArrayOutputStream();
    var environment = new Environment(Map.of(), Path.of(""), InputStream.nullInputStream());
    var context = new Context(Personality.OSTREE, environment, Console.of(broken, err), false);
    assertThat(Cli.run(Probes.ROOT, context, List.of("echo"))).isEqualTo(ExitCodes.BROKEN_PIPE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFullDiskBehindStandardOutputIsAnError() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var err = new ByteArrayOutputStream();
    var environment = new Environment(Map.of(), Path.of(""), InputStream.nullInputStream());
    var context = new Context(Personality.OSTREE, environment, Console.of(full, err), false);
    assertThat(Cli.run(Probes.ROOT, context, List.of("echo"))).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("error: Writing output: No space left on device\n");
  }

  @Test
  void unknownWordsRunProgramsOnThePath(@TempDir Path directory) throws IOException {
    for (String program : List.of("ostree-ext", "coppice-ext")) {
      Path file = directory.resolve(program);
      Files.writeString(file, "#!/bin/sh\necho \"$*\" > " + directory + "/seen\nexit 7\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Map<String, String> variables = Map.of("PATH", "/nonexistent:" + directory);
    Path seen = directory.resolve("seen");

    assertThat(run(Personality.OSTREE, variables, "--repo=x", "ext", "a", "--b").code())
        .isEqualTo(7);
    assertThat(seen).hasContent("--repo=x ext a --b"); // ostree leaves the word in
    assertThat(run(Personality.COPPICE, variables, "--repo=x", "ext", "a", "--b").code())
        .isEqualTo(7);
    assertThat(seen).hasContent("--repo=x a --b");
    assertThat(run(Personality.OSTREE, variables, "../ext").code()).isEqualTo(1);
  }

  @Test
  void runsShareNothing() {
    List<String> outputs =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> ostree("echo", "--branch=" + i, "-v").out().split(" ")[2])
            .toList();
    assertThat(outputs).isEqualTo(IntStream.range(0, 200).mapToObj(String::valueOf).toList());
  }
}
