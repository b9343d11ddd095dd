package dev.coppice.transfer.delta;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The objects that a part makes, in the order in which it makes them. Kept as they are serialised:
 * records of one byte, the number of the type, and a checksum. Source: {@code
 * OSTREE_STATIC_DELTA_OBJTYPE_CSUM_LEN}.
 */
public final class ObjectList extends AbstractList<ObjectName> implements RandomAccess {
  /** Bytes of one record. */
  static final int RECORD = 1 + Checksum.BYTES;

  private final byte[] records;

  private ObjectList(byte[] records) {
    this.records = records;
  }

  /** These objects. */
  public static ObjectList of(List<ObjectName> objects) {
    byte[] records = new byte[objects.size() * RECORD];
    int at = 0;
    for (ObjectName object : objects) {
      records[at] = (byte) object.type().number();
      object.checksum().write(records, at + 1);
      at += RECORD;
    }
    return new ObjectList(records);
  }

  /**
   * Reads records.
   *
   * @throws DeltaException when their length is wrong, or one has a type that no part can make
   */
  public static ObjectList decode(byte[] records) {
    if (records.length % RECORD != 0) {
      throw DeltaException.malformed("Invalid checksum array length " + records.length);
    }
    for (int at = 0; at < records.length; at += RECORD) {
      int number = records[at] & 0xff;
      if (ObjectType.ofNumber(number).filter(ObjectList::canBeMade).isEmpty()) {
        throw DeltaException.malformed("Invalid object type '" + number + "' in a list of objects");
      }
    }
    return new ObjectList(records.clone());
  }

  /** Whether objects of a type come in parts: those that are named by their content. */
  private static boolean canBeMade(ObjectType type) {
    return type == ObjectType.FILE || type.isMetadata();
  }

  /** The records. */
  public byte[] encode() {
    return records.clone();
  }

  @Override
  public int size() {
    return records.length / RECORD;
  }

  @Override
  public ObjectName get(int index) {
    int at = Math.multiplyExact(index, RECORD);
    return new ObjectName(
        ObjectType.ofNumber(records[at] & 0xff).orElseThrow(), Checksum.read(records, at + 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectList list
        ? Arrays.equals(records, list.records)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
