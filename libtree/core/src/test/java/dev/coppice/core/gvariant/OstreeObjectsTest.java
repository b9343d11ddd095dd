package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the real ostree has written, and prints it as the real ostree does. */
class OstreeObjectsTest {
  private static final VariantType COMMIT = VariantType.of("(a{sv}aya(say)sstayay)");
  private static final VariantType DIRTREE = VariantType.of("(a(say)a(sayay))");

  private static final Map<String, String> METADATA =
      Map.of(
          "dict", "{'x': <uint32 5>, 'y': <@as []>}",
          "double", "1.5",
          "bytes", "b'a\\377b\\''",
          "tuple", "(true, objectpath '/a', @mi nothing, [1, 0x7f])",
          "text", "\"it's ü\\n\"");

  @Test
  void commitsAndDirtreesPrintAsOstreePrintsThem() throws IOException {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("repo");
        Path tree = Files.createDirectories(temp.path("tree"));
        Files.createDirectory(tree.resolve("sub"));
        Files.writeString(tree.resolve("file ü"), "content");
        ostree.on(repo, "init", "--mode=archive");
        var arguments =
            new ArrayList<>(
                List.of("commit", "-b", "main", "-s", "it's", "--body=a\nb", tree.toString()));
        METADATA.forEach((key, text) -> arguments.add("--add-metadata=" + key + "=" + text));
        String checksum = ostree.on(repo, arguments.toArray(String[]::new));

        Variant commit = read(repo, COMMIT, checksum, "commit");
        // ostree shows numbers of all objects as if they were big-endian.
        assertThat(ostree.on(repo, "show", "--raw", checksum))
            .endsWith("\n" + commit.byteswapped().print(true));
        METADATA.forEach(
            (key, text) -> {
              Variant value = commit.child(0).lookup(key).orElseThrow();
              assertThat(Variant.parseText(null, text)).isEqualTo(value);
              assertThat(ostree.on(repo, "show", "--print-metadata-key=" + key, checksum))
                  .isEqualTo(value.byteswapped().print(true));
            });
        assertThat(VariantDict.of(commit.child(0)).build()).isEqualTo(commit.child(0));

        String root = HexFormat.of().formatHex(commit.child(6).asBytes());
        Variant dirtree = read(repo, DIRTREE, root, "dirtree");
        assertThat(dirtree.child(0).child(0).child(0).asString()).isEqualTo("file ü");
        assertThat(ostree.on(repo, "show", "--raw", root)).endsWith("\n" + dirtree.print(true));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 'a']", "zzz", "uint32 -1", "5 6", "'x", "{'a'}", "(1", "@s 5"})
  void refusesTextInTheSamePlace(String text) {
    RealOstree ostree = RealOstree.require();
    try (var temp = TempTree.create()) {
      Path repo = temp.path("repo");
      ostree.on(repo, "init", "--mode=archive");
      Programs.Result result =
          ostree.run(
              "--repo=" + repo, "commit", "-b", "a", "--tree=empty", "--add-metadata=k=" + text);
      assertThat(result.exit()).isNotZero();
      var refused = assertThrows(VariantParseException.class, () -> Variant.parseText(null, text));
      String place = refused.getMessage().substring(0, refused.getMessage().indexOf(':') + 1);
      assertThat(result.err()).contains("Parsing k=" + text + ": " + place);
    }
  }

  private static Variant read(Path repo, VariantType type, String checksum, String extension)
      throws IOException {
    Path file =
        repo.resolve("objects")
            .resolve(checksum.substring(0, 2))
            .resolve(checksum.substring(2) + "." + extension);
    Variant value = Variant.of(type, Files.readAllBytes(file));
    assertThat(value.isNormal()).isTrue();
    assertThat(Variant.parseText(type, value.print(false)).serialized())
        .isEqualTo(value.serialized());
    return value;
  }
}
