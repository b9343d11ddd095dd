package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes superblocks.
 *
 * <p>Their numbers are of mixed byte orders: those of metadata and of the commit little-endian, the
 * time big-endian, and the rest as {@code ostree.endianness} says. Very old ones do not say it.
 */
final class SuperblockCodec {
  private static final int METADATA = 0;
  private static final int TIMESTAMP = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int COMMIT = 4;
  private static final int PARENTS = 5;
  private static final int PARTS = 6;
  private static final int FALLBACKS = 7;

  private static final char LITTLE = 'l';
  private static final char BIG = 'B';

  /** Compression that makes a part so much larger than its objects is in truth another order. */
  private static final double IMPLAUSIBLE_RATIO = 1.2;

  /** No repository has objects of this size on average. Source: G_MAXUINT32 there. */
  private static final long IMPLAUSIBLE_SIZE = 0xffffffffL;

  private SuperblockCodec() {}

  static Superblock decode(byte[] bytes) {
    Variant superblock = Variant.of(Superblock.TYPE, bytes);
    if (!superblock.isNormal()) {
      throw DeltaException.malformed("Not normal form: superblock of a static delta");
    }
    Variant metadata = superblock.child(METADATA);
    ByteOrder order = order(metadata, superblock.child(PARTS));
    byte[] from = superblock.child(FROM).asBytes();
    return new Superblock(
        metadata,
        Long.reverseBytes(superblock.child(TIMESTAMP).asUint64()),
        new DeltaName(
            from.length == 0
                ? Optional.empty()
                : Optional.of(checksum(from, "commit to start from")),
            checksum(superblock.child(TO).asBytes(), "commit to lead to")),
        superblock.child(COMMIT),
        parents(superblock.child(PARENTS).asBytes()),
        parts(superblock.child(PARTS), order),
        fallbacks(superblock.child(FALLBACKS), order),
        order);
  }

  private static Checksum checksum(byte[] bytes, String what) {
    if (bytes.length != Checksum.BYTES) {
      throw DeltaException.malformed(
          "Invalid checksum of length " + bytes.length + " expected 32: " + what);
    }
    return Checksum.of(bytes);
  }

  private static List<DeltaName> parents(byte[] pairs) {
    if (pairs.length % (2 * Checksum.BYTES) != 0) {
      throw DeltaException.malformed("Invalid length of the list of parents: " + pairs.length);
    }
    var parents = new ArrayList<DeltaName>();
    for (int at = 0; at < pairs.length; at += 2 * Checksum.BYTES) {
      parents.add(
          DeltaName.between(Checksum.read(pairs, at), Checksum.read(pairs, at + Checksum.BYTES)));
    }
    return parents;
  }

  private static List<PartHeader> parts(Variant list, ByteOrder order) {
    var parts = new ArrayList<PartHeader>();
    for (Variant head : list.children()) {
      int raw = (int) head.child(0).asUint32();
      int version = order == ByteOrder.BIG_ENDIAN ? Integer.reverseBytes(raw) : raw;
      if (version != PartHeader.VERSION) {
        throw new DeltaException(
            ErrorCode.DELTA_UNSUPPORTED,
            "Delta part has too new version " + Integer.toUnsignedString(version));
      }
      parts.add(
          new PartHeader(
              checksum(head.child(1).asBytes(), "part " + parts.size()),
              size(head.child(2), order, "part"),
              size(head.child(3), order, "part"),
              ObjectList.decode(head.child(4).asBytes())));
    }
    return parts;
  }

  private static List<Fallback> fallbacks(Variant list, ByteOrder order) {
    var fallbacks = new ArrayList<Fallback>();
    for (Variant entry : list.children()) {
      Checksum checksum = checksum(entry.child(1).asBytes(), "object to be fetched by itself");
      int type = entry.child(0).asByte();
      if (type != ObjectType.FILE.number()) {
        // Nobody makes these. Source: process_one_static_delta_fallback.
        throw DeltaException.malformed(
            "Found an object of type " + type + " as fallback, which must be files: " + checksum);
      }
      fallbacks.add(
          new Fallback(
              ObjectName.file(checksum),
              size(entry.child(2), order, "fallback"),
              size(entry.child(3), order, "fallback")));
    }
    return fallbacks;
  }

