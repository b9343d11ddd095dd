package dev.coppice.transfer.delta.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedContentTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, 1f8b08",
    "xz, fd377a585a0000",
    "zstd, 28b52ffd04",
    "bzip2, 425a6839",
    "PNG, 89504e470d0a1a0a",
    "JPEG, ffd8ffe0",
    "ZIP, 504b0304",
    "WOFF2, 774f4632"
  })
  void isToldByItsFirstBytes(String kind, String hex) {
    byte[] whole = bytes(hex);
    assertThat(CompressedContent.is(whole)).as(kind).isTrue();
    assertThat(CompressedContent.is(Arrays.copyOf(whole, 1000))).as(kind).isTrue();
    for (int i = 0; i < 2; i++) {
      byte[] other = whole.clone();
      other[i] ^= 1;
      assertThat(CompressedContent.is(other)).as(kind + " with another byte " + i).isFalse();
    }
    assertThat(CompressedContent.is(Arrays.copyOf(whole, 1))).as(kind + " cut off").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7f454c46020101", "23212f62696e2f7368", "fd377a58", "28b52f", "504b"})
  void otherContentIsNot(String hex) {
    assertThat(CompressedContent.is(bytes(hex))).isFalse();
  }

  @Test
  void isWhatTheJdkWrites() throws IOException {
    var gzip = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzip)) {
      out.write(1);
    }
    assertThat(CompressedContent.is(gzip.toByteArray())).isTrue();
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a"));
    }
    assertThat(CompressedContent.is(zip.toByteArray())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"gzip, gzip", "xz, xz-utils", "zstd, zstd", "bzip2, bzip2"})
  void isWhatTheProgramsWrite(String program, String debianPackage) throws IOException {
    Requirement.program(program, debianPackage);
    try (TempTree temp = TempTree.create()) {
      Path file = Files.write(temp.path("f"), "content".getBytes(StandardCharsets.UTF_8));
      assertThat(CompressedContent.is(Files.readAllBytes(file))).isFalse();
      Programs.run(program, "-k", file.toString()).ok();
      List<Path> made;
      try (var all = Files.list(temp.root())) {
        made = all.filter(path -> !path.equals(file)).toList();
      }
      assertThat(made).hasSize(1);
      assertThat(CompressedContent.is(Files.readAllBytes(made.getFirst()))).isTrue();
    }
  }
}
