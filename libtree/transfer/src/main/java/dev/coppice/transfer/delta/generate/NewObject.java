package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.ObjectName;

/** An object that a part makes. */
sealed interface NewObject {
  /** Its name. */
  ObjectName name();

  /** Bytes of its content. */
  long size();

  /** A directory or its attributes. */
  record Metadata(ObjectName name, long size) implements NewObject {}

  /** A regular file or a link. */
  record File(TreeFile file) implements NewObject {
    @Override
    public ObjectName name() {
      return ObjectName.file(file.checksum());
    }

    @Override
    public long size() {
      return file.size();
    }
  }
}
