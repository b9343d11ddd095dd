package dev.coppice.transfer.publish;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place that is published to. Paths have {@code /} between names and none in front. Listing is
 * safe for several threads; whatever changes something is called by one.
 */
public interface PublishTarget extends AutoCloseable {
  /** Its address, without passwords. */
  String name();

  /** Paths and sizes of the files below a directory, however deep; none when it is not there. */
  Map<String, Long> list(String directory) throws IOException;

  /** A small file; empty when it is not there. */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Those of some files whose content is another there.
   *
   * @param files that are there with the same size
   */
  List<PublishFile> differing(List<PublishFile> files) throws IOException;

  /**
   * Puts files there; each becomes visible as a whole, in no order. What is there under the same
   * name is replaced.
   *
   * @param done is told each one, from any thread
   */
  void put(List<PublishFile> files, Consumer<PublishFile> done) throws IOException;

  /** Deletes files; one that is not there is no error. */
  void delete(List<String> paths) throws IOException;

  /** Makes sure that what was put stays after a power cut. */
  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
