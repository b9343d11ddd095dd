package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the codec with the GLib of this machine on random values and on broken bytes. Where they
 * differ the failure shows the question: it belongs into {@code glib_oracle.py} then.
 */
class GlibLiveTest {
  private static final int VALUES = Integer.getInteger("coppice.gvariant.values", 1_500);
  private static final long SEED = Long.getLong("coppice.gvariant.seed", 7);

  @Test
  void agreesWithGlib(@TempDir Path directory) throws IOException {
    Optional<String> python = pythonWithGlib();
    Requirement.check(python.isPresent(), "needs GLib for Python: apt-get install python3-gi");
    Path script = directory.resolve("glib_oracle.py");
    try (var in = GlibLiveTest.class.getResourceAsStream("glib_oracle.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    List<String> questions = questions();
    Path asked = Files.write(directory.resolve("questions"), questions);
    List<GlibAnswer> answers = ask(python.orElseThrow(), script, asked, questions);
    assertThat(answers).hasSameSizeAs(questions);
    assertThat(answers).allSatisfy(a -> assertThat(a.ours()).isEqualTo(a.answer()));
  }

  private static List<String> questions() {
    var questions = new ArrayList<String>();
    for (int i = 0; i < VALUES; i++) {
      var random = new RandomVariants(SEED * VALUES + i);
      Variant value = random.value(random.type());
      byte[] bytes = value.serialized();
      questions.add(GlibAnswer.bytesQuestion(value.type(), bytes));
      questions.add(GlibAnswer.bytesQuestion(value.type(), random.broken(bytes)));
      questions.add(GlibAnswer.bytesQuestion(value.type(), random.broken(bytes)));
      questions.add(GlibAnswer.textQuestion(value.type(), value.print(false)));
      questions.add(GlibAnswer.textQuestion(null, value.print(true)));
    }
    return questions;
  }

  private static List<GlibAnswer> ask(
      String python, Path script, Path asked, List<String> questions) throws IOException {
    var builder = new ProcessBuilder(python, script.toString());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process =
        builder
            .redirectInput(asked.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var answers = new ArrayList<GlibAnswer>();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String question : questions) {
        answers.add(GlibAnswer.parse(question + "\t" + in.readLine()));
      }
    }
    return answers;
  }

  private static Optional<String> pythonWithGlib() {
    return Stream.of("/usr/bin/python3", "python3")
        .filter(program -> Programs.find("python3").isPresent())
        .filter(program -> Files.isExecutable(Path.of(program)) || !program.startsWith("/"))
        .filter(
            program -> Programs.run(program, "-c", "from gi.repository import GLib").exit() == 0)
        .findFirst();
  }
}
