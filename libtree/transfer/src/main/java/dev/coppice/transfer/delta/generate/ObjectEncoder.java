package dev.coppice.transfer.delta.generate;

import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.generate.Made.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds objects to a part, each in the way that will take the fewest bytes once it is compressed.
 * For one thread.
 */
final class ObjectEncoder implements AutoCloseable {
  /**
   * Contents of an old and a new file above this together are worked on by one thread at a time, so
   * that memory does not grow with the number of processors.
   */
  private static final long LARGE = 16 << 20;

  private final ObjectStore objects;
  private final ContentReader contents;
  private final Ancestors ancestors;
  private final Encodings encodings;
  private final ReentrantLock large;

  /**
   * Makes an encoder.
   *
   * @param patchLimit sum of the sizes of two files above which no patch is made
   * @param large held while large files are worked on; shared by all encoders
   */
  ObjectEncoder(ObjectStore objects, Ancestors ancestors, long patchLimit, ReentrantLock large) {
    this.objects = objects;
    this.contents = new ContentReader(objects);
    this.ancestors = ancestors;
    this.encodings = new Encodings(patchLimit);
    this.large = large;
  }

  /** Adds an object to a part. */
  void encode(NewObject object, PartBuilder part) throws IOException {
    switch (object) {
      case NewObject.Metadata(var name, long size) -> {
        byte[] bytes = objects.load(name);
        part.add(name, size, new Made.Metadata(part.data().end(), bytes.length));
        part.data().write(bytes, 0, bytes.length);
      }
      case NewObject.File(var file) -> {
        Attributes attributes = part.attributes(file.header());
        part.add(object.name(), file.size(), file(file, attributes, part.data()));
      }
    }
  }

  private Made file(TreeFile file, Attributes attributes, Blob data) throws IOException {
    if (file.header().isSymlink()) {
      byte[] target = file.header().target().getBytes(StandardCharsets.UTF_8);
      return encodings.of(target).add(attributes, data);
    }
    long most = file.size();
    for (TreeFile source : ancestors.of(file)) {
      most = Math.max(most, file.size() + source.size());
    }
    if (most <= LARGE) {
      return regular(file, attributes, data);
    }
    large.lock();
    try {
      return regular(file, attributes, data);
    } finally {
      large.unlock();
    }
  }

  private Made regular(TreeFile file, Attributes attributes, Blob data) throws IOException {
    Encodings.Choice choice = encodings.of(contents.read(file));
    for (TreeFile source : ancestors.of(file)) {
      if (Encodings.canCompare(source.size(), file.size())) {
        choice.consider(source.checksum(), contents.read(source));
      }
    }
    return choice.add(attributes, data);
  }

  @Override
  public void close() {
    encodings.close();
  }
}
