package dev.coppice.core.fsck;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;

/** Words damage the way the real tool does, because scripts look for it. */
final class Wording {
  private Wording() {}

  static String of(CorruptObjectException damage) {
    ObjectName object = damage.object();
    Checksum actual = damage.actual();
    String place =
        object.type() == ObjectType.FILE
            ? "fsck content object " + object.checksum() + ": "
            : "fsck " + object + ": ";
    if (actual != null) {
      return place
          + "Corrupted "
          + object.type().extension()
          + " object; checksum expected='"
          + object.checksum()
          + "' actual='"
          + actual
          + "'";
    }
    return place + (object.type() == ObjectType.FILE ? "" : object + ": ") + damage.reason();
  }
}
