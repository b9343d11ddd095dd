package dev.coppice.transfer.delta.match;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Pairs of contents as versions of a file are: edited, moved, repeated, cut. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Contents(byte[] old, byte[] fresh) {
  /**
   * An edit: replace {@code removed} bytes at a place by a string, or by a string from the old
   * content.
   */
  private record Edit(int place, int removed, byte[] added, boolean moved) {}

  static Arbitrary<Contents> pairs() {
    return Combinators.combine(bases(), edits().list().ofMaxSize(12)).as(Contents::edited);
  }

  private static Arbitrary<byte[]> bases() {
    Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(2000);
    Arbitrary<byte[]> repetitive =
        Arbitraries.bytes().between((byte) 0, (byte) 2).array(byte[].class).ofMaxSize(2000);
    Arbitrary<byte[]> periodic =
        Combinators.combine(
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40),
                Arbitraries.integers().between(0, 200))
            .as(Contents::repeated);
    return Arbitraries.oneOf(random, repetitive, periodic);
  }

  private static Arbitrary<Edit> edits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4000),
            Arbitraries.integers().between(0, 300),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
            Arbitraries.of(true, false))
        .as(Edit::new);
  }

  static byte[] repeated(byte[] unit, int times) {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(unit);
    }
    return all.toByteArray();
  }

  private static Contents edited(byte[] old, List<Edit> edits) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : old) {
      bytes.add(b);
    }
    for (Edit edit : edits) {
      int place = edit.place() % (bytes.size() + 1);
      bytes.subList(place, Math.min(bytes.size(), place + edit.removed())).clear();
      byte[] added = edit.moved() ? old : edit.added();
      for (byte b : added) {
        bytes.add(place++, b);
      }
    }
    var fresh = new byte[bytes.size()];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = bytes.get(i);
    }
    return new Contents(old, fresh);
  }
}
