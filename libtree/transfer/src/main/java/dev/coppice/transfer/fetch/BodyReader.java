package dev.coppice.transfer.fetch;

import java.io.IOException;

/**
 * Reads a body. It may be called again, from the beginning, when a body could not be resumed or was
 * not what it should be, so that it must leave nothing behind when it fails.
 *
 * @param <T> what it makes of it
 */
@FunctionalInterface
public interface BodyReader<T> {
  /**
   * Reads a body.
   *
   * @throws IOException what the stream threw, or what went wrong with what was made of it
   * @throws dev.coppice.core.object.CorruptObjectException when it is not what it should be: the
   *     next mirror is asked
   */
  T read(Body body) throws IOException;
}
