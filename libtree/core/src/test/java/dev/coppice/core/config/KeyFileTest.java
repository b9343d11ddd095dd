package dev.coppice.core.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of GKeyFile; each expectation was seen with GLib 2.74. */
class KeyFileTest {
  private static KeyFile parse(String text) {
    return KeyFile.parse(text, "test.conf");
  }

  private static KeyFile value(String raw) {
    return parse("[g]\nk=" + raw + "\n");
  }

  @Test
  void layoutIsNormalizedWhereThereAreNoComments() {
    assertThat(parse("[a]\n x = 1 \n\n\n[b]  \ny=1").text()).isEqualTo("[a]\nx=1 \n\n[b]\ny=1\n");
    assertThat(parse("[a]\r\nx=1\r\n").text()).isEqualTo("[a]\nx=1\n");
    assertThat(parse("").text()).isEmpty();
    assertThat(parse("[a]\nx=1\nx=2\n[b]\ny=1\n[a]\nz=3\n").text())
        .isEqualTo("[a]\nx=1\nx=2\nz=3\n\n[b]\ny=1\n");
  }

  @Test
  void commentsUnknownGroupsAndTranslationsSurviveAnEdit() {
    String text =
        """
        # about this file

        [core]
        mode=archive
        # about the next
        fsync=false

        [remote "a b"]
        xa.title[de]=Name
        url=x
        """;
    KeyFile edited = parse(text).with("core", "new", "1").with("remote \"a b\"", "url", "y");
    assertThat(edited.text())
        .isEqualTo(text.replace("fsync=false\n", "fsync=false\nnew=1\n").replace("url=x", "url=y"));
  }

  @Test
  void theLaterOfTwoEqualKeysCounts() {
    KeyFile file = parse("[a]\nx=1\nx=2\n");
    assertThat(file.raw("a", "x")).contains("2");
    assertThat(file.keys("a")).containsExactly("x");
    assertThat(file.with("a", "x", "3").text()).isEqualTo("[a]\nx=1\nx=3\n");
  }

