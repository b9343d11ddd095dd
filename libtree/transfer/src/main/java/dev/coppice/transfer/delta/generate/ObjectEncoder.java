package dev.coppice.transfer.delta.generate;

import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.CountedOutput;
import dev.coppice.transfer.delta.generate.Made.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Adds objects to a part, each in the way that will take the fewest bytes once it is compressed.
 * For one thread.
 */
final class ObjectEncoder implements AutoCloseable {
  /** A file above this that is like no other goes from the repository into its part as a stream. */
  private static final long STREAMED = 1 << 20;

  private final ObjectStore objects;
  private final ContentReader contents;
  private final Ancestors ancestors;
  private final Encodings encodings;

  /**
   * Makes an encoder.
   *
   * @param patchLimit sum of the sizes of two files above which no patch is made
   */
  ObjectEncoder(ObjectStore objects, Ancestors ancestors, long patchLimit) {
    this.objects = objects;
    this.contents = new ContentReader(objects);
    this.ancestors = ancestors;
    this.encodings = new Encodings(patchLimit);
  }

  /** Adds an object to a part and what it is made of to the part's data. */
  void encode(NewObject object, PartBuilder part, CountedOutput data) throws IOException {
    switch (object) {
      case NewObject.Metadata(var name, long size) -> {
        byte[] bytes = objects.load(name);
        part.add(name, size, new Made.Metadata(data.count(), bytes.length));
        data.write(bytes, 0, bytes.length);
      }
      case NewObject.File(var file) ->
          part.add(object.name(), file.size(), file(file, part.attributes(file.header()), data));
    }
  }

  /**
   * Bytes of memory that the contents take which are needed for a file at once.
   *
   * @param ancestors of the file
   */
  static long memory(TreeFile file, List<TreeFile> ancestors) {
    long compared =
        ancestors.stream()
            .mapToLong(TreeFile::size)
            .filter(size -> Encodings.canCompare(size, file.size()))
            .sum();
    return compared == 0 && file.size() > STREAMED ? 0 : file.size() + compared;
  }

  private Made file(TreeFile file, Attributes attributes, CountedOutput data) throws IOException {
    if (file.header().isSymlink()) {
      byte[] target = file.header().target().getBytes(StandardCharsets.UTF_8);
      return encodings.of(target).add(attributes, data);
    }
    List<TreeFile> sources =
        ancestors.of(file).stream()
            .filter(source -> Encodings.canCompare(source.size(), file.size()))
            .toList();
    if (sources.isEmpty() && file.size() > STREAMED) {
      return streamed(file, attributes, data);
    }
    Encodings.Choice choice = encodings.of(contents.read(file));
    for (TreeFile source : sources) {
      choice.consider(source.checksum(), contents.read(source));
    }
    return choice.add(attributes, data);
  }

  private Made streamed(TreeFile file, Attributes attributes, CountedOutput data)
      throws IOException {
    long offset = data.count();
    contents.copy(file, data);
    return new Made.Whole(attributes, offset, file.size());
  }

  @Override
  public void close() {
    encodings.close();
  }
}
