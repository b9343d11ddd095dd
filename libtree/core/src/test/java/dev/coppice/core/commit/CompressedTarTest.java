package dev.coppice.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs that compress archives write is unpacked, or refused by name. */
class CompressedTarTest {
  private static final TempTree temporary = TempTree.create();
  private static byte[] plain = new byte[0];

  @BeforeAll
  static void archive() throws IOException {
    Requirement.program("xz", "xz-utils");
    Requirement.program("zstd", "zstd");
    Requirement.program("lz4", "lz4");
    Requirement.program("bzip2", "bzip2");
    // Some that does not shrink, some that repeats far away, some that repeats closely.
    var out = new ByteArrayOutputStream();
    var random = new Random(7);
    byte[] noise = new byte[300_000];
    random.nextBytes(noise);
    out.write(noise);
    out.write(noise, 1000, 60_000);
    out.write(new byte[500_000]);
    for (int i = 0; i < 200_000; i++) {
      out.write("abc".charAt(random.nextInt(3)));
    }
    plain = out.toByteArray();
    Files.write(temporary.path("plain"), plain);
    int half = plain.length / 2;
    Files.write(temporary.path("first"), Arrays.copyOf(plain, half));
    Files.write(temporary.path("second"), Arrays.copyOfRange(plain, half, plain.length));
  }

  @AfterAll
  static void cleanUp() {
    temporary.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip -c",
        "bzip2 -c",
        "xz -c -0",
        "xz -c -6 --check=sha256",
        "xz -c --x86 --lzma2=preset=1",
        "xz -c --format=lzma",
        "zstd -q -c",
        "zstd -q -c -19 --long=27",
        "lz4 -q -c",
        "lz4 -q -c -9 -B4 -BD -BX",
        "lz4 -q -c -B5 --no-frame-crc --content-size",
        "lz4 -q -c -B7 -BD",
        "lz4 -q -c -l",
      })
  void streamsAreUnpackedAndMayFollowEachOther(String program) throws IOException {
    byte[] whole = run(program, "plain");
    assertThat(unpack(whole)).isEqualTo(plain);
    assertThat(unpack(run("gzip -c", file(whole)))).isEqualTo(plain);
    boolean old = program.endsWith("=lzma"); // of which one file holds one stream
    if (!old) {
      assertThat(unpack(join(run(program, "first"), run(program, "second")))).isEqualTo(plain);
    }
    for (int length : new int[] {20, 1000, whole.length / 2, whole.length - 1}) {
      assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, length)))
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("Cannot read archive x.tar: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd -q -c", "lz4 -q -c"})
  void framesThatHoldNoDataAreSkipped(String program) throws IOException {
    byte[] frame = HexFormat.of().parseHex("5f2a4d1803000000abcdef");
    byte[] empty = HexFormat.of().parseHex("502a4d1800000000");
    byte[] joined =
        join(frame, empty, run(program, "first"), empty, frame, run(program, "second"), frame);
    assertThat(unpack(joined)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip -c", "bzip2 -c", "xz -c", "zstd -q -c", "lz4 -q -c -BX"})
  void flippedBitsAreNoticed(String program) throws IOException {
    byte[] whole = run(program, "plain");
    var random = new Random(11);
    for (int i = 0; i < 20; i++) {
      byte[] damaged = whole.clone();
      damaged[16 + random.nextInt(damaged.length - 40)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> unpack(damaged)).isInstanceOf(Failure.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xz -c --lzma2=dict=1GiB", "zstd -q -c --long=31"})
  void memoryIsBounded(String program) throws IOException {
    // From a pipe, so that zstd does not know that less would be enough.
    byte[] packed = runShell("cat plain | " + program);
    assertThatThrownBy(() -> unpack(packed))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.nextStep()).contains("Unpack it first"));
  }

  @Test
  void whatIsNotCompressedIsGivenAsItIs() throws IOException {
    for (String text : new String[] {"", "P*M", "usr/bin/tool", "BZ", "]\0\0\0\0\0\0"}) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(unpack(bytes)).isEqualTo(bytes);
    }
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (InputStream in = TarInput.open(new ByteArrayInputStream(packed), "x.tar")) {
      return in.readAllBytes();
    }
  }

  private static byte[] run(String program, String file) throws IOException {
    return runShell(program + " " + file);
  }

  private static byte[] runShell(String line) throws IOException {
    Path out = temporary.path("out");
    Programs.run("sh", "-c", "cd \"$0\" && { " + line + "; } > out", temporary.root().toString())
        .ok();
    return Files.readAllBytes(out);
  }

  private static String file(byte[] content) throws IOException {
    Files.write(temporary.path("content"), content);
    return "content";
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
