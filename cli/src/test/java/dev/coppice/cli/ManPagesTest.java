package dev.coppice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.frame.CommandModel;
import dev.coppice.cli.frame.CommandTree;
import dev.coppice.cli.frame.Personality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** Every command has a page in {@code man/}, every option an entry there. */
class ManPagesTest {
  private static final Path MAN = Path.of("../man");
  private static final Path MANDOC = Path.of("/usr/bin/mandoc");

  /**
   * Visible commands and groups; those that only ostree's command line has are in ostree's manual.
   */
  static Stream<CommandTree.Entry> entries() {
    return CommandTree.walk(CommandTable.ROOT, Personality.COPPICE).stream()
        .filter(entry -> entry.words().isEmpty() || !entry.node().hidden());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyCommandAndOptionHasAnEntry(CommandTree.Entry entry) throws IOException {
    Path page = MAN.resolve(("coppice " + entry.words()).strip().replace(' ', '-') + ".1");
    assertThat(page)
        .withFailMessage(
            "%s is missing; start with: coppice man-skeleton %s > man/%s",
            page, entry.words(), page.getFileName())
        .exists();
    String text = plain(Files.readString(page));
    List<String> missing = new ArrayList<>();
    CommandModel model = entry.model();
    if (model != null) {
      for (OptionSpec option : model.options()) {
        for (String name : option.names()) {
          if (!option.hidden() && !mentions(text, name)) {
            missing.add(name);
          }
        }
      }
    }
    entry.members().stream()
        .map(member -> member.name())
        .filter(name -> !mentions(text, name))
        .forEach(missing::add);
    assertThat(missing).as("not mentioned in " + page.getFileName()).isEmpty();
  }

  @Test
  void everyPageBelongsToACommand() throws IOException {
    List<String> pages =
        CommandTree.walk(CommandTable.ROOT, Personality.COPPICE).stream()
            .map(entry -> ("coppice " + entry.words()).strip().replace(' ', '-') + ".1")
            .toList();
    try (var files = Files.list(MAN)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".1")))
          .isSubsetOf(pages);
    }
  }

  @Test
  void pagesAreWellFormed() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(MANDOC), "needs /usr/bin/mandoc (Debian package mandoc)");
    List<String> command = new ArrayList<>(List.of(MANDOC.toString(), "-Tlint", "-Wwarning"));
    try (var files = Files.list(MAN)) {
      files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(command::add);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String complaints = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(complaints).isEmpty();
  }

  private static boolean mentions(String text, String name) {
    return Pattern.compile("(?<![-\\w])" + Pattern.quote(name) + "(?![-\\w])").matcher(text).find();
  }

  /** The page without its escapes: fonts and the dashes that must stay dashes. */
  private static String plain(String page) {
    return page.replaceAll("\\\\f[BIRP]", " ").replace("\\-", "-");
  }
}
