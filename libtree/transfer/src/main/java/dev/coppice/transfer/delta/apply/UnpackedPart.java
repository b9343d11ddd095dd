package dev.coppice.transfer.delta.apply;

import dev.coppice.transfer.delta.PartPayload;
import java.io.IOException;

/**
 * A part that can be applied, or looked into. Closing it frees what it lies in.
 *
 * @param size bytes of the payload
 */
public record UnpackedPart(PartPayload payload, long size, AutoCloseable storage)
    implements AutoCloseable {
  static UnpackedPart of(SpoolFile spool) throws IOException {
    return new UnpackedPart(PartPayload.open(spool.region()), spool.size(), spool);
  }

  @Override
  public void close() throws IOException {
    try {
      storage.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
