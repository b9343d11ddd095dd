package dev.coppice.core.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes, sorted by name as bytes where we made them. What others stored keeps its
 * order, because the order is part of the checksum and some importers do not sort.
 *
 * <p>Serialized as {@code a(ayay)}: each name with its trailing NUL, then the value. Source: {@code
 * ostree_repo_write_directory_to_mtree} and {@code glnx_canonicalize_xattrs}, which sort.
 */
public final class Xattrs {
  /** No attributes: by far the most common. */
  public static final Xattrs NONE = new Xattrs(List.of());

  /**
   * One attribute. The arrays are not copied: do not change them.
   *
   * @param name without a trailing NUL, for example {@code security.selinux}
   */
  public record Xattr(byte[] name, byte[] value) {
    /** The attribute of a name in ASCII. */
    public static Xattr of(String name, byte[] value) {
      return new Xattr(name.getBytes(StandardCharsets.UTF_8), value);
    }

    /** The name as text, for messages. */
    public String nameText() {
      return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Xattr x
          && Arrays.equals(name, x.name)
          && Arrays.equals(value, x.value);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return nameText() + "=" + value.length + " bytes";
    }
  }

  private static final Comparator<Xattr> ORDER =
      (x, y) -> Arrays.compareUnsigned(x.name(), y.name());

  private final List<Xattr> entries;

  private Xattrs(List<Xattr> entries) {
    this.entries = entries;
  }

  /** These attributes, sorted. */
  public static Xattrs of(List<Xattr> entries) {
    if (entries.isEmpty()) {
      return NONE;
    }
    var sorted = new ArrayList<>(entries);
    sorted.sort(ORDER);
    return new Xattrs(List.copyOf(sorted));
  }

  /** The attributes in order. */
  public List<Xattr> entries() {
    return entries;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The value of the attribute with this name, or null. */
  public byte @Nullable [] get(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    for (Xattr entry : entries) {
      if (Arrays.equals(entry.name(), wanted)) {
        return entry.value();
      }
    }
    return null;
  }

  /** These attributes without one. */
  public Xattrs without(String name) {
    byte[] unwanted = name.getBytes(StandardCharsets.UTF_8);
    return of(entries.stream().filter(e -> !Arrays.equals(e.name(), unwanted)).toList());
  }

  /** These attributes with one added or replaced. */
  public Xattrs with(String name, byte[] value) {
    var changed = new ArrayList<>(without(name).entries);
    changed.add(Xattr.of(name, value));
    return of(changed);
  }

  /** The {@code a(ayay)} of a {@code file-xattrs} object. */
  public byte[] encode() {
    byte[] out = new byte[encodedSize()];
    encode(out, 0);
    return out;
  }

  /**
   * Reads a whole {@code a(ayay)}.
   *
   * @throws MalformedObjectException when it is not in normal form
   */
  public static Xattrs decode(byte[] in) {
    Xattrs xattrs = decode(in, 0, in.length);
    if (!Arrays.equals(xattrs.encode(), in)) {
      throw new MalformedObjectException("Not normal form");
    }
    return xattrs;
  }

  int encodedSize() {
    int body = 0;
    for (Xattr entry : entries) {
      body += elementSize(entry);
    }
    return body + entries.size() * Framing.width(body, entries.size());
  }

  private static int elementSize(Xattr entry) {
    int body = entry.name().length + 1 + entry.value().length;
    return body + Framing.width(body, 1);
  }

  /** Writes the array at {@code at}; returns the position behind it. */
  int encode(byte[] out, int at) {
    int body = 0;
    for (Xattr entry : entries) {
      body += elementSize(entry);
    }
    int width = Framing.width(body, entries.size());
    int position = at;
    int offsets = at + body;
    for (Xattr entry : entries) {
      int nameEnd = entry.name().length + 1;
      System.arraycopy(entry.name(), 0, out, position, entry.name().length);
      System.arraycopy(entry.value(), 0, out, position + nameEnd, entry.value().length);
      int elementBody = nameEnd + entry.value().length;
      int elementWidth = Framing.width(elementBody, 1);
      Framing.put(out, position + elementBody, elementWidth, nameEnd);
      position += elementBody + elementWidth;
      Framing.put(out, offsets, width, position - at);
      offsets += width;
    }
    return offsets;
  }

  /** Reads an array of {@code size} bytes; callers check normal form by encoding again. */
  static Xattrs decode(byte[] in, int at, int size) {
    if (size == 0) {
      return NONE;
    }
    int width = Framing.widthIn(size);
    int table = Framing.get(in, at + size - width, width);
    if (table < 0 || table > size - width || (size - table) % width != 0) {
      throw new MalformedObjectException("Not normal form: extended attributes");
    }
    int count = (size - table) / width;
    var entries = new ArrayList<Xattr>(Math.min(count, 64));
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = Framing.get(in, at + table + i * width, width);
      if (end < start || end > table) {
        throw new MalformedObjectException("Not normal form: extended attributes");
      }
      entries.add(decodeElement(in, at + start, end - start));
      start = end;
    }
    return new Xattrs(List.copyOf(entries));
  }

  private static Xattr decodeElement(byte[] in, int at, int size) {
    int width = Framing.widthIn(size);
    if (size < width + 2) {
      throw new MalformedObjectException("Invalid xattr: empty name");
    }
    int nameEnd = Framing.get(in, at + size - width, width);
    if (nameEnd < 2 || nameEnd > size - width || in[at + nameEnd - 1] != 0) {
      throw new MalformedObjectException("Invalid xattr: not NUL terminated name");
    }
    byte[] name = Arrays.copyOfRange(in, at, at + nameEnd - 1);
    for (byte b : name) {
      if (b == 0) {
        throw new MalformedObjectException("Invalid xattr: NUL inside a name");
      }
    }
    return new Xattr(name, Arrays.copyOfRange(in, at + nameEnd, at + size - width));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Xattrs x && entries.equals(x.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
