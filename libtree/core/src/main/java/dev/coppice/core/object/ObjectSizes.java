package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit says about the sizes of its objects, metadata {@code ostree.sizes}: an {@code aay},
 * each element a checksum, two varints (LEB128) and the number of the object's type. Source: {@code
 * read_sizes_entry}.
 */
public final class ObjectSizes {
  /** The key in a commit's metadata. */
  public static final String KEY = "ostree.sizes";

  private static final VariantType TYPE = VariantType.of("aay");
  private static final int MAX_VARINT = 10;

  private final byte[] bytes;
  private int at;

  /**
   * One object's sizes.
   *
   * @param archived bytes as an archive repository keeps it
   * @param unpacked bytes of its content
   */
  public record Entry(ObjectName object, long archived, long unpacked) {}

  private ObjectSizes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The sizes that a commit states.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID} when it states none
   * @throws MalformedObjectException when an element is not of its form
   */
  public static List<Entry> of(Commit commit) {
    Variant sizes =
        commit
            .metadata()
            .lookup(KEY, TYPE)
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.INPUT_INVALID,
                        "No metadata key " + KEY + " in commit",
                        "Commits have it when they are made with --generate-sizes"));
    List<Entry> entries = new ArrayList<>();
    for (Variant element : sizes.children()) {
      entries.add(new ObjectSizes(element.asBytes()).entry());
    }
    return entries;
  }

  private Entry entry() {
    if (bytes.length < Checksum.BYTES + 2) {
      throw new MalformedObjectException("Could not read " + KEY + " metadata entry");
    }
    byte[] checksum = new byte[Checksum.BYTES];
    System.arraycopy(bytes, 0, checksum, 0, checksum.length);
    at = checksum.length;
    long archived = varint();
    long unpacked = varint();
    ObjectType type = ObjectType.FILE; // what commits of old versions leave unsaid
    if (at < bytes.length) {
      int number = bytes[at] & 0xff;
      type =
          ObjectType.ofNumber(number)
              .orElseThrow(
                  () ->
                      new MalformedObjectException("Unexpected " + KEY + " object type " + number));
    }
    return new Entry(new ObjectName(type, Checksum.of(checksum)), archived, unpacked);
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT && at < bytes.length; i++) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedObjectException("Unexpected EOF reading " + KEY + " varint");
  }
}
