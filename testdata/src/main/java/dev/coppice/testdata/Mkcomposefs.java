package dev.coppice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The real maker of composefs images, to compare with: what {@code COPPICE_MKCOMPOSEFS} names, or
 * {@code mkcomposefs} on PATH. Few distributions have it yet, so tests have recorded digests too.
 */
public final class Mkcomposefs {
  private final Path program;

  private Mkcomposefs(Path program) {
    this.program = program;
  }

  /** The program, if there is one. */
  public static Optional<Mkcomposefs> find() {
    @Nullable String named = System.getenv("COPPICE_MKCOMPOSEFS");
    Optional<Path> found =
        named == null ? Programs.find("mkcomposefs") : Optional.of(Path.of(named));
    return found.map(Mkcomposefs::new);
  }

  /** The image of a tree described by lines of {@code composefs-dump(5)}, a byte a character. */
  public byte[] image(String dump) {
    return onFile(
        dump,
        input -> {
          Path output = Files.createTempFile("composefs-", ".img");
          try {
            run("--from-file", input.toString(), output.toString());
            return Files.readAllBytes(output);
          } finally {
            Files.delete(output);
          }
        });
  }

  /** The fs-verity digest of that image, in hexadecimal. */
  public String digest(String dump) {
    return onFile(dump, input -> run("--print-digest-only", "--from-file", input.toString()));
  }

  private interface Step<T> {
    T run(Path input) throws IOException;
  }

  private static <T> T onFile(String dump, Step<T> step) {
    try {
      Path input = Files.createTempFile("composefs-", ".dump");
      try {
        Files.write(input, dump.getBytes(StandardCharsets.ISO_8859_1));
        return step.run(input);
      } finally {
        Files.delete(input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return Programs.run(command, Path.of("").toAbsolutePath(), Map.of()).ok().out().strip();
  }
}
