package dev.coppice.transfer.delta.generate;

import java.io.IOException;
import java.io.OutputStream;

/** What a part holds, ready to be compressed. */
interface Payload {
  /** Bytes of it. */
  long size();

  /** Writes all of it. */
  void writeTo(OutputStream out) throws IOException;
}