  @Test
  void bytesThatAreNotUtf8ComeBack() throws IOException {
    byte[] latin = "[a]\n# \u00fc\nx=\u00e9 \u00c3\u00a4\n".getBytes(ISO_8859_1);
    try (var temp = TempTree.create()) {
      Path file = Files.write(temp.path("config"), latin);
      assertThat(KeyFile.read(file).bytes()).isEqualTo(latin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a]\nfoo\n",
        "x=1\n",
        "[a\nx=1",
        "[a]]\n",
        "[]\n",
        "[a]\n=1\n",
        "[a]\nx[d e]=1\n",
        "[a]\nEncoding=latin1\n",
        "[a] junk\n",
        "[a]\nx]=1\n",
        "[a]\n[x=1]y\n",
        "[a]\n[=1\n",
        "[a]\nx=\0\n",
        "[a\u0001]\n"
      })
  void brokenLinesAreNamed(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("test.conf, line ")
        .extracting(e -> ((Failure) e).code())
        .isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true|true",
        "\"true \"|true",
        "1|true",
        "0|false",
        "\"false\t\"|false",
        "yes|",
        "TRUE|",
        "\"\"|",
        "true x|"
      })
  void booleans(String raw, Boolean expected) {
    if (expected != null) {
      assertThat(value(raw).bool("g", "k")).contains(expected);
    } else {
      assertThatThrownBy(() -> value(raw).bool("g", "k"))
          .isInstanceOf(ConfigException.class)
          .hasMessage("test.conf: [g] k=" + raw + ": expected a boolean (true, false, 1 or 0)");
    }
  }

  @Test
  void numbers() {
    assertThat(value("-2").integer("g", "k")).contains(-2);
    assertThat(value("+5 ").integer("g", "k")).contains(5);
    for (String bad : List.of("", "x", "5x", "0x1", "99999999999")) {
      assertThatThrownBy(() -> value(bad).integer("g", "k")).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void escapesAreRead() {
    assertThat(value("\\sa\\n\\t\\r\\\\").string("g", "k")).contains(" a\n\t\r\\");
    assertThat(value(" x ").string("g", "k")).contains("x ");
    assertThat(value("a;b").string("g", "k")).contains("a;b");
    for (String bad : List.of("a\\qb", "a\\", "a\\;b")) {
      assertThatThrownBy(() -> value(bad).string("g", "k"))
          .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.value()).isEqualTo(bad));
    }
  }

  @Test
  void listsAreRead() {
    assertThat(value("a;b").list("g", "k")).contains(List.of("a", "b"));
    assertThat(value("a;b;").list("g", "k")).contains(List.of("a", "b"));
    assertThat(value("a;;b").list("g", "k")).contains(List.of("a", "", "b"));
    assertThat(value("a\\;b;c").list("g", "k")).contains(List.of("a;b", "c"));
    assertThat(value("").list("g", "k")).contains(List.of());
    assertThat(value(";").list("g", "k")).contains(List.of(""));
    assertThatThrownBy(() -> value("a\\qb;c").list("g", "k")).isInstanceOf(ConfigException.class);
  }

  @Test
  void valuesAreEscaped() {
    KeyFile file = KeyFile.empty("x");
    for (String value :
        List.of(" a", " \t a", "\n a", "\\ a", "a b ", "", "a;b", " \n a", "\r", "ü", "a\tb")) {
      file = file.with("g", "k" + file.keys("g").size(), value);
    }
    file = file.with("g", "l", List.of("a", "b;c", "", " d", "e\\")).with("g", "l0", List.of());
    assertThat(file.with("g", "b", true).text())
        .isEqualTo(
            "[g]\nk0=\\sa\nk1=\\s\\t\\sa\nk2=\\n\\sa\nk3=\\\\ a\nk4=a b \nk5=\nk6=a;b\n"
                + "k7=\\s\\n\\sa\nk8=\\r\nk9=ü\nk10=a\tb\nl=a;b\\;c;;\\sd;e\\\\;\nl0=\nb=true\n");
  }

  @Test
  void absentKeysAreNoErrorUnlessRequired() {
    KeyFile file = parse("[g]\na=1\n");
    assertThat(file.string("g", "k")).isEmpty();
    assertThat(file.bool("h", "k", true)).isTrue();
    assertThatThrownBy(() -> file.require("g", "k"))
        .hasMessage("Key file does not have key “k” in group “g”");
    assertThatThrownBy(() -> file.require("h", "k")).hasMessage("Key file does not have group “h”");
  }

  @Test
  void removal() {
    KeyFile file = parse("[g]\na=1\nb=2\n[h]\nc=3\n");
    assertThat(file.without("g", "a").text()).isEqualTo("[g]\nb=2\n\n[h]\nc=3\n");
    assertThat(file.without("h", "c").text()).isEqualTo("[g]\na=1\nb=2\n\n[h]\n");
    assertThat(file.withoutGroup("h").text()).isEqualTo("[g]\na=1\nb=2\n");
    assertThat(file.without("no", "a").withoutGroup("no").text()).isEqualTo(file.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a=b", "a[b", "a]", "#a", "a\nb", "[x]"})
  void namesThatCannotBeKeysAreRefused(String key) {
    assertThatThrownBy(() -> KeyFile.empty("x").with("g", key, "v")).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a]", "[a", "a\nb"})
  void namesThatCannotBeGroupsAreRefused(String group) {
    assertThatThrownBy(() -> KeyFile.empty("x").with(group, "k", "v")).isInstanceOf(Failure.class);
  }

  @Test
  void savingKeepsTheModeAndLeavesNothingElse() throws IOException {
    try (var temp = TempTree.create()) {
      Path file = temp.path("config");
      Files.writeString(file, "[g]\na=1\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      KeyFile.read(file).with("g", "b", "ü").save(file, Durability.SYNCED);
      assertThat(Files.readString(file, UTF_8)).isEqualTo("[g]\na=1\nb=ü\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      try (var entries = Files.list(temp.root())) {
        assertThat(entries).containsExactly(file);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1MB, 1048576",
    "500MB, 524288000",
    "1GB, 1073741824",
    "2TB, 2199023255552",
    "8388607TB, 9223370937343148032",
    "0MB, 0"
  })
  void sizes(String text, long bytes) {
    assertThat(SizeText.bytes(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "MB",
        "1KB",
        "1 MB",
        "1mb",
        "-1MB",
        "1MBx",
        "8388608TB",
        "1.5GB",
        "99999999999999999999999MB"
      })
  void textsThatAreNoSizes(String text) {
    assertThat(SizeText.bytes(text)).isEmpty();
  }
}
