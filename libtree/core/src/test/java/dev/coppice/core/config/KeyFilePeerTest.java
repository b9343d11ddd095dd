package dev.coppice.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.failure.Failure;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Our edits give the bytes that the real tool and GLib give. */
class KeyFilePeerTest {
  /** Answers each line, a key file in hexadecimal, with GLib's reading of it, or with "refused". */
  private static final String GLIB =
      """
      import sys
      from gi.repository import GLib
      for line in open(sys.argv[1]):
          text = bytes.fromhex(line.strip()).decode()
          key_file = GLib.KeyFile()
          try:
              key_file.load_from_data(text, len(text.encode()), GLib.KeyFileFlags.KEEP_TRANSLATIONS)
              print(key_file.to_data()[0].encode().hex())
          except GLib.Error:
              print("refused")
      """;

  private static final String PYTHON = "/usr/bin/python3";
  private static final String[] PIECES = {
    "[",
    "]",
    "a",
    "b",
    "ü",
    "=",
    "=",
    " ",
    "\t",
    ";",
    "\\",
    "\"",
    "\n",
    "\n",
    "\r\n",
    "[g]\n",
    "[h]\n",
    "k=1\n",
    "k[de]=2\n",
    "\nx y = z\n",
    "-",
    "."
  };

  @Test
  void editsAreThoseOfTheRealTool() throws IOException {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("repo");
        ostree.on(repo, "init", "--mode=archive");
        Path config = repo.resolve("config");
        KeyFile ours = KeyFile.read(config);
        assertThat(ours.text()).isEqualTo(Files.readString(config));

        ostree.on(repo, "config", "set", "core.min-free-space-size", "500MB");
        ostree.on(repo, "config", "set", "--group=a group", "key", " \\ leading\tand; more ");
        ostree.on(
            repo,
            "remote",
            "add",
            "--set=xa.title=A  B",
            "--no-gpg-verify",
            "--contenturl=c",
            "origin",
            "https://example.org/repo",
            "b1",
            "b;2");
        ostree.on(repo, "config", "unset", "a group.key");
        String group = "remote \"origin\"";
        ours =
            ours.with("core", "min-free-space-size", "500MB")
                .with("a group", "key", " \\ leading\tand; more ")
                .with(group, "url", "https://example.org/repo")
                .with(group, "branches", List.of("b1", "b;2"))
                .with(group, "contenturl", "c")
                .with(group, "xa.title", "A  B")
                .with(group, "gpg-verify", false)
                .without("a group", "key");
        assertThat(ours.text()).as(ostree.toString()).isEqualTo(Files.readString(config));

        ostree.on(repo, "remote", "delete", "origin");
        ours = ours.withoutGroup(group);
        // GLib 2.80 and later leave the empty line that stood before a removed last group.
        assertThat(ours.text().strip()).isEqualTo(Files.readString(config).strip());
        assertThat(KeyFile.read(config).text()).isEqualTo(ours.text());
      }
    }
  }

  @Test
  void readsLikeGlib() throws IOException {
    boolean glib =
        Files.exists(Path.of(PYTHON))
            && Programs.run(PYTHON, "-c", "import gi.repository.GLib").exit() == 0;
    Requirement.check(glib, "needs GLib for Python: apt-get install python3-gi");
    var random = new SplittableRandom(2);
    var texts = new ArrayList<String>();
    for (int i = 0; i < 4000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "[a]\n" : "");
      for (int pieces = random.nextInt(25); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      texts.add(text.toString());
    }
    try (var temp = TempTree.create()) {
      Path input = temp.path("input");
      var hex = HexFormat.of();
      Files.write(input, texts.stream().map(text -> hex.formatHex(text.getBytes(UTF_8))).toList());
      List<String> answers =
          Programs.run(List.of(PYTHON, "-c", GLIB, input.toString()), temp.root(), Map.of())
              .ok()
              .lines();
      for (int i = 0; i < texts.size(); i++) {
        String ours;
        try {
          ours = hex.formatHex(KeyFile.parse(texts.get(i), "x").bytes());
        } catch (Failure e) {
          ours = "refused";
        }
        assertThat(ours).as("«%s»", texts.get(i)).isEqualTo(answers.get(i));
      }
    }
  }
}
