package dev.coppice.core.tree;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.util.function.Consumer;

/**
 * A set of object names that costs about 55 bytes an object, where a hash set of boxed names costs
 * several times that: repositories hold tens of millions of objects. Safe for several threads.
 *
 * <p>256 tables by the first byte of the checksum, each an open-addressing table of plain longs
 * that grows on its own, so that growing never copies more than a 256th. Objects cannot be removed.
 */
public final class ObjectSet {
  private static final int TABLES = 256;

  private final Table[] tables = new Table[TABLES];

  /** An empty set. */
  public ObjectSet() {
    for (int i = 0; i < TABLES; i++) {
      tables[i] = new Table();
    }
  }

  /** Adds an object; returns whether it was not in the set before. */
  public boolean add(ObjectName name) {
    return table(name.checksum()).add(name.type(), name.checksum());
  }

  /** Adds an object; returns whether it was not in the set before. */
  public boolean add(ObjectType type, Checksum checksum) {
    return table(checksum).add(type, checksum);
  }

  /** Whether the object is in the set. */
  public boolean contains(ObjectName name) {
    return table(name.checksum()).contains(name.type(), name.checksum());
  }

  /** Whether the object is in the set. */
  public boolean contains(ObjectType type, Checksum checksum) {
    return table(checksum).contains(type, checksum);
  }

  /** Number of objects. */
  public long size() {
    long size = 0;
    for (Table table : tables) {
      size += table.size();
    }
    return size;
  }

  /** Tells every object, ordered by the first byte of the checksum only. */
  public void forEach(Consumer<ObjectName> consumer) {
    for (int i = 0; i < TABLES; i++) {
      forEach(i, consumer);
    }
  }

  /** Tells every object whose checksum starts with one byte, in no order. */
  public void forEach(int firstByte, Consumer<ObjectName> consumer) {
    tables[firstByte].forEach(consumer);
  }

  private Table table(Checksum checksum) {
    return tables[(int) (checksum.a() >>> 56)];
  }

  /** One open-addressing table with linear probing. */
  private static final class Table {
    private static final int FIRST_SLOTS = 8;
    private static final int LONGS = 4;
    private static final ObjectType[] TYPES = ObjectType.values();

    private long[] words = new long[0];

    /** Number of the object's type in each slot; 0 marks a free one. */
    private byte[] types = new byte[0];

    private int size;

    synchronized int size() {
      return size;
    }

    synchronized boolean contains(ObjectType type, Checksum checksum) {
      return size > 0 && types[slot(type, checksum)] != 0;
    }

    synchronized boolean add(ObjectType type, Checksum checksum) {
      if (size * 4 >= types.length * 3) {
        grow();
      }
      int slot = slot(type, checksum);
      if (types[slot] != 0) {
        return false;
      }
      put(slot, type, checksum);
      size++;
      return true;
    }

    /** The slot that holds the object, or the free one where it belongs. */
    private int slot(ObjectType type, Checksum checksum) {
      int mask = types.length - 1;
      byte number = (byte) type.number();
      // Any bits of a SHA-256 are a good hash; the first byte has chosen the table already.
      int slot = ((int) checksum.b() + number) & mask;
      while (types[slot] != 0 && !holds(slot, number, checksum)) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private boolean holds(int slot, byte number, Checksum checksum) {
      int at = slot * LONGS;
      return types[slot] == number
          && words[at] == checksum.a()
          && words[at + 1] == checksum.b()
          && words[at + 2] == checksum.c()
          && words[at + 3] == checksum.d();
    }

    private void put(int slot, ObjectType type, Checksum checksum) {
      int at = slot * LONGS;
      words[at] = checksum.a();
      words[at + 1] = checksum.b();
      words[at + 2] = checksum.c();
      words[at + 3] = checksum.d();
      types[slot] = (byte) type.number();
    }

    private void grow() {
      long[] oldWords = words;
      byte[] oldTypes = types;
      int slots = Math.max(FIRST_SLOTS, Math.multiplyExact(oldTypes.length, 2));
      words = new long[Math.multiplyExact(slots, LONGS)];
      types = new byte[slots];
      for (int i = 0; i < oldTypes.length; i++) {
        if (oldTypes[i] != 0) {
          Checksum checksum = checksum(oldWords, i);
          ObjectType type = TYPES[oldTypes[i] - 1];
          put(slot(type, checksum), type, checksum);
        }
      }
    }

    private static Checksum checksum(long[] words, int slot) {
      int at = slot * LONGS;
      return new Checksum(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }

    synchronized void forEach(Consumer<ObjectName> consumer) {
      for (int i = 0; i < types.length; i++) {
        if (types[i] != 0) {
          consumer.accept(new ObjectName(TYPES[types[i] - 1], checksum(words, i)));
        }
      }
    }
  }
}
