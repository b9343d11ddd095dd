package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.FileMetadata;
import dev.coppice.transfer.delta.Operation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Each way in which a delta can lie, with the check that has to find it. */
enum DeltaAttack {
  ANOTHER_COMMIT(
      ErrorCode.DELTA_MISMATCH,
      d -> d.name = DeltaName.fromScratch(Checksum.sha256(new byte[] {1}))),
  A_COMMIT_THAT_IS_NOT_HERE(
      ErrorCode.DELTA_SOURCE_MISSING,
      d -> d.name = DeltaName.between(Checksum.sha256(new byte[] {1}), d.name.to())),
  A_COMMIT_THAT_IS_NONE(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        // Normal form, but without the checksums of a tree.
        d.commit = Variant.parseText(Commit.TYPE, "({}, [], [], 's', '', 1, [], [])").serialized();
        d.name = DeltaName.fromScratch(Checksum.sha256(d.commit));
      }),
  FALLBACKS_WITHOUT_A_SERVER(
      ErrorCode.DELTA_UNSUPPORTED, d -> d.fallbacks.add(new Fallback(d.file, 1, 1))),
  WRONG_CHECKSUM_OF_THE_PART(
      ErrorCode.DELTA_CORRUPT, d -> d.checksum = Optional.of(Checksum.sha256(new byte[] {1}))),
  CUT_OFF(
      ErrorCode.DELTA_CORRUPT,
      d -> {
        byte[] whole = HandmadeDelta.packed(d.payload(), 1 << 16);
        d.checksum = Optional.of(Checksum.sha256(whole));
        d.part = Optional.of(Arrays.copyOf(whole, whole.length - 50));
      }),
  CUT_OFF_AS_ANNOUNCED(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        byte[] whole = HandmadeDelta.packed(d.payload(), 1 << 16);
        d.part = Optional.of(Arrays.copyOf(whole, whole.length - 50));
      }),
  EMPTY_PART(ErrorCode.DELTA_MALFORMED, d -> d.part = Optional.of(new byte[0])),
  LARGER_THAN_ANNOUNCED(ErrorCode.DELTA_TOO_LARGE, d -> d.size = Optional.of(20L)),
  UNKNOWN_COMPRESSION(ErrorCode.DELTA_UNSUPPORTED, d -> d.part = Optional.of(new byte[] {'g', 1})),
  NO_XZ(
      ErrorCode.DELTA_MALFORMED,
      d -> d.part = Optional.of("xnothing at all".getBytes(StandardCharsets.UTF_8))),
  BOMB(
      ErrorCode.DELTA_TOO_LARGE,
      d -> d.part = Optional.of(HandmadeDelta.packed(new byte[80 << 20], 1 << 16))),
  DICTIONARY_OF_A_GIGABYTE(
      ErrorCode.DELTA_TOO_LARGE,
      d -> {
        byte[] packed = HandmadeDelta.packed(d.payload(), 1 << 16);
        // Type, header of the stream, then of the block: its size, flags, filter, size, dictionary.
        packed[1 + 12 + 4] = 36;
        var crc = new CRC32();
        crc.update(packed, 13, 8);
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(21, (int) crc.getValue());
        d.part = Optional.of(packed);
      }),
  NO_PAYLOAD(
      ErrorCode.DELTA_MALFORMED,
      d -> d.part = Optional.of(HandmadeDelta.packed(new byte[] {9, 9, 9, 9}, 1 << 16))),
  OFFSET_OUTSIDE(
      ErrorCode.DELTA_OUT_OF_BOUNDS, d -> d.file(new Operation.SpliceFile(0, 0, 10, 1 << 20))),
  LENGTH_OUTSIDE(
      ErrorCode.DELTA_OUT_OF_BOUNDS, d -> d.file(new Operation.SpliceFile(0, 0, 1 << 20, 0))),
  SUM_OVERFLOWS(
      ErrorCode.DELTA_OUT_OF_BOUNDS,
      d -> d.file(new Operation.SpliceFile(0, 0, Long.MAX_VALUE, Long.MAX_VALUE))),
  MODE_OUTSIDE(ErrorCode.DELTA_OUT_OF_BOUNDS, d -> d.file(new Operation.SpliceFile(1, 0, 1, 0))),
  XATTRS_OUTSIDE(ErrorCode.DELTA_OUT_OF_BOUNDS, d -> d.file(new Operation.SpliceFile(0, 9, 1, 0))),
  MODE_OF_A_DEVICE(ErrorCode.DELTA_MALFORMED, d -> d.modes.set(0, new FileMetadata(0, 0, 020644))),
  SETUID_ADDED(
      ErrorCode.DELTA_OBJECT_MISMATCH, d -> d.modes.set(0, new FileMetadata(0, 0, 0104755))),
  OTHER_CONTENT(
      ErrorCode.DELTA_OBJECT_MISMATCH,
      d -> d.file(new Operation.SpliceFile(0, 0, HandmadeDelta.CONTENT.length, 0))),
  OTHER_DIRECTORY(
      ErrorCode.DELTA_OBJECT_MISMATCH,
      d -> d.operations.set(1, new Operation.SpliceMetadata(5, 0))),
  TOO_FEW_OBJECTS(ErrorCode.DELTA_OBJECT_COUNT, d -> d.operations.removeLast()),
  TOO_MANY_OBJECTS(ErrorCode.DELTA_OBJECT_COUNT, d -> d.objects.removeLast()),
  NEVER_CLOSED(
      ErrorCode.DELTA_OBJECT_COUNT,
      d ->
          d.file(
              new Operation.Open(0, 0, HandmadeDelta.CONTENT.length + 1),
              new Operation.Write(HandmadeDelta.CONTENT.length, d.contentOffset()))),
  SHORTER_THAN_ANNOUNCED(
      ErrorCode.DELTA_OBJECT_MISMATCH,
      d ->
          d.file(
              new Operation.Open(0, 0, HandmadeDelta.CONTENT.length),
              new Operation.Write(10, d.contentOffset()),
              new Operation.Close())),
  LONGER_THAN_ANNOUNCED(
      ErrorCode.DELTA_OBJECT_MISMATCH,
      d ->
          d.file(
              new Operation.Open(0, 0, 10),
              new Operation.Write(HandmadeDelta.CONTENT.length, d.contentOffset()),
              new Operation.Close())),
  HUGE_SIZE(
      ErrorCode.DELTA_OBJECT_MISMATCH,
      d ->
          d.file(
              new Operation.Open(0, 0, 100_000_000),
              new Operation.Write(10, d.contentOffset()),
              new Operation.Close())),
  SOURCE_MISSING(
      ErrorCode.DELTA_SOURCE_MISSING,
      d ->
          d.file(
              new Operation.Open(0, 0, 10),
              new Operation.SetReadSource(0),
              new Operation.Write(10, 0),
              new Operation.Close())),
  NAME_OF_THE_SOURCE_OUTSIDE(
      ErrorCode.DELTA_OUT_OF_BOUNDS,
      d ->
          d.file(
              new Operation.Open(0, 0, 10),
              new Operation.SetReadSource(d.data.size() - 10),
              new Operation.Close())),
  PATCH_WITHOUT_A_SOURCE(
      ErrorCode.DELTA_MALFORMED,
      d ->
          d.file(
              new Operation.Open(0, 0, 10), new Operation.BsPatch(0, 24), new Operation.Close())),
  UNKNOWN_OPERATION(ErrorCode.DELTA_MALFORMED, d -> d.moreOperations = new byte[] {'?'}),
  OPERATION_CUT_OFF(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        d.operations.removeLast();
        d.moreOperations = new byte[] {'S', 0, 0};
      }),
  VARINT_WITHOUT_END(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        d.operations.removeLast();
        d.moreOperations = new byte[30];
        Arrays.fill(d.moreOperations, (byte) 0x80);
        d.moreOperations[0] = 'S';
      }),
  VARINT_TOO_LARGE(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        d.operations.removeLast();
        d.moreOperations = new byte[11];
        Arrays.fill(d.moreOperations, (byte) 0xff);
        d.moreOperations[0] = 'S';
        d.moreOperations[10] = 1;
      }),
  CLOSED_TWICE(ErrorCode.DELTA_MALFORMED, d -> d.operations.add(new Operation.Close())),
  OPENED_TWICE(
      ErrorCode.DELTA_MALFORMED,
      d ->
          d.file(
              new Operation.Open(0, 0, 10), new Operation.Open(0, 0, 10), new Operation.Close())),
  A_SECOND_COMMIT(
      ErrorCode.DELTA_MALFORMED,
      d -> {
        byte[] other = d.commit.clone();
        other[other.length - 1] ^= 1;
        d.objects.set(0, new ObjectName(ObjectType.COMMIT, Checksum.sha256(other)));
        d.operations.set(0, new Operation.SpliceMetadata(other.length, d.data.size()));
        d.data.writeBytes(other);
      }),
  LESS_THAN_THE_COMMIT_NEEDS(
      ErrorCode.COMMIT_PARTIAL,
      d -> {
        d.objects.removeLast();
        d.operations.removeLast();
      });

  final ErrorCode expected;
  private final Consumer<HandmadeDelta> change;

  DeltaAttack(ErrorCode expected, Consumer<HandmadeDelta> change) {
    this.expected = expected;
    this.change = change;
  }

  HandmadeDelta delta() {
    var delta = new HandmadeDelta();
    change.accept(delta);
    return delta;
  }
}
