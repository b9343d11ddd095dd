package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibdeflateTest {
  private Libdeflate library;

  @BeforeEach
  void load() {
    var loaded = Libdeflate.load();
    assumeTrue(loaded.isPresent(), "libdeflate.so.0 is not installed");
    library = loaded.get();
  }

  private static byte[] text(int size) {
    var random = new Random(size);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) "etaoin shrdlu".charAt(random.nextInt(13));
    }
    return bytes;
  }

  @Test
  void javaReadsWhatItWrites() throws Exception {
    for (int size : new int[] {0, 1, 100, 300_000}) {
      byte[] content = text(size);
      for (int level : new int[] {0, 1, 6, Libdeflate.MAX_LEVEL}) {
        byte[] packed = compress(content, level);
        var inflater = new Inflater(true);
        inflater.setInput(packed);
        var back = new byte[size];
        int end = 0;
        while (end < size) {
          end += inflater.inflate(back, end, size - end);
        }
        assertThat(back).isEqualTo(content);
        inflater.inflate(new byte[1]);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getBytesRead()).isEqualTo(packed.length);
        inflater.end();
      }
    }
  }

  private byte[] compress(byte[] content, int level) {
    try (var arena = Arena.ofConfined();
        var compressor = library.compressor(level)) {
      var in = arena.allocate(content.length).copyFrom(MemorySegment.ofArray(content));
      var out = arena.allocate(compressor.bound(content.length));
      int size = compressor.compress(in, out);
      return out.asSlice(0, size).toArray(JAVA_BYTE);
    }
  }

  @Test
  void readsWhatJavaWritesAndNothingElse() {
    byte[] content = text(50_000);
    var deflater = new Deflater(6, true);
    deflater.setInput(content);
    deflater.finish();
    var packed = new byte[60_000];
    int size = deflater.deflate(packed);
    deflater.end();
    try (var arena = Arena.ofConfined();
        var decompressor = library.decompressor()) {
      var in = arena.allocate(size).copyFrom(MemorySegment.ofArray(packed).asSlice(0, size));
      var out = arena.allocate(content.length);
      assertThat(decompressor.decompress(in, out)).isTrue();
      assertThat(out.mismatch(MemorySegment.ofArray(content))).isEqualTo(-1);
      assertThat(decompressor.decompress(in, arena.allocate(content.length - 1))).isFalse();
      assertThat(decompressor.decompress(in, arena.allocate(content.length + 1)))
          .as("a stream shorter than promised")
          .isFalse();
      assertThat(decompressor.decompress(in.asSlice(0, size / 2), out)).isFalse();
      in.fill((byte) 0xFF);
      assertThat(decompressor.decompress(in, out)).isFalse();
    }
  }

  @Test
  void tooLittleRoomAndWrongUse() {
    try (var arena = Arena.ofConfined()) {
      var compressor = library.compressor(6);
      var random = arena.allocate(1000);
      random.copyFrom(MemorySegment.ofArray(text(1000)));
      assertThat(compressor.compress(random, arena.allocate(10))).isEqualTo(-1);
      assertThatIllegalArgumentException()
          .as("heap memory")
          .isThrownBy(() -> compressor.compress(MemorySegment.ofArray(new byte[9]), random));
      compressor.close();
      compressor.close();
      assertThatIllegalStateException().isThrownBy(() -> compressor.bound(5));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> library.compressor(13));
    var decompressor = library.decompressor();
    decompressor.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> decompressor.decompress(MemorySegment.NULL, MemorySegment.NULL));
    assertThat(compress(text(1000), 1)).hasSizeLessThan(1000);
  }
}