  private static long size(Variant number, ByteOrder order, String what) {
    long size = inOrder(number.asUint64(), order);
    if (size < 0) {
      throw DeltaException.malformed(
          "Impossible size of a " + what + ": " + Long.toUnsignedString(size));
    }
    return size;
  }

  private static long inOrder(long value, ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? Long.reverseBytes(value) : value;
  }

  private static ByteOrder order(Variant metadata, Variant parts) {
    Optional<Variant> said = metadata.lookup(Superblock.ENDIANNESS, VariantType.BYTE);
    if (said.isEmpty()) {
      return looksSwapped(parts) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
    return switch (said.get().asByte()) {
      case LITTLE -> ByteOrder.LITTLE_ENDIAN;
      case BIG -> ByteOrder.BIG_ENDIAN;
      default ->
          throw DeltaException.malformed(
              "Invalid byte order of a static delta: " + said.get().asByte());
    };
  }

  /** Source: {@code _ostree_delta_get_endianness}, for deltas of before 2016. */
  private static boolean looksSwapped(Variant parts) {
    long total = 0;
    long objects = 0;
    for (Variant head : parts.children()) {
      long size = head.child(2).asUint64();
      long usize = head.child(3).asUint64();
      objects += head.child(4).size() / ObjectList.RECORD;
      total += size;
      if (Long.compareUnsigned(size, usize) > 0
          && unsigned(size) / unsigned(usize) > IMPLAUSIBLE_RATIO) {
        return true;
      }
    }
    return objects > 0
        && Long.compareUnsigned(Long.divideUnsigned(total, objects), IMPLAUSIBLE_SIZE) > 0;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }

  static byte[] encode(Superblock superblock) {
    ByteOrder order = superblock.order();
    var writer = new VariantWriter(Superblock.TYPE, superblock.commit().size() + 1024);
    writer.beginTuple().put(metadata(superblock));
    writer.putInt64(Long.reverseBytes(superblock.timestamp()));
    writer.putBytes(superblock.name().from().map(Checksum::bytes).orElse(new byte[0]));
    writer.putBytes(superblock.name().to().bytes());
    writer.put(superblock.commit());
    byte[] parents = new byte[superblock.parents().size() * 2 * Checksum.BYTES];
    int at = 0;
    for (DeltaName parent : superblock.parents()) {
      parent.from().orElseThrow().write(parents, at);
      parent.to().write(parents, at + Checksum.BYTES);
      at += 2 * Checksum.BYTES;
    }
    writer.putBytes(parents).beginArray();
    for (PartHeader part : superblock.parts()) {
      writer.beginTuple().putInt32((int) PartHeader.VERSION).putBytes(part.checksum().bytes());
      writer.putInt64(inOrder(part.size(), order)).putInt64(inOrder(part.usize(), order));
      writer.putBytes(part.objects().encode()).end();
    }
    writer.end().beginArray();
    for (Fallback fallback : superblock.fallbacks()) {
      writer.beginTuple().putByte(fallback.object().type().number());
      writer.putBytes(fallback.object().checksum().bytes());
      writer.putInt64(inOrder(fallback.size(), order)).putInt64(inOrder(fallback.usize(), order));
      writer.end();
    }
    return writer.end().end().toByteArray();
  }

  private static Variant metadata(Superblock superblock) {
    if (superblock.metadata().lookup(Superblock.ENDIANNESS, VariantType.BYTE).isPresent()) {
      return superblock.metadata();
    }
    char order = superblock.order() == ByteOrder.BIG_ENDIAN ? BIG : LITTLE;
    return VariantDict.of(superblock.metadata())
        .put(Superblock.ENDIANNESS, Variant.ofByte(order))
        .build();
  }
}
