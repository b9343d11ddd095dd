package dev.coppice.core.object;

import java.util.Comparator;
import java.util.function.Function;

/** What an object is stored under: its type and its checksum. */
public record ObjectName(ObjectType type, Checksum checksum) implements Comparable<ObjectName> {
  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::checksum).thenComparing(ObjectName::type);

  /** The name of a file object. */
  public static ObjectName file(Checksum checksum) {
    return new ObjectName(ObjectType.FILE, checksum);
  }

  /** The name of a directory tree. */
  public static ObjectName dirtree(Checksum checksum) {
    return new ObjectName(ObjectType.DIRTREE, checksum);
  }

  /** The name of a directory's metadata. */
  public static ObjectName dirmeta(Checksum checksum) {
    return new ObjectName(ObjectType.DIRMETA, checksum);
  }

  /** The name of a commit. */
  public static ObjectName commit(Checksum checksum) {
    return new ObjectName(ObjectType.COMMIT, checksum);
  }

  /**
   * Decodes the bytes of this object.
   *
   * @param codec throws {@link MalformedObjectException} for what is not of its form
   * @throws CorruptObjectException in place of that, so that it says which object is damaged
   */
  public <T> T decode(byte[] bytes, Function<byte[], T> codec) {
    try {
      return codec.apply(bytes);
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(this, e);
    }
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }

  /** For example {@code 3f5a….dirtree}: how ostree prints objects. */
  @Override
  public String toString() {
    return checksum.hex() + "." + type.extension();
  }
}
